import type { ReactNode } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { format } from '../../lib/messages.ts';
import { compareMessages as text } from '../../lib/messages/compare.ts';
import { barPairs, changeSentence, timingsCompare } from './geometry.ts';

/** Two runs, metric by metric: a thin bar for what was, a full one for what is, and the change in words. */
export function PairedBars({
  left,
  right,
  leftName,
  rightName,
}: {
  readonly left: BlockRun;
  readonly right: BlockRun;
  readonly leftName: string;
  readonly rightName: string;
}): ReactNode {
  return (
    <div>
      <p className="text-base text-ink">{changeSentence(left, right)}</p>
      <p className="mt-2 flex gap-4 text-ink-2 text-xs">
        <span className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-1 w-5 rounded-full bg-ghost" />
          {leftName}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-2 w-5 rounded-[2px] bg-ink-2" />
          {rightName}
        </span>
      </p>
      <ul className="mt-3 flex flex-col gap-2.5">
        {barPairs(left, right).map((pair) => (
          <li
            key={pair.metric}
            className="grid grid-cols-[6.5rem_1fr] items-center gap-x-4 sm:grid-cols-[11rem_1fr]"
          >
            <span className="text-ink-2 text-sm leading-tight">
              {text.metrics[pair.metric]}
              <span className="hidden text-ink-3 text-xs sm:block">{text.metricHints[pair.metric]}</span>
            </span>
            <span className="sr-only">
              {format(text.barLabel, {
                metric: text.metrics[pair.metric],
                left: pair.left,
                leftName,
                right: pair.right,
                rightName,
              })}
            </span>
            <span aria-hidden="true" className="flex flex-col gap-0.5">
              <Bar share={pair.leftShare} value={pair.left} thin />
              <Bar share={pair.rightShare} value={pair.right} />
            </span>
          </li>
        ))}
      </ul>
      {!timingsCompare(left, right) && (
        <p className="mt-3 text-ink-3 text-xs">
          {left.matchesOracle && right.matchesOracle ? text.clocksDiffer : text.differsFromOracle}
        </p>
      )}
    </div>
  );
}

function Bar({
  share,
  value,
  thin = false,
}: {
  readonly share: number;
  readonly value: string;
  readonly thin?: boolean;
}): ReactNode {
  return (
    <span className="flex h-4 items-center gap-2">
      <span className="relative h-full flex-1">
        <span
          className={`absolute top-1/2 left-0 -translate-y-1/2 ${thin ? 'h-1 rounded-full bg-ghost' : 'h-2 rounded-[2px] bg-ink-2'}`}
          style={{ width: `max(${(share * 100).toFixed(2)}%, 2px)` }}
        />
      </span>
      <span className={`w-14 shrink-0 text-right text-xs ${thin ? 'text-ink-3' : 'text-ink'}`}>{value}</span>
    </span>
  );
}
