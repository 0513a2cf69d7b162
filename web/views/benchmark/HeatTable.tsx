import type { CSSProperties } from 'react';
import type { ScalingRow } from '../../../engine/api/index.ts';
import { formatCount, formatFactor, formatNumber, formatShare } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import { ascending, standing, shortUs } from './figures.ts';
import { levelsOf } from './geometry.ts';
import { Mark } from './SpeedChart.tsx';

/** Accounts × work on the most cores measured: how many times one core, in figures, colour and words. */
export function HeatTable({
  rows,
  workers,
  title,
}: {
  readonly rows: readonly ScalingRow[];
  readonly workers: number;
  readonly title: string;
}) {
  const accounts = ascending(rows.map((row) => row.accounts));
  const works = ascending(rows.map((row) => row.workUs));
  const levels = levelsOf(rows);
  return (
    <section aria-labelledby="bm-heat" className="flex min-w-0 flex-col gap-2">
      <h3 id="bm-heat" className="text-base font-semibold">
        {title}
      </h3>
      <div className="overflow-x-auto">
        <table className="w-full border-separate border-spacing-1 text-sm" data-testid="benchmark-heat">
          <thead className="text-xs text-ink-2">
            <tr>
              <th scope="col" className="pr-2 text-left font-normal">
                {text.heatCorner}
              </th>
              {works.map((work) => (
                <th key={work} scope="col" className="px-2 py-1 text-left font-normal">
                  {format(text.heatWork, { work: shortUs(work) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {accounts.map((count) => (
              <tr key={count}>
                <th scope="row" className="w-24 pr-2 text-left font-semibold whitespace-nowrap">
                  <svg width="14" height="12" aria-hidden="true" className="mr-1.5 inline">
                    <Mark level={levels.get(count) ?? 0} x={7} y={6} />
                  </svg>
                  {formatCount(count)}
                </th>
                {works.map((work) => (
                  <Cell
                    key={work}
                    row={rows.find(
                      (row) => row.workers === workers && row.accounts === count && row.workUs === work,
                    )}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-xs text-ink-3">{text.heatNote}</p>
    </section>
  );
}

/** How much of the colour: all of it at the ceiling, or at half of one core. */
function tint(row: ScalingRow): number {
  const { speedup, hardwareCeiling } = row;
  const share =
    standing(row) === 'slower' ? (1 - speedup) / 0.5 : (speedup - 1) / Math.max(0.25, hardwareCeiling - 1);
  return Math.round(12 + 28 * Math.min(1, Math.max(0, share)));
}

function Cell({ row }: { readonly row: ScalingRow | undefined }) {
  if (row === undefined)
    return (
      <td className="rounded-1 border border-dashed border-line px-2 py-2 text-xs text-ink-3">
        {text.heatNone}
      </td>
    );
  if (!row.matchesSequential)
    return <td className="rounded-1 border border-bad px-2 py-2 text-xs text-bad">{text.heatDiffers}</td>;
  const is = standing(row);
  const [low, high] = row.interval;
  return (
    <td
      data-standing={is}
      className="bm-cell rounded-1 px-2 py-1.5 align-top leading-tight"
      style={{ '--share': `${tint(row)}%` } as CSSProperties}
    >
      <span className="text-base font-semibold">{formatFactor(row.speedup)}</span>
      <span className="block text-xs whitespace-nowrap">
        {formatNumber(low)}–{formatNumber(high)}
      </span>
      <span className="block text-xs">
        {is === 'faster' ? format(text.heatOf, { share: formatShare(row.ofCeiling) }) : text[is]}
      </span>
    </td>
  );
}
