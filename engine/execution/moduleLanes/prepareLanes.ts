import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { Transaction } from '../../types/transaction.ts';
import { type BlockMemory, CONTROL, LINE, STOP, TX_WORDS } from '../kernel/blockMemory.ts';
import type { BlockEnvironment } from '../kernel/encodedBlock.ts';
import { encodePlan } from '../kernel/encodePlan.ts';
import { type DeclaredLanes, type ExecutionPlan, LOCK_WORDS } from '../kernel/memorySize.ts';
import { LANE_TX, LOCK, QUEUE } from './lockRecords.ts';

/** Gas of a transaction beside the work it declares, about; only what comes first depends on it. */
const USUAL_GAS = 1000;
/** Ranks are kept in sixteenths of gas, so that those of the largest block fit a word. */
const RANK_SHIFT = 4;

/**
 * Writes the block, the plan and every transaction's locks into a memory that holds the state before the block. A transaction
 * depends on the one before it in each of its lanes and on the one before it of its sender; where fees are tracked,
 * on the one before it. Cost: linear in the locks, one to two microseconds a transaction.
 */
export function prepareLanes(
  memory: BlockMemory,
  modules: ModuleSet,
  environment: BlockEnvironment,
  transactions: readonly Transaction[],
  plan: ExecutionPlan & { readonly lanes: DeclaredLanes },
): void {
  encodePlan(memory, modules, environment, transactions, plan);
  const { i32, layout } = memory;
  const count = transactions.length;
  i32.fill(0, layout.tx, layout.tx + count * TX_WORDS);
  for (const word of [
    CONTROL.commitIndex,
    CONTROL.commitClaim,
    CONTROL.sleepers,
    CONTROL.drowsy,
    CONTROL.stop,
    CONTROL.sequence,
    CONTROL.gasCommitted,
  ]) {
    i32[word] = 0;
  }
  writeLocks(memory, transactions, plan);
  rank(memory, transactions);
  // Nobody would ever commit the last transaction of an empty block.
  if (count === 0) i32[CONTROL.stop] = STOP.done;
}

/** Who took a lock last, and where its entry stands. */
interface Holder {
  tx: number;
  entry: number;
}

function writeLocks(
  memory: BlockMemory,
  transactions: readonly Transaction[],
  { lanes, trackFees }: ExecutionPlan & { readonly lanes: DeclaredLanes },
): void {
  const { i32, layout } = memory;
  const queues = queuesOf(memory, lanes);
  const laneHolders = new Map<number, Holder>();
  const senders = new Map<number, Holder>();
  const pot: Holder = { tx: -1, entry: 0 };
  let next = layout.locks + queues.size * LINE;
  const take = (tx: number, holder: Holder, queue: number): void => {
    i32[next + LOCK.queue] = queue;
    i32[next + LOCK.next] = -1;
    i32[next + LOCK.previous] = holder.tx;
    if (holder.tx >= 0) {
      i32[holder.entry + LOCK.next] = tx;
      i32[layout.tx + tx * TX_WORDS + LANE_TX.pending]!++;
    }
    holder.tx = tx;
    holder.entry = next;
    next += LOCK_WORDS;
  };
  transactions.forEach(({ sender }, tx) => {
    const record = layout.tx + tx * TX_WORDS;
    const declared = lanes[tx]!;
    i32[record + LANE_TX.locks] = next;
    i32[record + LANE_TX.laneCount] = declared.length;
    for (const lane of declared) {
      const queue = queues.get(lane)!;
      const holder = holderOf(laneHolders, lane);
      if (holder.tx < 0) i32[queue + QUEUE.head] = tx;
      take(tx, holder, queue);
    }
    take(tx, holderOf(senders, sender), 0);
    if (trackFees) take(tx, pot, 0);
    i32[record + LANE_TX.lockCount] = declared.length + (trackFees ? 2 : 1);
  });
}

function holderOf(holders: Map<number, Holder>, name: number): Holder {
  let holder = holders.get(name);
  if (holder === undefined) {
    holder = { tx: -1, entry: 0 };
    holders.set(name, holder);
  }
  return holder;
}

/** A queue for every lane of the block, in the order in which they are first named; where each stands. */
function queuesOf({ i32, layout }: BlockMemory, lanes: DeclaredLanes): Map<number, number> {
  const queues = new Map<number, number>();
  for (const declared of lanes) {
    for (const lane of declared) {
      if (queues.has(lane)) continue;
      const queue = layout.locks + queues.size * LINE;
      queues.set(lane, queue);
      i32[queue + QUEUE.head] = -1;
      i32[queue + QUEUE.lane] = lane;
    }
  }
  i32[CONTROL.laneCount] = queues.size;
  i32[CONTROL.laneQueues] = layout.locks;
  return queues;
}

/** From the last transaction to the first: its own work, and the longest way on from it. */
function rank({ i32, layout }: BlockMemory, transactions: readonly Transaction[]): void {
  for (let tx = transactions.length - 1; tx >= 0; tx--) {
    const record = layout.tx + tx * TX_WORDS;
    let longest = 0;
    let entry = i32[record + LANE_TX.locks]!;
    for (let lock = i32[record + LANE_TX.lockCount]!; lock > 0; lock--, entry += LOCK_WORDS) {
      const follower = i32[entry + LOCK.next]!;
      if (follower >= 0) longest = Math.max(longest, i32[layout.tx + follower * TX_WORDS + LANE_TX.rank]!);
    }
    i32[record + LANE_TX.rank] = longest + ((transactions[tx]!.work + USUAL_GAS) >>> RANK_SHIFT);
  }
}
