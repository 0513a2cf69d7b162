import type { ReactNode } from 'react';
import type { ModuleAudit, Progress } from '../../../engine/api/index.ts';
import { formatCount, formatUs } from '../../lib/format.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { differing, digitGroups } from './digits.ts';
import { Part } from './Part.tsx';
import { useReveal } from './useReveal.ts';

export interface RootProps {
  readonly audit: ModuleAudit | null;
  readonly progress: Progress | null;
  readonly storage: ModuleAudit['storage'];
  readonly height: number;
}

const DIGITS = 64;
const GROUPS_A_LINE = 8;
const REVEAL_MS = 1100;

/** The root that is made anew: how far it has come, then digit for digit beside the recorded one. */
export function Root({ audit, progress, storage, height }: RootProps): ReactNode {
  const shown = useReveal(audit?.recomputedRoot ?? null, DIGITS, REVEAL_MS);
  const done = progress?.done ?? 0;
  const total = progress?.total ?? 1;
  const words = storage === 'appendLog' ? text.writes : text.entries;
  return (
    <Part title={text.root} aside={text.rootAbout[storage]}>
      <progress className="progress block" aria-label={text.progress} value={done} max={Math.max(1, total)} />
      <p className="mt-1 mb-2 flex justify-between text-xs text-ink-3">
        <span>
          {progress !== null && format(words, { done: formatCount(done), total: formatCount(total) })}
        </span>
        <span>{audit !== null && format(text.took, { time: formatUs(audit.recomputeUs) })}</span>
      </p>
      {audit !== null && <Digits {...{ audit, shown, height }} />}
    </Part>
  );
}

function Digits({
  audit: { recordedRoot, recomputedRoot, rootMatches },
  shown,
  height,
}: {
  readonly audit: ModuleAudit;
  readonly shown: number;
  readonly height: number;
}): ReactNode {
  const groups = digitGroups(recordedRoot, recomputedRoot);
  const lines = Array.from({ length: Math.ceil(groups.length / GROUPS_A_LINE) }, (_, i) =>
    groups.slice(i * GROUPS_A_LINE, (i + 1) * GROUPS_A_LINE),
  );
  const compared = shown >= DIGITS;
  return (
    <div data-root={rootMatches ? 'same' : 'differs'}>
      <p className="flex gap-3 text-xs text-ink-3">
        <span>{format(text.recorded, { height })}</span>
        <span aria-hidden="true">/</span>
        <span className="text-ink">{text.recomputed}</span>
      </p>
      <p className="sr-only">
        {format(text.recorded, { height })}: {recordedRoot}. {text.recomputed}: {recomputedRoot}.
      </p>
      <div aria-hidden="true" className="mt-1 flex flex-col gap-2 font-mono text-[0.82rem] leading-[1.35]">
        {lines.map((line) => (
          <div key={line[0]?.at} className="grid grid-cols-8 justify-items-start gap-x-1">
            {line.map(({ at, left, right, same }) => (
              <span key={at} className="flex flex-col">
                <span className="text-ink-3">{left}</span>
                <span>
                  {[...right].map((digit, i) => (
                    <span key={i} className={lookOf(at + i < shown, same[i] === true)}>
                      {digit}
                    </span>
                  ))}
                </span>
              </span>
            ))}
          </div>
        ))}
      </div>
      <p className={`mt-2 text-sm ${rootMatches ? 'text-ok' : 'text-bad'} ${compared ? '' : 'invisible'}`}>
        {rootMatches
          ? `✓ ${text.equal}`
          : `✗ ${format(text.differ, { count: differing(recordedRoot, recomputedRoot) })}`}
      </p>
    </div>
  );
}

/** What differs is struck by more than its colour. */
function lookOf(revealed: boolean, same: boolean): string {
  if (!revealed) return 'invisible';
  return same ? 'text-ok' : 'text-bad font-bold underline underline-offset-2';
}
