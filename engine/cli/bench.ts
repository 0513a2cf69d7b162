import { availableParallelism } from 'node:os';
import { argv, stdout } from 'node:process';
import { type MeasureRequest, measure } from '../runtime/measurement.ts';
import { spawnNodeExecutor } from '../runtime/spawnNode.ts';
import { ThreadWorkerPool } from '../runtime/threadWorkerPool.ts';

/**
 * `npm run bench -- [throughput] [scaling] [chain] [--accounts 2,10] [--work 0,20] [--workers 1,2] [--runs N]`
 * Ratios of interleaved runs on this machine; every row is checked against the oracle.
 */
const TRANSACTIONS = 10_000;

function numbers(flag: string, fallback: readonly number[]): readonly number[] {
  const at = argv.indexOf(flag);
  return at < 0 ? fallback : argv[at + 1]!.split(',').map(Number);
}

const named = ['throughput', 'scaling', 'chain'].filter((verb) => argv.includes(verb));
const wanted = (verb: string): boolean => named.length === 0 || named.includes(verb);
const cores = availableParallelism();
const workerCounts = numbers(
  '--workers',
  [...new Set([1, 2, cores])].filter((count) => count <= cores),
);
const runs = numbers('--runs', [15])[0]!;
const pool = new ThreadWorkerPool({
  spawn: () => spawnNodeExecutor(new URL('./executor.node.js', import.meta.url)),
  deadAfterMs: 60_000,
});

async function row(bench: string, request: Omit<MeasureRequest, 'transactions' | 'runs'>): Promise<void> {
  const measured = await measure(pool, { ...request, transactions: TRANSACTIONS, runs });
  const facts = {
    bench,
    accounts: request.accounts,
    workUs: request.workUs,
    ...measured,
    interval: measured.interval.join('–'),
  };
  stdout.write(
    `${Object.entries(facts)
      .map(([name, value]) => `${name} ${value}`)
      .join('  ')}\n`,
  );
}

stdout.write(
  `${cores} cores, ${TRANSACTIONS} transactions, ${await pool.calibrate()} rounds of work a microsecond\n`,
);
for (const workers of workerCounts) {
  if (wanted('throughput')) await row('throughput', { accounts: 10_000, workUs: 0, workers });
  if (wanted('scaling')) {
    for (const accounts of numbers('--accounts', [2, 10, 100, 1000, 10_000])) {
      for (const workUs of numbers('--work', [0, 5, 20, 100]))
        await row('scaling', { accounts, workUs, workers });
    }
  }
  if (wanted('chain'))
    for (const workUs of numbers('--work', [0, 20])) await row('chain', { accounts: 0, workUs, workers });
}
pool.dispose();
