import type { BenchmarkDescription, BenchmarkRequest, ScalingRow } from '../../../engine/api/index.ts';

/** Columns of the export with their units; the machine's facts stand in every row, so that files can be joined. */
export const CSV_COLUMNS = [
  'accounts',
  'work_us',
  'cores_used',
  'payments_per_block',
  'runs',
  'speedup',
  'interval_95_low',
  'interval_95_high',
  'hardware_ceiling',
  'share_of_ceiling',
  'conflicts_allow',
  'payments_per_second',
  'executions',
  'aborts',
  'matches_sequential',
  'machine_cores',
  'clock_resolution_us',
  'work_rounds_per_us',
] as const;

/** All rows as comma-separated values (RFC 4180). Of a row whose answer differs only the counts are given. */
export function rowsToCsv(
  rows: readonly ScalingRow[],
  { transactions, runs }: BenchmarkRequest<'scaling'>,
  { machine, clockResolutionUs }: BenchmarkDescription,
): string {
  const lines = rows.map((row) => {
    const time = (value: number): number | '' => (row.matchesSequential ? value : '');
    return [
      row.accounts,
      row.workUs,
      row.workers,
      transactions,
      runs,
      time(row.speedup),
      time(row.interval[0]),
      time(row.interval[1]),
      time(row.hardwareCeiling),
      time(row.ofCeiling),
      row.idealSpeedup,
      time(row.transactionsPerSecond),
      row.executions,
      row.aborts,
      row.matchesSequential,
      machine.cores,
      clockResolutionUs,
      machine.roundsPerUs,
    ].join(',');
  });
  return `${[CSV_COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}
