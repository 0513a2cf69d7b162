import { formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { timePanelText as text } from '../../lib/messages/timePanels.ts';
import type { AxisFlag } from './drawing.ts';

/** Where the run before this one ended, for the axis. */
export function ghostFlag(ghostEndUs: number, ghostLabel: string): AxisFlag {
  const time = formatUs(ghostEndUs);
  const flag =
    ghostLabel === ''
      ? format(text.ghostEnd, { time })
      : format(text.ghostEndLabelled, { time, label: ghostLabel });
  return { timeUs: ghostEndUs, text: flag };
}
