import { AssertionError } from '../../base/assert.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import { collectOutcome } from '../../execution/kernel/collect.ts';
import { prepareBlock } from '../../execution/blockStm/prepareBlock.ts';
import { VirtualWorker } from '../../execution/blockStm/virtualWorker.ts';
import { BlockStmWorker } from '../../execution/blockStm/worker.ts';
import {
  type BlockMemory,
  CONTROL,
  createMemory,
  KEY,
  KEY_WORDS,
  STOP,
  TX,
  TX_WORDS,
} from '../../execution/kernel/blockMemory.ts';
import { type DeclaredLanes, type ExecutionPlan, memorySizeFor } from '../../execution/kernel/memorySize.ts';
import { KeyTable } from '../../execution/kernel/keyTable.ts';
import { MEMORY_FULL } from '../../execution/kernel/signals.ts';
import { loadState } from '../../execution/kernel/stateLoading.ts';
import { declareLanes, widenLanes } from '../../execution/moduleLanes/declaredLanes.ts';
import { prepareLanes } from '../../execution/moduleLanes/prepareLanes.ts';
import { VirtualLaneWorker } from '../../execution/moduleLanes/virtualWorker.ts';
import { LaneWorker } from '../../execution/moduleLanes/worker.ts';
import type { BlockOutcome } from '../../execution/outcome.ts';
import { runFastSequential } from '../../execution/sequential/fastSequential.ts';
import { type OracleOutcome, runOracle } from '../../execution/sequential/oracle.ts';
import { runVirtual, type VirtualRun, type WorkerFactory } from '../../execution/virtualWorkerPool.ts';
import { createLaneFinder, type ModuleSet } from '../../moduleSdk/index.ts';
import { FlatState } from '../../storage/flatMap/flatState.ts';
import { keyIdentity } from '../../storage/contract.ts';
import { InterruptibleLaneWorker, InterruptibleWorker, runPreempted } from './atomicPreemption.ts';
import { chooserOf, type Schedule } from './choosers.ts';
import { differenceFromOracle, differenceFromReference } from './outcomes.ts';
import { type Block, moduleSet } from './world.ts';

/** How an executor runs a block on virtual cores; with the block, all that is needed to run it again. */
export interface VirtualSetting {
  readonly workers: number;
  readonly schedule: Schedule;
  readonly seed: number;
  readonly trackFees?: boolean;
  readonly accountGranularity?: boolean;
  readonly traceLevel?: number;
  /** Block-STM when it is not said. */
  readonly strategy?: 'blockStm' | 'moduleLanes';
  /** Transactions are not interrupted at their reads: for those that read a thousand keys. */
  readonly wholeTransactions?: boolean;
}

export interface FinishedRun {
  readonly outcome: BlockOutcome;
  readonly memory: BlockMemory;
  readonly run: VirtualRun;
  /** How often the block was run again because a transaction touched an undeclared lane. */
  readonly misses: number;
}

/** One read a step, a transaction a step, or a worker that is interrupted from outside. */
function workersFor({ schedule, wholeTransactions, strategy }: VirtualSetting): WorkerFactory {
  if (strategy === 'moduleLanes') {
    if (schedule === 'atomics') return (...args) => new InterruptibleLaneWorker(...args);
    if (wholeTransactions) return (...args) => new LaneWorker(...args);
    return (...args) => new VirtualLaneWorker(...args);
  }
  if (schedule === 'atomics') return (...args) => new InterruptibleWorker(...args);
  if (wholeTransactions) return (...args) => new BlockStmWorker(...args);
  return (...args) => new VirtualWorker(...args);
}

/** A memory that holds the state and the block, ready to be run. */
export function prepare(modules: ModuleSet, block: Block, plan: ExecutionPlan, growth = 1): BlockMemory {
  const size = memorySizeFor(modules, block.state, block.transactions, plan, growth);
  const memory = createMemory(size, false);
  loadState(memory, block.state);
  const { environment, transactions } = block;
  if (plan.lanes === undefined) prepareBlock(memory, modules, environment, transactions, plan);
  else prepareLanes(memory, modules, environment, transactions, { ...plan, lanes: plan.lanes });
  return memory;
}

/** Repeats `attempt` with twice the memory for as long as it was too little. */
function growing<T>(attempt: (growth: number) => T | undefined): T {
  for (let growth = 1; growth < 1 << 16; growth *= 2) {
    try {
      const result = attempt(growth);
      if (result !== undefined) return result;
    } catch (thrown) {
      if (thrown !== MEMORY_FULL) throw thrown;
    }
  }
  throw new AssertionError('the block fits no memory');
}

/** The lanes that a block's transactions declare. */
export function lanesOf(modules: ModuleSet, { transactions, state }: Block): DeclaredLanes {
  return declareLanes(transactions, createLaneFinder(modules, createStateReader(state)));
}

