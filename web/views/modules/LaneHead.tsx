import type { BlockLanes, LaneReport } from '../../../engine/api/index.ts';
import { moduleColour, moduleGlyph } from '../../lib/colours.ts';
import { formatCount } from '../../lib/format.ts';
import { modulesText as text } from '../../lib/messages/modules.ts';
import { format } from '../../lib/messages.ts';
import { AuditButton } from './AuditButton.tsx';
import { LaneActions } from './LaneActions.tsx';

const PILLS: Readonly<Record<LaneReport['health']['status'], string>> = {
  running: 'border-line text-ink-3',
  halted: 'border-bad text-bad',
  panic: 'border-bad text-bad',
  storageFull: 'border-bad text-bad',
  slow: 'border-warn text-warn',
  standby: 'border-ok text-ok',
};

/** Name, health and the block's counts of one lane. */
export function LaneHead({ lane, block }: { readonly lane: LaneReport; readonly block: BlockLanes }) {
  const { module, title, health } = lane;
  const status = format(text.status[health.status], { factor: health.factor ?? 1 });
  const label = format(text.lane, {
    ...{ module: title, health: status, height: block.height },
    transactions: lane.transactions,
    crossing: lane.crossing,
    failed: lane.failed,
    queued: lane.queued,
    needs:
      lane.needs.length === 0 ? text.needsNobody : format(text.needs, { modules: lane.needs.join(', ') }),
  });
  const counts = [
    format(text.counts, { transactions: formatCount(lane.transactions) }),
    ...(lane.crossing > 0 ? [format(text.crossing, { count: formatCount(lane.crossing) })] : []),
    ...(lane.failed > 0 ? [format(text.failed, { count: formatCount(lane.failed) })] : []),
    ...(lane.queued > 0 ? [format(text.queued, { count: formatCount(lane.queued) })] : []),
    ...(lane.inbox > 0 ? [format(text.inbox, { count: formatCount(lane.inbox) })] : []),
  ];
  const notes = [
    ...(health.since !== null && health.status !== 'running'
      ? [format(text.since, { height: health.since })]
      : []),
    ...(health.standbyAt !== undefined ? [format(text.standbyAt, { height: health.standbyAt })] : []),
  ];
  return (
    <div className="flex min-w-0 flex-col gap-0.5" title={label}>
      <h3 className="flex min-w-0 items-center gap-1.5 text-sm font-medium">
        <span aria-hidden="true" style={{ color: moduleColour(module, lane.lane) }}>
          {moduleGlyph(module, lane.lane)}
        </span>
        <span className="truncate">{title}</span>
        <span
          className={`shrink-0 rounded-full border px-1.5 text-[0.68rem] leading-4 ${PILLS[health.status]}`}
          data-health={health.status}
        >
          {status}
        </span>
      </h3>
      <p className="text-xs leading-snug text-ink-3">{[...counts, ...notes].join(' · ')}</p>
      <div className="flex gap-1.5 pt-0.5">
        <LaneActions lane={lane} />
        <AuditButton lane={lane} />
      </div>
    </div>
  );
}
