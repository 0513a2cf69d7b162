import type { Frame } from '../../components/canvas/frame.ts';
import type { TimelineLayout } from './geometry.ts';

/** The rail of commits follows the rows, and stays at the panel's foot when they do not fit. */
export function railTop(frame: Frame, layout: TimelineLayout): number {
  return frame.plotTop + Math.min(layout.height, frame.plotHeight) - layout.railHeight;
}
