import { afterAll, expect, test } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { keyIdentity } from '../storage/contract.ts';
import { FlatState } from '../storage/flatMap/flatState.ts';
import { accounts as accountTable } from '../execution/kernel/kernelTables.ts';
import { runOracle } from '../execution/sequential/oracle.ts';
import type { Transaction } from '../types/transaction.ts';
import { moduleSet } from './modules.ts';
import { spawnNodeExecutor } from './spawnNode.ts';
import { ThreadWorkerPool } from './threadWorkerPool.ts';

const entry = new URL('../../.build/executor.node.js', import.meta.url);
const pool = new ThreadWorkerPool({ spawn: () => spawnNodeExecutor(entry) });
afterAll(() => pool.dispose());

function fundedState(accounts: number): FlatState {
  const state = new FlatState();
  const changes = Array.from({ length: accounts }, (_, a) => {
    const key = Uint32Array.of(accountTable.id, a);
    const after = new Uint32Array(5);
    accountTable.writeValue(after, 0, { nonce: 0, feeBalance: 10n ** 15n });
    return { identity: keyIdentity(key, 0, 2), key, before: null, after };
  });
  state.apply(changes);
  const mints = Array.from(
    { length: accounts },
    (_, a): Transaction => ({
      sender: 0,
      nonce: a,
      module: 'bank',
      name: 'mint',
      args: { asset: 0, to: a, amount: 1000n, lane: 0 },
      work: 0,
      gasLimit: 100000,
      gasPrice: 0,
    }),
  );
  state.apply(
    runOracle(moduleSet, state, { height: 0, timestamp: 0, gasLimit: 4e9, feeRecipient: 1e6 }, mints).changes,
  );
  return state;
}

test('two threads equal the oracle', async () => {
  for (const accounts of [2, 3, 10, 1000]) {
    const state = fundedState(accounts);
    const prng = createPrng(accounts);
    const nonces = new Array<number>(accounts).fill(0);
    nonces[0] = accounts;
    const transactions = Array.from({ length: 500 }, (): Transaction => {
      const sender = prng.below(accounts);
      return {
        sender,
        nonce: nonces[sender]!++,
        module: 'bank',
        name: 'transfer',
        args: { asset: 0, to: prng.below(accounts), amount: 3n },
        work: 2000,
        gasLimit: 100000,
        gasPrice: 1,
      };
    });
    const environment = { height: 1, timestamp: 12, gasLimit: 4e9, feeRecipient: 1e6 };
    const want = runOracle(moduleSet, state, environment, transactions);
    const got = await pool.run({
      parentId: `a${accounts}`,
      state,
      environment,
      transactions,
      workers: 2,
      scheduleSeed: 0,
      trackFees: false,
      accountGranularity: false,
      traceLevel: 1,
      measureArms: true,
    });
    expect(got.outcome.receipts).toEqual(want.receipts);
    expect(got.outcome.changes.length + 1).toBe(want.changes.length);
    console.log(accounts, got.counts, got.durationUs, got.sequentialUs, got.ceilingUs, got.spans.length);
  }
});
