import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import { afterEach, describe, expect, it } from 'vitest';
import { toHex } from '../../../base/bytes.ts';
import { chainDigest, DIGEST_BEFORE_GENESIS } from '../../../chain/digest.ts';
import type { ExecutionRecord, ExecutionRequest } from '../../../execution/pool.ts';
import { creditFees } from '../../../execution/sequential/creditFees.ts';
import { moduleSet } from '../../../runtime/modules.ts';
import { spawnNodeExecutor } from '../../../runtime/spawnNode.ts';
import { type ExecutorThread, ThreadWorkerPool } from '../../../runtime/threadWorkerPool.ts';
import type { ExecutorService } from '../../../runtime/executorService.ts';
import { oracleOf } from '../harness.ts';
import { differenceFromOracle } from '../outcomes.ts';
import { scenarios } from '../scenarios.ts';
import { type Block, environmentAt } from '../world.ts';

const FULL = process.env.FULL !== undefined;
const entry = new URL('../../../../.build/executor.node.js', import.meta.url);
const troubled = new URL('./troubledExecutor.mjs', import.meta.url);
const registered = scenarios.filter((scenario) => scenario.registered);

interface Trouble {
  readonly trouble: 'throw' | 'hang' | 'exit' | 'jitter' | 'deaf';
  /** Atomic stores before it happens. */
  readonly after?: number;
  readonly seed?: number;
}

function spawnTroubled({ trouble, after = 0, seed = 1 }: Trouble): ExecutorThread {
  const worker = new Worker(troubled, { workerData: { entry: entry.href, trouble, after, seed } });
  worker.unref();
  const died = new Promise<string>((resolve) => {
    worker.once('error', (error) => resolve(String(error)));
    worker.once('exit', (code) => resolve(`the thread ended with ${code}`));
  });
  return {
    service: wrap<ExecutorService>(nodeEndpoint(worker)),
    died,
    terminate: () => void worker.terminate(),
  };
}

const pools: ThreadWorkerPool[] = [];
function poolOf(spawn: () => ExecutorThread, deadAfterMs?: number): ThreadWorkerPool {
  const pool = new ThreadWorkerPool(deadAfterMs === undefined ? { spawn } : { spawn, deadAfterMs });
  pools.push(pool);
  return pool;
}
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

let requests = 0;
function requestOf(block: Block, workers: number, more: Partial<ExecutionRequest> = {}): ExecutionRequest {
  return {
    parentId: `state ${requests++}`,
    ...block,
    workers,
    scheduleSeed: 0,
    trackFees: false,
    accountGranularity: false,
    traceLevel: 0,
    measureArms: false,
    ...more,
  };
}

function expectOracle(name: string, block: Block, { outcome }: ExecutionRecord): void {
  const oracle = oracleOf(block, moduleSet);
  expect(differenceFromOracle(moduleSet, block, oracle, outcome), name).toBeUndefined();
  const changes = creditFees(block.state, block.environment.feeRecipient, block.transactions, outcome);
  const digest = (of: Parameters<typeof chainDigest>[2]) =>
    toHex(chainDigest(moduleSet, DIGEST_BEFORE_GENESIS, of));
  expect(digest({ ...outcome, changes }), name).toBe(digest(oracle));
}

type Strategy = NonNullable<ExecutionRequest['strategy']>;
const STRATEGIES: readonly Strategy[] = ['blockStm', 'moduleLanes'];

/** A round of traffic: the kind, the accounts and the settings go by the round's number. */
async function playRound(
  pool: ThreadWorkerPool,
  round: number,
  transactions: number,
  strategy: Strategy,
): Promise<void> {
  const scenario = registered[round % registered.length]!;
  const accounts = [2, 3, 10, 100, 1000][round % 5]!;
  const block = scenario.make(round, { accounts, transactions, cut: round % 7 === 3 });
  const workers = 2 + (round % 3);
  const more = {
    strategy,
    trackFees: round % 4 === 1,
    accountGranularity: round % 6 === 2,
    traceLevel: round % 8 === 5 ? 1 : 0,
  };
  const record = await pool.run(requestOf(block, workers, more));
  expectOracle(`round ${round}: ${scenario.name}, ${accounts} accounts, ${workers} workers`, block, record);
  expect(record.notices).toEqual([]);
}

