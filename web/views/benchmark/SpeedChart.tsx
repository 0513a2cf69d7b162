import { useEffect, useRef, useState } from 'react';
import type { ScalingRow } from '../../../engine/api/index.ts';
import { Segmented } from '../../components/Segmented.tsx';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import { ascending, coresText, shortUs } from './figures.ts';
import {
  type ChartLine,
  levelsOf,
  MARKS,
  markCorners,
  type SpeedChart as Chart,
  speedChart,
} from './geometry.ts';

/** Sizes at the page's usual type; they grow with it. */
const LABEL_GAP_PX = 15;
const TALL_PX = 300;
const USUAL_TYPE_PX = 14;

/** Speed-up against cores for one amount of work, a line for each number of accounts. */
export function SpeedChart({
  rows,
  workUs,
  onWork,
}: {
  readonly rows: readonly ScalingRow[];
  readonly workUs: number;
  onWork(workUs: number): void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [{ width, scale }, setSize] = useState({ width: 0, scale: 1 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      const typePx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setSize({ width: element.clientWidth, scale: typePx / USUAL_TYPE_PX || 1 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const works = ascending(rows.map((row) => row.workUs));
  const frame = {
    width: width / scale,
    height: TALL_PX,
    left: 38,
    right: 106,
    top: 14,
    bottom: 34,
  };
  return (
    <section aria-labelledby="bm-chart" className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 id="bm-chart" className="text-base font-semibold">
          {text.chart}
        </h3>
        {works.length > 1 && (
          <div className="flex items-center gap-2 text-xs text-ink-2">
            <span aria-hidden="true">{text.chartWork}</span>
            <Segmented
              label={text.chartWork}
              value={String(workUs)}
              options={works.map((work) => ({ value: String(work), label: shortUs(work) }))}
              onChange={(work) => onWork(Number(work))}
            />
          </div>
        )}
      </div>
      <div ref={box} className="h-[21.43rem]">
        {width > 0 && (
          <Drawing scale={scale} chart={speedChart(rows, workUs, frame, LABEL_GAP_PX)} workUs={workUs} />
        )}
      </div>
      <Legend levels={levelsOf(rows)} />
    </section>
  );
}

/** What the drawing shows, for those who hear it. */
function spoken(chart: Chart, workUs: number): string {
  const points = (values: readonly { readonly workers: number; readonly value: number }[]): string =>
    values
      .map(({ workers, value }) =>
        format(text.chartPoint, { figure: formatFactor(value), workers: coresText(workers) }),
      )
      .join(', ');
  const lines = chart.lines.map((line) =>
    format(text.chartLine, { accounts: formatCount(line.accounts), figures: points(line.points) }),
  );
  const ceiling = format(text.chartCeiling, { figures: points(chart.ceilingValues) });
  return format(text.chartLabel, { work: shortUs(workUs), lines: [...lines, ceiling].join(' ') });
}

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

function Drawing({
  chart,
  workUs,
  scale,
}: {
  readonly chart: Chart;
  readonly workUs: number;
  readonly scale: number;
}) {
  const { frame } = chart;
  const rightEdge = frame.width - frame.right;
  const floor = frame.height - frame.bottom;
  return (
    <svg
      width={frame.width * scale}
      height={frame.height * scale}
      viewBox={`0 0 ${frame.width} ${frame.height}`}
      role="img"
      aria-label={spoken(chart, workUs)}
      className="block"
    >
      {chart.yTicks.map(({ at, label }) => (
        <g key={label}>
          <line x1={frame.left} x2={rightEdge} y1={at} y2={at} stroke="var(--line)" />
          <text x={frame.left - 8} y={at + 4} textAnchor="end" fontSize="11" fill="var(--ink-3)">
            {label}
          </text>
        </g>
      ))}
      <line x1={frame.left} x2={rightEdge} y1={chart.yOne} y2={chart.yOne} stroke="var(--line-strong)" />
      {chart.xTicks.map(({ at, label }) => (
        <g key={label}>
          <line x1={at} x2={at} y1={floor} y2={floor + 4} stroke="var(--line-strong)" />
          <text x={at} y={floor + 17} textAnchor="middle" fontSize="11" fill="var(--ink-3)">
            {label}
          </text>
        </g>
      ))}
      <text x={rightEdge} y={floor + 31} textAnchor="end" fontSize="11" fill="var(--ink-3)">
        {text.axisCores}
      </text>
      <path d={path(chart.ideal)} fill="none" stroke="var(--ink-3)" strokeDasharray="2 5" strokeWidth="1.5" />
      <path
        d={path(chart.ceiling)}
        fill="none"
        stroke="var(--ink-2)"
        strokeDasharray="7 4"
        strokeWidth="1.5"
      />
      {chart.lines.map((line) => (
        <Line key={line.accounts} line={line} />
      ))}
      {chart.labels.map((label) => (
        <text
          key={label.text}
          x={rightEdge + 4}
          y={label.y + 4}
          fontSize="12"
          fontWeight={label.kind === 'line' ? 600 : 400}
          fill={label.kind === 'line' ? `var(--bm-${label.level})` : 'var(--ink-2)'}
          xmlSpace="preserve"
        >
          {label.text}
        </text>
      ))}
    </svg>
  );
}

function Line({ line }: { readonly line: ChartLine }) {
  const colour = `var(--bm-${line.level})`;
  return (
    <g>
      <path
        d={path(line.allowed)}
        fill="none"
        stroke={colour}
        strokeDasharray="1 4"
        strokeWidth="1.5"
        strokeLinecap="round"
      />
      <path
        d={path(line.points.map(({ x, y }) => [x, y] as const))}
        fill="none"
        stroke={colour}
        strokeWidth="2"
      />
      {line.points.map(({ workers, x, y, yLow, yHigh }) => (
        <g key={workers}>
          <path
            d={`M${x} ${yLow}V${yHigh}M${x - 4} ${yLow}h8M${x - 4} ${yHigh}h8`}
            stroke={colour}
            strokeWidth="1.2"
          />
          <Mark level={line.level} x={x} y={y} />
        </g>
      ))}
    </g>
  );
}

export function Mark({ level, x, y }: { readonly level: number; readonly x: number; readonly y: number }) {
  const shape = MARKS[level]!;
  const colour = `var(--bm-${level})`;
  const corners = markCorners(shape, x, y, 4);
  if (corners !== null) return <path d={`${path(corners)}Z`} fill={colour} />;
  return (
    <circle
      cx={x}
      cy={y}
      r="4"
      fill={shape === 'ring' ? 'var(--surface-1)' : colour}
      stroke={colour}
      strokeWidth="2"
    />
  );
}

const SWATCHES = {
  ideal: ['2 5', 'var(--ink-3)'],
  ceiling: ['7 4', 'var(--ink-2)'],
  allowed: ['1 4', 'var(--bm-0)'],
} as const;
const DASHED = ['ideal', 'ceiling', 'allowed'] as const;

export function Swatch({ name }: { readonly name: keyof typeof SWATCHES }) {
  const [dashes, colour] = SWATCHES[name];
  return (
    <svg width="26" height="8" aria-hidden="true" className="shrink-0">
      <path d="M0 4H26" stroke={colour} strokeDasharray={dashes} strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}

/** What marks and dashes mean. */
function Legend({ levels }: { readonly levels: ReadonlyMap<number, number> }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-2">
      {[...levels].map(([accounts, level]) => (
        <li key={accounts} className="flex items-center gap-1.5">
          <svg width="14" height="12" aria-hidden="true">
            <Mark level={level} x={7} y={6} />
          </svg>
          {format(text.legend.accounts, { accounts: formatCount(accounts) })}
        </li>
      ))}
      {DASHED.map((name) => (
        <li key={name} className="flex items-center gap-2">
          <Swatch name={name} />
          {text.legend[name]}
        </li>
      ))}
      <li className="flex items-center gap-2">
        <svg width="10" height="14" aria-hidden="true">
          <path d="M5 1V13M1 1h8M1 13h8" stroke="var(--ink-2)" strokeWidth="1.3" />
        </svg>
        {text.legend.interval}
      </li>
    </ul>
  );
}
