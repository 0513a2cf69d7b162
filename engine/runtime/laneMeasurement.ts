import { createPrng } from '../base/prng.ts';
import { accounts as accountTable } from '../execution/kernel/kernelTables.ts';
import { declareLanes } from '../execution/moduleLanes/declaredLanes.ts';
import { createStateReader } from '../chain/stateReader.ts';
import { createLaneFinder } from '../moduleSdk/index.ts';
import { keyIdentity } from '../storage/contract.ts';
import { FlatState } from '../storage/flatMap/flatState.ts';
import type { Transaction } from '../types/transaction.ts';
import {
  type MeasuredRow,
  measurePrepared,
  type PreparedMeasurement,
  prepareBlock,
  roundsFor,
} from './measurement.ts';
import { moduleSetOf } from './modules.ts';
import type { MeasuredBlock } from './paymentsBlock.ts';
import type { ThreadWorkerPool } from './threadWorkerPool.ts';

/** What to measure: a block over so many equal lanes, of which a share of the transactions touches two. */
export interface LanesRequest {
  readonly lanes: number;
  /** Of a hundred transactions, how many touch the lane of another module as well. */
  readonly crossingPercent: number;
  readonly transactions: number;
  readonly workUs: number;
  readonly workers: number;
  readonly runs: number;
}

/** One measured row of module lanes; see {@link MeasuredRow}. */
export interface LanesRow
  extends Pick<
    MeasuredRow,
    | 'workers'
    | 'speedup'
    | 'interval'
    | 'hardwareCeiling'
    | 'ofCeiling'
    | 'transactionsPerSecond'
    | 'sequentialPerSecond'
    | 'matchesSequential'
  > {
  readonly crossingPercent: number;
  readonly lanes: number;
  readonly workUs: number;
  /** Total work / work on the longest chain of locks: what lanes allow on any number of cores. */
  readonly laneSpeedup: number;
}

const SENDERS_PER_LANE = 1000;
const COUNTERS = 100_000;
const GAS_LIMIT = 2_000_000;

/** Measures module lanes on a pool whose threads have the modules for measurements; work in µs of this machine. */
export async function measureLanes(pool: ThreadWorkerPool, request: LanesRequest): Promise<LanesRow> {
  const { lanes, crossingPercent, transactions, workUs, workers, runs } = request;
  const work = await roundsFor(pool, workUs);
  const prepared = prepareLaneMeasurement({ lanes, crossingPercent, transactions }, work);
  const row = await measurePrepared(pool, prepared, workers, runs);
  return {
    workUs,
    crossingPercent,
    lanes,
    workers,
    speedup: row.speedup,
    interval: row.interval,
    hardwareCeiling: row.hardwareCeiling,
    ofCeiling: row.ofCeiling,
    laneSpeedup: Math.round(laneSpeedup(prepared.block) * 1000) / 1000,
    transactionsPerSecond: row.transactionsPerSecond,
    sequentialPerSecond: row.sequentialPerSecond,
    matchesSequential: row.matchesSequential,
  };
}

type LaneBlock = Pick<LanesRequest, 'lanes' | 'crossingPercent' | 'transactions'>;

function prepareLaneMeasurement(of: LaneBlock, work: number): PreparedMeasurement {
  const name = `lanes-${of.lanes}-${of.crossingPercent}-${of.transactions}-${work}`;
  return { ...prepareBlock(moduleSetOf('bench'), laneBlock(of, work), name), strategy: 'moduleLanes' };
}

/**
 * As many transactions in each lane, in turn; the share that crosses is spread evenly, and where to is by chance. Each lane
 * has senders of its own, so that only lanes are shared between lanes.
 */
export function laneBlock({ lanes, crossingPercent, transactions }: LaneBlock, work: number): MeasuredBlock {
  const prng = createPrng(1, 'bench lanes');
  const nonces = new Uint32Array(lanes * SENDERS_PER_LANE);
  const made = Array.from({ length: transactions }, (_, i): Transaction => {
    const lane = i % lanes;
    const sender = lane * SENDERS_PER_LANE + prng.below(SENDERS_PER_LANE);
    const counter = prng.below(COUNTERS);
    const crosses = crossingAt(i, lanes, crossingPercent);
    const other = (lane + 1 + prng.below(Math.max(1, lanes - 1))) % lanes;
    return {
      sender,
      nonce: nonces[sender]!++,
      module: `bench${lane}`,
      name: crosses ? 'raiseBoth' : 'raise',
      args: crosses ? { counter, other } : { counter },
      work,
      gasLimit: GAS_LIMIT,
      gasPrice: 1,
    };
  });
  const environment = { height: 1, timestamp: 12, gasLimit: 0xffffffff, feeRecipient: 0x7fffffff };
  return { state: fundedState(nonces.length), environment, transactions: made };
}

/** Whether the transaction at `i` crosses: in each lane the same share, evenly spread (after Bresenham). */
function crossingAt(i: number, lanes: number, percent: number): boolean {
  const turn = Math.floor(i / lanes);
  return lanes > 1 && Math.floor(((turn + 1) * percent) / 100) > Math.floor((turn * percent) / 100);
}

function fundedState(accounts: number): FlatState {
  const state = new FlatState();
  state.apply(
    Array.from({ length: accounts }, (_, account) => {
      const key = Uint32Array.of(accountTable.id, account);
      const after = new Uint32Array(accountTable.valueWords);
      accountTable.writeValue(after, 0, { nonce: 0, feeBalance: 10n ** 15n });
      return { identity: keyIdentity(key, 0, 2), key, before: null, after };
    }),
  );
  return state;
}

/** Transactions / transactions on the longest chain in which each waits for the one before it in a lane or of its sender. */
export function laneSpeedup({ state, transactions }: MeasuredBlock): number {
  const find = createLaneFinder(moduleSetOf('bench'), createStateReader(state));
  const lengths = new Map<string, number>();
  let longest = 1;
  declareLanes(transactions, find).forEach((lanes, i) => {
    const locks = [...lanes.map((lane) => `lane ${lane}`), `sender ${transactions[i]!.sender}`];
    const length = 1 + Math.max(...locks.map((lock) => lengths.get(lock) ?? 0));
    for (const lock of locks) lengths.set(lock, length);
    longest = Math.max(longest, length);
  });
  return transactions.length / longest;
}
