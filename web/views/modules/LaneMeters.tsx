import type { BlockLanes, LaneReport } from '../../../engine/api/index.ts';
import { formatBytes, formatCount, formatUs } from '../../lib/format.ts';
import { modulesText as text } from '../../lib/messages/modules.ts';
import { format } from '../../lib/messages.ts';
import { sparkPath } from './geometry.ts';

type Figure = keyof typeof text.charts;
const FIGURES: readonly Figure[] = ['transactions', 'baseFee', 'queued'];
const SPARK = { width: 64, height: 22 };

export interface LaneMetersProps {
  readonly lane: LaneReport;
  readonly block: BlockLanes;
  /** The blocks up to this one, oldest first. */
  readonly past: readonly BlockLanes[];
}

/** What a lane costs and keeps: figures over the last blocks, storage, size and roots. */
export function LaneMeters({ lane, block, past }: LaneMetersProps) {
  const { keys, sizeBytes, stateRoot, orderRoot, storage, storageUs } = lane;
  const shared = block.mode === 'monolithic' ? text.costShared : '';
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <div className="flex gap-3">
        {FIGURES.map((figure) => (
          <Chart key={figure} {...{ figure, lane, past }} />
        ))}
      </div>
      <p className="truncate text-xs text-ink-3">
        <span title={text.storageAbout[storage]}>{text.storage[storage]}</span>
        {' · '}
        <span title={format(text.costTitle, { shared })}>
          {format(text.size, {
            keys: formatCount(keys),
            size: formatBytes(sizeBytes),
            cost: formatUs(storageUs),
          })}
        </span>
      </p>
      {stateRoot !== '' && (
        <p className="flex gap-2 truncate font-mono text-[0.68rem] text-ink-3">
          <span title={format(text.rootTitle, { height: block.height, root: stateRoot })}>
            {format(text.stateRoot, { root: shortRoot(stateRoot) })}
          </span>
          <span title={format(text.orderTitle, { height: block.height, root: orderRoot })}>
            {format(text.orderRoot, { root: shortRoot(orderRoot) })}
          </span>
        </p>
      )}
    </div>
  );
}

/** A root as it can be told from another at a glance. */
export function shortRoot(root: string): string {
  return `${root.slice(0, 4)}…${root.slice(-4)}`;
}

function Chart({
  figure,
  lane,
  past,
}: {
  readonly figure: Figure;
  readonly lane: LaneReport;
  readonly past: readonly BlockLanes[];
}) {
  const now = lane[figure];
  if (now === null) return null;
  const values = past.flatMap(({ lanes }) => {
    const value = lanes.find(({ module }) => module === lane.module)?.[figure];
    return value === undefined || value === null ? [] : [value];
  });
  const label = format(text.chartLabel, {
    what: text.charts[figure],
    module: lane.title,
    count: values.length,
    values: values.join(', '),
  });
  return (
    <figure className="flex flex-col">
      <figcaption className="text-[0.68rem] leading-tight text-ink-3">{text.charts[figure]}</figcaption>
      <span className="text-sm leading-tight">{formatCount(now)}</span>
      {values.length > 1 && (
        <svg role="img" aria-label={label} width={SPARK.width} height={SPARK.height} className="block">
          <path d={`M0 ${SPARK.height - 0.5}H${SPARK.width}`} stroke="var(--line)" />
          <path
            d={sparkPath(values, SPARK.width, SPARK.height)}
            fill="none"
            stroke={figure === 'baseFee' ? 'var(--warn)' : 'var(--ink-2)'}
            strokeWidth="1.4"
          />
        </svg>
      )}
    </figure>
  );
}
