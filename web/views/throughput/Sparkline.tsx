import { formatFactor } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { throughput as text } from '../../lib/messages/throughput.ts';
import { spark } from './geometry.ts';

const HEIGHT = 44;

export interface SparklineProps {
  readonly points: readonly { readonly height: number; readonly factor: number }[];
  readonly width: number;
}

/** The speed-ups of the last blocks, a dot a block; the line of one core to compare with. */
export function Sparkline({ points, width }: SparklineProps) {
  const max = Math.max(1, ...points.map((point) => point.factor)) * 1.05;
  const places = spark(
    points.map((point) => point.factor),
    max,
    width,
    HEIGHT,
  );
  const one = spark([1, 1], max, width, HEIGHT)[0]?.y ?? 0;
  const label = points.map((point) =>
    format(text.historyRow, { height: point.height, factor: formatFactor(point.factor) }),
  );
  return (
    <figure className="flex flex-col gap-1">
      <svg
        role="img"
        aria-label={label.join(', ')}
        width={width}
        height={HEIGHT}
        className="overflow-visible"
      >
        <line x1={0} x2={width} y1={one} y2={one} stroke="var(--line-strong)" strokeDasharray="2 3" />
        <path
          d={places.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')}
          stroke="var(--ink-3)"
          fill="none"
        />
        {places.map(({ x, y }, at) => (
          <circle
            key={points[at]!.height}
            cx={x}
            cy={y}
            r={at === places.length - 1 ? 4 : 2.2}
            fill={at === places.length - 1 ? 'var(--ink)' : 'var(--ink-2)'}
          >
            <title>{label[at]}</title>
          </circle>
        ))}
      </svg>
      <figcaption className="text-xs text-ink-3">{format(text.history, { count: points.length })}</figcaption>
    </figure>
  );
}
