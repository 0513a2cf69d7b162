import { formatBytes, formatCount, formatNumber, formatUs } from '../../lib/format.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import type { ConsensusRun } from '../../store/consensus/consensus.ts';
import { figuresAt } from './figures.ts';
import { useMoment } from './useMoment.ts';

/** What the run has come to by now, in a row of figures. */
export function FiguresRow({ run }: { readonly run: ConsensusRun }) {
  const { events, timeUs } = useMoment(run.branch);
  const figures = figuresAt(run.log, events, timeUs);
  const each = (value: number, words: string): string => (Number.isFinite(value) ? words : '–');
  const rows: readonly (readonly [keyof typeof text.figures, string])[] = [
    ['decided', formatCount(figures.decided)],
    ['finality', each(figures.finalityUs, formatUs(figures.finalityUs))],
    ['messages', each(figures.messagesPerDecision, formatNumber(figures.messagesPerDecision))],
    ['bytes', each(figures.bytesPerDecision, formatBytes(figures.bytesPerDecision))],
    [
      'throughput',
      each(figures.transactionsPerSecond, `${formatNumber(figures.transactionsPerSecond)} tx/s`),
    ],
    ['abandoned', formatCount(figures.abandoned)],
  ];
  return (
    <dl
      className="flex shrink-0 flex-wrap gap-x-4 gap-y-0.5 px-3 py-1 text-xs"
      data-testid="consensus-figures"
    >
      {rows.map(([name, value]) => (
        <div key={name} title={text.figures[name].about} className="flex items-baseline gap-1.5">
          <dt className="text-ink-3">{text.figures[name].label}</dt>
          <dd className="font-medium text-ink" data-figure={name}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
