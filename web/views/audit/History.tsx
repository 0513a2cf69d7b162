import type { ReactNode } from 'react';
import type { ModuleAudit } from '../../../engine/api/index.ts';
import { moduleColour } from '../../lib/colours.ts';
import { formatCount } from '../../lib/format.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { barsOf, MOST_BARS } from './bars.ts';
import { Part } from './Part.tsx';

export interface HistoryProps {
  readonly history: ModuleAudit['history'] | null;
  /** Of the block that is audited. */
  readonly height: number;
  readonly module: string;
  readonly lane: number;
}

const HEIGHT = 56;
/** What failed is told by more than its colour. */
const HATCHED = {
  background: 'repeating-linear-gradient(135deg, var(--bad) 0 2px, transparent 2px 4px)',
  outline: '1px solid var(--bad)',
  outlineOffset: -1,
};

/** What the lane went through, block by block. */
export function History({ history, height, module, lane }: HistoryProps): ReactNode {
  const bars = history === null ? [] : barsOf(history.each, height, HEIGHT);
  const aside =
    history === null
      ? undefined
      : history.transactions === 0
        ? text.noHistory
        : format(text.historyAbout, {
            transactions: formatCount(history.transactions),
            blocks: history.blocks === 1 ? text.block : format(text.blocks, { count: history.blocks }),
            failed: formatCount(history.failed),
          });
  return (
    <Part title={text.history} aside={aside}>
      {history !== null && history.transactions > 0 && (
        <>
          <ul aria-label={text.chart} className="flex items-end gap-px" style={{ height: HEIGHT }}>
            {bars.map(({ height: of, transactions, failed, full, red }) => {
              const label = format(text.bar, { height: of, transactions, failed });
              return (
                <li
                  key={of}
                  title={label}
                  className="flex max-w-7 min-w-0.5 flex-1 flex-col justify-end border-b border-line"
                  style={{ height: HEIGHT }}
                >
                  <span className="sr-only">{label}</span>
                  <span style={{ ...HATCHED, height: red }} />
                  <span
                    className="opacity-80"
                    style={{ height: full - red, background: moduleColour(module, lane) }}
                  />
                </li>
              );
            })}
          </ul>
          <p className="mt-1.5 flex gap-4 text-xs text-ink-3">
            <span className="flex items-center gap-1.5">
              <span
                aria-hidden="true"
                className="size-2.5 opacity-80"
                style={{ background: moduleColour(module, lane) }}
              />
              {text.succeeded}
            </span>
            {history.failed > 0 && (
              <span className="flex items-center gap-1.5">
                <span aria-hidden="true" className="size-2.5" style={HATCHED} />
                {text.failures}
              </span>
            )}
            {height > MOST_BARS && <span>{format(text.lastBlocks, { count: MOST_BARS })}</span>}
          </p>
        </>
      )}
    </Part>
  );
}
