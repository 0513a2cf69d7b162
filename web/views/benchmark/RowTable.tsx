import type { ScalingRow } from '../../../engine/api/index.ts';
import { formatCount, formatFactor, formatNumber, formatShare } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';

const COLUMNS = Object.keys(text.columns) as (keyof typeof text.columns)[];

function cellOf(row: ScalingRow, column: (typeof COLUMNS)[number]): string {
  const { matchesSequential: sound } = row;
  switch (column) {
    case 'accounts':
    case 'executions':
    case 'aborts':
      return formatCount(row[column]);
    case 'workUs':
    case 'workers':
      return String(row[column]);
    case 'idealSpeedup':
      return formatFactor(row.idealSpeedup);
    case 'answer':
      return sound ? text.answerSame : text.answerDiffers;
    default:
      if (!sound) return '–';
  }
  switch (column) {
    case 'speedup':
    case 'hardwareCeiling':
      return formatFactor(row[column]);
    case 'interval':
      return row.interval.map(formatNumber).join('–');
    case 'ofCeiling':
      return formatShare(row.ofCeiling);
    case 'rate':
      return formatCount(row.transactionsPerSecond);
  }
}

/** Every row as it was measured, newest last: what the drawings are made of. */
export function RowTable({ rows }: { readonly rows: readonly ScalingRow[] }) {
  return (
    <details className="group" open>
      <summary className="w-fit text-base font-semibold">
        {format(text.rowsCount, { count: rows.length })}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on a phone, by keyboard too. */}
      <section aria-label={text.rows} tabIndex={0} className="mt-2 overflow-x-auto">
        <table className="w-full text-sm" data-testid="benchmark-rows">
          <thead className="text-xs text-ink-2">
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="border-b border-line px-2 py-1.5 text-right font-normal whitespace-nowrap first:pl-0"
                >
                  {text.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.accounts} ${row.workUs} ${row.workers}`}>
                {COLUMNS.map((column) => (
                  <td
                    key={column}
                    className={`border-b border-line px-2 py-1 text-right whitespace-nowrap first:pl-0 ${
                      row.matchesSequential ? '' : 'text-bad'
                    }`}
                  >
                    {cellOf(row, column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
