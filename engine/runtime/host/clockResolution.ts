import type { ExecutionRecord } from '../../execution/pool.ts';

/** One gas is a nanosecond. */
const VIRTUAL_US = 0.001;
/** What a browser grants an isolated page, where a run says nothing else. */
const COARSE_US = 5;
const MOMENTS = 2000;
/** Differences below are rounding of doubles, not steps of a clock. */
const NOISE_US = 0.0005;

/** Steps in which the run's clock moves, µs: the smallest that its moments show. */
export function clockResolution({ clock, spans }: Pick<ExecutionRecord, 'clock' | 'spans'>): number {
  if (clock === 'virtual') return VIRTUAL_US;
  const moments: number[] = [];
  for (const { startUs, endUs } of spans.slice(0, MOMENTS)) moments.push(startUs, endUs);
  moments.sort((a, b) => a - b);
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 1; i < moments.length; i++) {
    const step = moments[i]! - moments[i - 1]!;
    if (step > NOISE_US && step < smallest) smallest = step;
  }
  return smallest === Number.POSITIVE_INFINITY ? COARSE_US : Math.round(smallest * 1000) / 1000;
}
