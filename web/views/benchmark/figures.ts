import type { BenchmarkDescription, BenchmarkRequest, ScalingRow } from '../../../engine/api/index.ts';
import { formatCount, formatFactor, formatNumber, formatShare, formatUs } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';

/** The work at which machines are compared: about what a swap costs on a real chain's virtual machine. */
const CARD_WORK_US = 20;

/** Rows whose answer is right; the others have no times. */
export function soundRows(rows: readonly ScalingRow[]): readonly ScalingRow[] {
  return rows.filter((row) => row.matchesSequential);
}

export function ascending(values: Iterable<number>): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/**
 * The row that stands for the machine: the most cores asked for, the most accounts, and of those the work nearest to
 * 20 µs. Null until it is there; when nothing more will come (`final`), the nearest to it that is.
 */
export function cardRow(
  rows: readonly ScalingRow[],
  { accounts, workUs, workers }: BenchmarkRequest<'scaling'>,
  final: boolean,
): ScalingRow | null {
  const cores = Math.max(...workers);
  const people = Math.max(...accounts);
  const work = [...workUs].sort((a, b) => distance(a) - distance(b))[0];
  const sound = soundRows(rows);
  const wanted = sound.find((row) => row.workers === cores && row.accounts === people && row.workUs === work);
  if (wanted !== undefined || !final) return wanted ?? null;
  const nearest = [...sound].sort(
    (a, b) => b.workers - a.workers || b.accounts - a.accounts || distance(a.workUs) - distance(b.workUs),
  );
  return nearest[0] ?? null;
}

function distance(workUs: number): number {
  return Math.abs(workUs - CARD_WORK_US);
}

/** The same cores and work with the fewest accounts; null when that is the card's own row. */
export function worstRow(rows: readonly ScalingRow[], card: ScalingRow): ScalingRow | null {
  const alike = soundRows(rows).filter(
    (row) => row.workers === card.workers && row.workUs === card.workUs && row.accounts < card.accounts,
  );
  return alike.sort((a, b) => a.accounts - b.accounts)[0] ?? null;
}

/**
 * The hardware ceiling of so many cores at one amount of work: that of the row with the most accounts, as on the card.
 * It is measured anew beside every row, and what the accounts are should not move it. Null where nothing was measured.
 */
export function ceilingAt(rows: readonly ScalingRow[], workers: number, workUs: number): number | null {
  const alike = soundRows(rows).filter((row) => row.workers === workers && row.workUs === workUs);
  return [...alike].sort((a, b) => b.accounts - a.accounts)[0]?.hardwareCeiling ?? null;
}

export type Standing = 'faster' | 'even' | 'slower';

/** Against one core: only what the whole interval says. */
export function standing({ interval }: ScalingRow): Standing {
  if (interval[1] < 1) return 'slower';
  return interval[0] > 1 ? 'faster' : 'even';
}

const WIDE_INTERVAL = 0.25;

/** The runs of a row differ so much that the machine cannot have been quiet. */
export function isUneasy({ interval, speedup }: ScalingRow): boolean {
  return interval[1] - interval[0] > WIDE_INTERVAL * speedup;
}

export function coresText(count: number): string {
  return count === 1 ? text.core : format(text.cores, { count });
}

/** Every number of cores that is measured: 1, 2, 4 cores. */
export function countsText(counts: readonly number[]): string {
  const [only] = counts;
  return counts.length === 1 ? coresText(only!) : format(text.cores, { count: counts.join(', ') });
}

/** So many at once: cores, or threads where there are more of them than cores. */
export function workersText(workers: number, { machine }: BenchmarkDescription): string {
  return workers > machine.cores ? format(text.threads, { count: workers }) : coresText(workers);
}

/** A time without the noughts that say nothing: 5 µs, 0 µs, 0.04 µs. */
export function shortUs(durationUs: number): string {
  return durationUs === 0 ? '0 µs' : formatUs(durationUs).replace(/\.0+(?= )/, '');
}

/** Everything that the card says, as texts: the same on the page, in the picture and in the text. */
export interface CardTexts {
  readonly figure: string;
  readonly cores: string;
  readonly interval: string;
  readonly ceiling: string;
  readonly share: string;
  /** What was measured, how, and on what. */
  readonly lines: readonly string[];
  readonly worst: { readonly figure: string; readonly label: string; readonly slower: boolean } | null;
}

export function cardTexts(
  card: ScalingRow,
  worst: ScalingRow | null,
  request: BenchmarkRequest<'scaling'>,
  description: BenchmarkDescription,
): CardTexts {
  const [low, high] = card.interval;
  return {
    figure: formatFactor(card.speedup),
    cores: workersText(card.workers, description),
    interval: format(text.cardInterval, { low: formatNumber(low), high: formatNumber(high) }),
    ceiling: formatFactor(card.hardwareCeiling),
    share: formatShare(card.ofCeiling),
    lines: text.cardLines.map((line) => format(line, conditions(card, request, description))),
    worst: worst && {
      figure: formatFactor(worst.speedup),
      label: format(text.cardWorst, { accounts: formatCount(worst.accounts) }),
      slower: standing(worst) === 'slower',
    },
  };
}

function conditions(
  card: ScalingRow,
  request: BenchmarkRequest<'scaling'>,
  { clockResolutionUs, machine }: BenchmarkDescription,
): Record<string, string | number> {
  return {
    transactions: formatCount(request.transactions),
    accounts: formatCount(card.accounts),
    work: shortUs(card.workUs),
    runs: request.runs,
    cores: coresText(machine.cores),
    resolution: shortUs(clockResolutionUs),
  };
}

/** The card as a sentence or two, for a chat. */
export function cardSentence(
  card: ScalingRow,
  worst: ScalingRow | null,
  request: BenchmarkRequest<'scaling'>,
  description: BenchmarkDescription,
): string {
  const texts = cardTexts(card, worst, request, description);
  const [low, high] = card.interval;
  const sentences = [
    format(text.text, {
      figure: texts.figure,
      low: formatNumber(low),
      high: formatNumber(high),
      ceiling: texts.ceiling,
      share: texts.share,
      ...conditions(card, request, description),
      cores: texts.cores,
    }),
  ];
  if (worst !== null)
    sentences.push(
      format(text.textWorst, { accounts: formatCount(worst.accounts), figure: formatFactor(worst.speedup) }),
    );
  return [...sentences, text.textBrand].join(' ');
}
