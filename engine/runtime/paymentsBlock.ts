import { createPrng } from '../base/prng.ts';
import type { BlockEnvironment } from '../execution/kernel/encodedBlock.ts';
import { accounts as accountTable } from '../execution/kernel/kernelTables.ts';
import { runOracle } from '../execution/sequential/oracle.ts';
import { keyIdentity } from '../storage/contract.ts';
import { FlatState } from '../storage/flatMap/flatState.ts';
import type { Transaction } from '../types/transaction.ts';
import { moduleSet } from './modules.ts';

/** A block of payments and the state before it, for measurements. */
export interface MeasuredBlock {
  readonly state: FlatState;
  readonly environment: BlockEnvironment;
  readonly transactions: readonly Transaction[];
}

const FEE_RECIPIENT = 0x7fffffff;
const GAS_LIMIT = 2_000_000;
const MINT_RANGE = 500;
const ENVIRONMENT = { timestamp: 12, gasLimit: 0xffffffff, feeRecipient: FEE_RECIPIENT };

/** `count` payments between `accounts` people chosen evenly, each with `work` rounds of declared work. */
export function paymentsBlock(accounts: number, count: number, work: number, seed: number): MeasuredBlock {
  const prng = createPrng(seed, 'payments');
  const nonces = new Uint32Array(accounts);
  const pay = (sender: number, to: number): Transaction => ({
    sender,
    nonce: nonces[sender]!++,
    module: 'bank',
    name: 'transfer',
    args: { asset: 0, to, amount: BigInt(1 + prng.below(5)) },
    work,
    gasLimit: GAS_LIMIT,
    gasPrice: 1,
  });
  const transactions = Array.from({ length: count }, () => {
    const sender = prng.below(accounts);
    return pay(sender, (sender + 1 + prng.below(accounts - 1)) % accounts);
  });
  return { state: fundedState(accounts), environment: { height: 1, ...ENVIRONMENT }, transactions };
}

/** A chain: every payment's sender is the recipient of the one before, so each depends on the last. */
export function chainBlock(count: number, work: number): MeasuredBlock {
  const transactions = Array.from(
    { length: count },
    (_, i): Transaction => ({
      sender: i % 2,
      nonce: Math.floor(i / 2),
      module: 'bank',
      name: 'transfer',
      args: { asset: 0, to: (i + 1) % 2, amount: 1n },
      work,
      gasLimit: GAS_LIMIT,
      gasPrice: 1,
    }),
  );
  return { state: fundedState(2), environment: { height: 1, ...ENVIRONMENT }, transactions };
}

function fundedState(accounts: number): FlatState {
  const state = new FlatState();
  const miner = accounts;
  state.apply(
    Array.from({ length: accounts + 1 }, (_, account) => {
      const key = Uint32Array.of(accountTable.id, account);
      const after = new Uint32Array(accountTable.valueWords);
      accountTable.writeValue(after, 0, { nonce: 0, feeBalance: 10n ** 15n });
      return { identity: keyIdentity(key, 0, 2), key, before: null, after };
    }),
  );
  const mints: Transaction[] = [];
  for (let first = 0; first < accounts; first += MINT_RANGE) {
    const range = {
      asset: 0,
      first,
      count: Math.min(MINT_RANGE, accounts - first),
      amount: 1_000_000n,
      lane: 0,
    };
    mints.push({
      sender: miner,
      nonce: mints.length,
      module: 'bank',
      name: 'mintRange',
      args: range,
      work: 0,
      gasLimit: GAS_LIMIT,
      gasPrice: 0,
    });
  }
  const genesis = runOracle(moduleSet, state, { height: 0, ...ENVIRONMENT }, mints);
  state.apply(genesis.changes);
  return state;
}
