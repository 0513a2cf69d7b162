import { availableParallelism } from 'node:os';
import { argv, stdout } from 'node:process';
import { measureBlock, type MeasuredRow } from '../runtime/measurement.ts';
import { chainBlock, paymentsBlock } from '../runtime/paymentsBlock.ts';
import { spawnNodeExecutor } from '../runtime/spawnNode.ts';
import { ThreadWorkerPool } from '../runtime/threadWorkerPool.ts';

/**
 * `npm run bench -- [throughput] [scaling] [chain] [--accounts 2,10] [--work 0,20] [--workers 1,2] [--runs N]`
 * Ratios of interleaved runs on this machine; every row is checked against the oracle.
 */
const COUNT = 10_000;

function numbers(flag: string, fallback: readonly number[]): readonly number[] {
  const at = argv.indexOf(flag);
  return at < 0 ? fallback : argv[at + 1]!.split(',').map(Number);
}

function print(cells: Readonly<Record<string, string | number>>, row: MeasuredRow): void {
  const facts = Object.entries({ ...cells, ...row, interval: row.interval.join('–') });
  stdout.write(`${facts.map(([name, value]) => `${name} ${value}`).join('  ')}\n`);
}

const verbs = ['throughput', 'scaling', 'chain'].filter((verb) => argv.includes(verb));
const wanted = (verb: string): boolean => verbs.length === 0 || verbs.includes(verb);
const cores = availableParallelism();
const pool = new ThreadWorkerPool({
  spawn: () => spawnNodeExecutor(new URL('./executor.node.js', import.meta.url)),
  deadAfterMs: 60_000,
});
const runs = numbers('--runs', [15])[0]!;
const workerCounts = numbers(
  '--workers',
  [...new Set([1, 2, cores])].filter((count) => count <= cores),
);
const roundsPerUs = await pool.calibrate();
stdout.write(
  `${cores} cores, ${Math.round(roundsPerUs)} rounds of work a microsecond, ${COUNT} transactions\n`,
);

if (wanted('throughput')) {
  const block = paymentsBlock(10_000, COUNT, 0, 1);
  for (const workers of workerCounts)
    print(
      { bench: 'throughput' },
      await measureBlock(pool, block, 'throughput', workers, runs, !argv.includes('--alone')),
    );
}
if (wanted('scaling')) {
  for (const accounts of numbers('--accounts', [2, 10, 100, 1000, 10_000])) {
    for (const workUs of numbers('--work', [0, 5, 20, 100])) {
      const block = paymentsBlock(accounts, COUNT, Math.round(workUs * roundsPerUs), 1);
      for (const workers of workerCounts) {
        const row = await measureBlock(pool, block, `scaling-${accounts}-${workUs}`, workers, runs);
        print({ bench: 'scaling', accounts, workUs }, row);
      }
    }
  }
}
if (wanted('chain')) {
  for (const workUs of numbers('--work', [0, 20])) {
    const block = chainBlock(COUNT, Math.round(workUs * roundsPerUs));
    for (const workers of workerCounts)
      print({ bench: 'chain', workUs }, await measureBlock(pool, block, `chain-${workUs}`, workers, runs));
  }
}
pool.dispose();
