/** Ticks of a time axis: steps of 1, 2 or 5 times a power of ten, and labels in one unit. */
export interface AxisTicks {
  readonly stepUs: number;
  readonly ticksUs: readonly number[];
  label(timeUs: number): string;
}

export function axisTicks(startUs: number, endUs: number, widthPx: number, gapPx: number): AxisTicks {
  const spanUs = Math.max(endUs - startUs, 1e-6);
  const stepUs = niceStep((spanUs * gapPx) / Math.max(widthPx, 1));
  const ticksUs: number[] = [];
  for (let n = Math.ceil(startUs / stepUs - 1e-9); n * stepUs <= endUs; n++) ticksUs.push(n * stepUs);
  const inMs = endUs >= 1000;
  const unitUs = inMs ? 1000 : 1;
  const decimals = Math.max(0, -Math.floor(Math.log10(stepUs / unitUs) + 1e-9));
  return {
    stepUs,
    ticksUs,
    label: (timeUs) =>
      timeUs === 0 ? '0' : `${(timeUs / unitUs).toFixed(Math.min(decimals, 6))} ${inMs ? 'ms' : 'µs'}`,
  };
}

/** The smallest of 1, 2, 5 times a power of ten that is at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  const lead = least / power;
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
}
