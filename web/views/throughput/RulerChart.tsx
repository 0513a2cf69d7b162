import type { RunMetrics } from '../../../engine/api/index.ts';
import { formatFactor } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { throughput as text } from '../../lib/messages/throughput.ts';
import { type RulerMark, ruler, spreadLabels } from './geometry.ts';

const BAR_TOP = 40;
const BAR = 20;
const HEIGHT = 116;
const LABEL = 92;

/** One ruler of speed-ups: a bar for what was, lines for what could be, a hollow bar for what was before. */
export function RulerChart({
  metrics,
  ghost,
  width,
}: {
  readonly metrics: RunMetrics;
  readonly ghost: RunMetrics | null;
  readonly width: number;
}) {
  const inner = Math.max(60, width - 8);
  const drawn = ruler(metrics, ghost, inner);
  const find = (name: RulerMark['name']): RulerMark | undefined =>
    drawn.marks.find((mark) => mark.name === name);
  const measured = find('measured')!;
  const before = find('ghost');
  const bounds = [find('ceiling')!, find('ideal')!];
  const single = find('single')!;
  const above = spreadLabels(
    bounds.map((mark) => mark.x - LABEL / 2),
    LABEL,
    inner,
  );
  const label =
    format(text.ruler, {
      measured: formatFactor(metrics.speedup),
      ceiling: formatFactor(metrics.hardwareCeiling),
      ideal: formatFactor(metrics.idealSpeedup),
      single: formatFactor(metrics.idealSpeedupSingleVersion),
    }) + (ghost === null ? '' : format(text.rulerGhost, { ghost: formatFactor(ghost.speedup) }));
  const bottom = BAR_TOP + BAR;
  return (
    <svg
      role="img"
      aria-label={label}
      width={inner + 8}
      height={HEIGHT}
      className="shrink-0 overflow-visible text-[0.72rem]"
    >
      <g transform="translate(4 0)">
        <line x1={0} x2={inner} y1={bottom + 8} y2={bottom + 8} stroke="var(--line-strong)" />
        {drawn.ticks.map(({ factor, x }) => (
          <g key={factor} transform={`translate(${x} 0)`}>
            <line y1={bottom + 8} y2={bottom + 12} stroke="var(--line-strong)" />
            <text y={bottom + 25} textAnchor="middle" fill="var(--ink-3)">
              {factor === 0 ? '0' : `${factor}×`}
            </text>
          </g>
        ))}
        <text x={inner} y={bottom + 42} textAnchor="end" fill="var(--ink-3)">
          {text.axis}
        </text>
        <rect
          x={0}
          y={BAR_TOP}
          width={measured.x}
          height={BAR}
          rx={3}
          fill={metrics.speedup < 1 ? 'var(--warn)' : 'var(--ink)'}
          opacity={0.92}
        />
        {before && (
          <g>
            <title>{`${text.marks.ghost} ${formatFactor(before.factor)}`}</title>
            <rect
              x={0}
              y={BAR_TOP - 4}
              width={before.x}
              height={BAR + 8}
              rx={4}
              fill="none"
              stroke="var(--ghost)"
              strokeDasharray="3 3"
            />
          </g>
        )}
        <line x1={drawn.unitX} x2={drawn.unitX} y1={BAR_TOP - 5} y2={bottom + 8} stroke="var(--ink-3)" />
        {!single.beyond && (
          <g>
            <title>{`${text.marks.single} ${formatFactor(single.factor)}. ${text.about.single}`}</title>
            <path d={`M${single.x} ${bottom + 8}l-4 -7h8z`} fill="var(--accent)" opacity={0.55} />
          </g>
        )}
        {bounds.map((mark, at) => (
          <Bound key={mark.name} mark={mark} labelX={above[at]! + LABEL / 2} />
        ))}
        <text x={0} y={bottom + 42} fill="var(--ink-2)">
          <tspan fontWeight={600}>{formatFactor(measured.factor)}</tspan> {text.marks.measured}
          {before && (
            <tspan fill="var(--ink-3)">{`  (${formatFactor(before.factor)} ${text.marks.ghost})`}</tspan>
          )}
        </text>
      </g>
    </svg>
  );
}

function Bound({ mark, labelX }: { readonly mark: RulerMark; readonly labelX: number }) {
  const ideal = mark.name === 'ideal';
  const colour = ideal ? 'var(--accent)' : 'var(--ink-2)';
  const name = text.marks[mark.name];
  const about = ideal ? text.about.ideal : text.about.ceiling;
  return (
    <g>
      <title>{`${name} ${formatFactor(mark.factor)}. ${about}`}</title>
      {mark.beyond ? (
        <path d={`M${mark.x - 7} ${BAR_TOP + 5}l6 5-6 5`} stroke={colour} strokeWidth={2} fill="none" />
      ) : (
        <path
          d={`M${labelX} 30L${mark.x} ${BAR_TOP - 4}V${BAR_TOP + BAR + 8}`}
          stroke={colour}
          strokeWidth={ideal ? 2 : 1.5}
          fill="none"
        />
      )}
      <text x={labelX} y={12} textAnchor="middle" fill={colour} fontWeight={600}>
        {formatFactor(mark.factor)}
      </text>
      <text x={labelX} y={25} textAnchor="middle" fill="var(--ink-3)">
        {name}
      </text>
    </g>
  );
}