describe('blocks on real threads equal the oracle', () => {
  it.each(STRATEGIES)(
    'round after round of hot and cold traffic: %s',
    async (strategy) => {
      const pool = poolOf(() => spawnNodeExecutor(entry));
      for (let round = 0; round < (FULL ? 4000 : 150); round++)
        await playRound(pool, round, 50 + ((round * 37) % 400), strategy);
    },
    1_800_000,
  );

  it.each(STRATEGIES)(
    'with threads that pause at odd moments: %s',
    async (strategy) => {
      let seed = 1;
      const pool = poolOf(() => spawnTroubled({ trouble: 'jitter', seed: seed++ * 7919 }));
      for (let round = 0; round < (FULL ? 4000 : 120); round++)
        await playRound(pool, round, 30 + ((round * 53) % 120), strategy);
    },
    1_800_000,
  );

  it('the same block again and again, in the memory that holds its state', async () => {
    const pool = poolOf(() => spawnNodeExecutor(entry));
    const block = registered[1]!.make(1, { accounts: 5, transactions: 200, cut: false });
    for (let round = 0; round < 30; round++) {
      expectOracle(
        `again ${round}`,
        block,
        await pool.run(
          requestOf(block, 2 + (round % 2), { parentId: 'same', strategy: STRATEGIES[(round >> 1) % 2]! }),
        ),
      );
    }
  });

  it('a block of nothing', async () => {
    const pool = poolOf(() => spawnNodeExecutor(entry));
    const { state } = registered[0]!.make(1, { accounts: 3, transactions: 1, cut: false });
    const block = { state, environment: environmentAt(1), transactions: [] };
    for (const strategy of STRATEGIES) {
      const record = await pool.run(requestOf(block, 2, { strategy }));
      expectOracle('nothing', block, record);
      expect(record.durationUs).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a worker in trouble costs the block a second run, not its answer', { timeout: 120_000 }, () => {
  const mixed = registered.find(({ name }) => name === 'payments and swaps, balances by lane')!;
  const made = mixed.make(3, { accounts: 10, transactions: 400, cut: false });
  // Work enough that on a busy machine, too, every thread has its turn before the block is over.
  const transactions = made.transactions.map((transaction) => ({ ...transaction, work: 400_000 }));
  const block = { ...made, transactions };
  const troubles: readonly Trouble[] = [
    { trouble: 'throw', after: 0 },
    { trouble: 'throw', after: 100 },
    { trouble: 'exit', after: 30 },
    { trouble: 'hang', after: 50 },
  ];

  const cases = troubles.flatMap((trouble) => STRATEGIES.map((strategy) => ({ ...trouble, strategy })));

  it.each(cases)('one that does this: $trouble, after $after atomic stores: $strategy', async (asked) => {
    const { strategy, ...trouble } = asked;
    let spawned = 0;
    const pool = poolOf(() => (spawned++ === 1 ? spawnTroubled(trouble) : spawnNodeExecutor(entry)), 800);
    const record = await pool.run(requestOf(block, 3, { strategy }));
    expectOracle(trouble.trouble, block, record);
    expect(record.notices.map(({ code }) => code)).toEqual(['execution/worker_replaced']);
    // Fresh threads serve the next block as if nothing had been.
    const next = registered[3]!.make(4, { accounts: 10, transactions: 100, cut: false });
    const after = await pool.run(requestOf(next, 3, { strategy }));
    expectOracle('the next block', next, after);
    expect(after.notices).toEqual([]);
  });

  it.each(STRATEGIES)('one that is lost on request, and only once: %s', async (strategy) => {
    const pool = poolOf(() => spawnNodeExecutor(entry), 800);
    const record = await pool.run(requestOf(block, 3, { loseWorker: true, strategy }));
    expectOracle('lost', block, record);
    expect(record.notices.map(({ code }) => code)).toEqual(['execution/worker_replaced']);
  });

  it.each(STRATEGIES)(
    'one that is terminated from outside in the middle of the block: %s',
    async (strategy) => {
      const pool = poolOf(() => spawnNodeExecutor(entry), 800);
      await playRound(pool, 0, 50, strategy);
      const long = registered[1]!.make(5, { accounts: 10, transactions: 3000, cut: false });
      const transactions = long.transactions.map((transaction) => ({ ...transaction, work: 100_000 }));
      const slow = { ...long, transactions };
      const running = pool.run(requestOf(slow, 2, { strategy }));
      await new Promise((resolve) => setTimeout(resolve, 60));
      pool.executors[1]!.terminate();
      const record = await running;
      expectOracle('terminated', slow, record);
      expect(record.notices.length).toBe(1);
    },
  );

  it('threads that never start end in a typed error', async () => {
    const deaf = new ThreadWorkerPool({
      spawn: () => spawnTroubled({ trouble: 'deaf' }),
      startWithinMs: 300,
    });
    pools.push(deaf);
    await expect(deaf.run(requestOf(block, 2))).rejects.toMatchObject({ code: 'execution/threads_failed' });
    const missing = poolOf(() => spawnNodeExecutor(new URL('./thereIsNoSuchFile.mjs', import.meta.url)));
    await expect(missing.run(requestOf(block, 2))).rejects.toMatchObject({
      code: 'execution/threads_failed',
    });
  });

  it('a thread that never starts is replaced before anything is measured with it', async () => {
    let spawned = 0;
    const spawn = () => (spawned++ === 0 ? spawnTroubled({ trouble: 'deaf' }) : spawnNodeExecutor(entry));
    const pool = new ThreadWorkerPool({ spawn, startWithinMs: 3000 });
    pools.push(pool);
    expect(await pool.calibrate()).toBeGreaterThan(0);
    expect(spawned).toBe(2);
    const deaf = new ThreadWorkerPool({
      spawn: () => spawnTroubled({ trouble: 'deaf' }),
      startWithinMs: 100,
    });
    pools.push(deaf);
    await expect(deaf.calibrate()).rejects.toMatchObject({ code: 'execution/threads_failed' });
  });

  it('threads that always fail end in a typed error', async () => {
    const pool = poolOf(() => spawnTroubled({ trouble: 'throw', after: 3 }));
    await expect(pool.run(requestOf(block, 2))).rejects.toMatchObject({ code: 'execution/threads_failed' });
  });
});