/** A parallel executor on virtual cores; `createWorker` lets mutants in. Throws when the cores get stuck. */
export function runParallel(
  block: Block,
  setting: VirtualSetting,
  createWorker: WorkerFactory = workersFor(setting),
  modules: ModuleSet = moduleSet,
): FinishedRun {
  const plan = {
    workers: setting.workers,
    trackFees: setting.trackFees ?? false,
    accountGranularity: setting.accountGranularity ?? false,
    traceLevel: setting.traceLevel ?? 0,
  };
  let lanes = setting.strategy === 'moduleLanes' ? lanesOf(modules, block) : undefined;
  let misses = 0;
  const attempt = (growth: number): FinishedRun | undefined => {
    const memory = prepare(modules, block, lanes === undefined ? plan : { ...plan, lanes }, growth);
    const options = { seed: setting.seed, createWorker };
    const choose = chooserOf(setting.schedule, setting.seed);
    const run =
      setting.schedule === 'atomics'
        ? runPreempted(memory, modules, setting.workers, options)
        : runVirtual(memory, modules, setting.workers, choose ? { ...options, choose } : options);
    if (memory.i32[CONTROL.stop] === STOP.memoryFull) return undefined;
    if (memory.i32[CONTROL.stop] === STOP.laneMiss) {
      const miss = { tx: memory.i32[CONTROL.missedTx]!, lane: memory.i32[CONTROL.missedLane]! };
      lanes = widenLanes(block.transactions, lanes!, miss, ++misses);
      return attempt(growth);
    }
    return { outcome: collectOutcome(memory, modules, block.state), memory, run, misses };
  };
  return growing(attempt);
}

export function oracleOf(block: Block, modules: ModuleSet = moduleSet): OracleOutcome {
  return runOracle(modules, block.state, block.environment, block.transactions);
}

/** Throws, with all that is needed to run it again, unless the oracle equals the reference interpreter. */
export function expectReferenceAgrees(name: string, block: Block, oracle: OracleOutcome): void {
  const difference = differenceFromReference(moduleSet, block, oracle);
  if (difference !== undefined)
    throw new AssertionError('the oracle is not the reference interpreter', { name, difference });
}

/** Runs the block on virtual cores and throws, with all that is needed to run it again, unless it equals the oracle. */
export function expectEqualsOracle(
  name: string,
  block: Block,
  oracle: OracleOutcome,
  setting: VirtualSetting,
  createWorker?: WorkerFactory,
): FinishedRun {
  let finished: FinishedRun;
  try {
    finished = runParallel(block, setting, createWorker);
  } catch (thrown) {
    const failure = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    throw new AssertionError('the run failed', { name, setting, failure });
  }
  const difference = differenceFromOracle(moduleSet, block, oracle, finished.outcome);
  if (difference !== undefined)
    throw new AssertionError('the executor is not the oracle', { name, setting, difference });
  return finished;
}

/** Runs the fast sequential arm over the transactions that are in the block; throws unless state and gas equal the oracle's. */
export function expectFastSequentialEqualsOracle(
  name: string,
  block: Block,
  oracle: OracleOutcome,
  trackFees = false,
): void {
  const plan = { workers: 1, trackFees, accountGranularity: false, traceLevel: 0 };
  const memory = growing((growth) => {
    const prepared = prepare(moduleSet, block, plan, growth);
    runFastSequential(prepared, moduleSet, 0, oracle.count, false);
    return prepared;
  });
  const { i32, u32, layout } = memory;
  oracle.receipts.forEach((receipt, tx) => {
    const gas = i32[layout.tx + tx * TX_WORDS + TX.gasUsed]!;
    if (gas !== receipt.gasUsed)
      throw new AssertionError('fast sequential: other gas', { name, tx, gas, receipt });
  });
  const want = new FlatState(block.state);
  want.apply(oracle.changes);
  const keys = new KeyTable(memory);
  let present = 0;
  for (let key = 0; key < keys.count; key++) {
    const at = keys.placeOf(key);
    const table = moduleSet.tableById(u32[at]!);
    const expected = want.get(keyIdentity(u32, at, table.keyWords))?.value;
    const place = i32[layout.keys + key * KEY_WORDS + KEY.base]!;
    if (place !== 0) present++;
    // Fees that are not tracked are credited after the block, outside the memory.
    if (table.name === 'kernel/fees' && !trackFees) continue;
    const same =
      expected === undefined
        ? place === 0
        : place !== 0 && expected.every((word, i) => u32[place + i] === word);
    if (!same)
      throw new AssertionError('fast sequential: other state', {
        name,
        table: table.name,
        key: [...u32.slice(at + 1, at + table.keyWords)],
      });
  }
  const credited =
    !trackFees &&
    oracle.changes.some(
      ({ key, before }) => moduleSet.tableById(key[0]!).name === 'kernel/fees' && before === null,
    );
  if (present !== want.size - (credited ? 1 : 0))
    throw new AssertionError('fast sequential: other keys', { name, present, size: want.size });
}
