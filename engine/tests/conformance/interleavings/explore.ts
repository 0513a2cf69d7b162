import { AssertionError } from '../../../base/assert.ts';
import { collectOutcome } from '../../../execution/kernel/collect.ts';
import { prepareBlock } from '../../../execution/blockStm/prepareBlock.ts';
import { VirtualWorker } from '../../../execution/blockStm/virtualWorker.ts';
import type { BlockStmWorker } from '../../../execution/blockStm/worker.ts';
import type { StepMachine, WorkerOptions } from '../../../execution/contract.ts';
import { type BlockMemory, CONTROL, createMemory, STOP } from '../../../execution/kernel/blockMemory.ts';
import { KeyTable } from '../../../execution/kernel/keyTable.ts';
import type { ExecutionPlan } from '../../../execution/kernel/memorySize.ts';
import { loadState } from '../../../execution/kernel/stateLoading.ts';
import { prepareLanes } from '../../../execution/moduleLanes/prepareLanes.ts';
import { VirtualLaneWorker } from '../../../execution/moduleLanes/virtualWorker.ts';
import type { LaneWorker } from '../../../execution/moduleLanes/worker.ts';
import { lanesOf, oracleOf } from '../harness.ts';
import { differenceFromOracle } from '../outcomes.ts';
import { type Block, moduleSet } from '../world.ts';
import { fingerprint } from './fingerprint.ts';
import { laneFingerprint } from './laneFingerprint.ts';

/** Small, since it is put back to the beginning for every schedule that is tried. */
const SIZE = {
  transactions: 16,
  keys: 256,
  longKeyWords: 512,
  argumentWords: 4096,
  lockWords: 1024,
  nodes: 1024,
  stateWords: 2048,
  arenaWords: 1 << 17,
  traceRecords: 1,
};
const OPTIONS: WorkerOptions = { nowUs: () => 0, performsWork: false };

type MakerOf<W> = (...args: ConstructorParameters<typeof VirtualWorker>) => W;

/** An executor as far as it is explored. */
export interface Explored<W extends StepMachine> {
  readonly createWorker: MakerOf<W>;
  prepare(memory: BlockMemory, block: Block, plan: ExecutionPlan): void;
  /** All that the future of a running block depends on. */
  fingerprint(memory: BlockMemory, workers: readonly W[]): number[];
}

export const blockStm: Explored<BlockStmWorker> = {
  createWorker: (...args) => new VirtualWorker(...args),
  prepare: (memory, { environment, transactions }, plan) =>
    prepareBlock(memory, moduleSet, environment, transactions, plan),
  fingerprint,
};

export const moduleLanes: Explored<LaneWorker> = {
  createWorker: (...args) => new VirtualLaneWorker(...args),
  prepare: (memory, block, plan) =>
    prepareLanes(memory, moduleSet, block.environment, block.transactions, {
      ...plan,
      lanes: lanesOf(moduleSet, block),
    }),
  fingerprint: laneFingerprint,
};

export interface ExploreOptions {
  readonly workers: number;
  readonly trackFees?: boolean;
  readonly accountGranularity?: boolean;
  /** Walks every schedule on its own, instead of entering each state once: slow, and independent of the fingerprint. */
  readonly oneByOne?: boolean;
}

export interface Exploration {
  readonly states: number;
  /** Complete schedules: paths from the beginning to an end. */
  readonly interleavings: bigint;
  readonly endings: number;
  /** Steps of the longest schedule. */
  readonly longest: number;
}

/**
 * Tries every order in which the workers' steps can follow one another, from the first step to the end
 * of the block, and throws when one of them ends unlike the oracle, gets stuck or goes round in circles.
 * A worker without work is no choice: its step changes nothing. Depth first, by replaying the
 * prefix; a state that was met before is not entered again, its schedules are counted all the same.
 */
export function exploreAll<W extends StepMachine>(
  name: string,
  block: Block,
  options: ExploreOptions,
  executor: Explored<W>,
): Exploration {
  const system = new System(block, options, executor);
  const oracle = oracleOf(block);
  const schedules = new Map<string, { paths: bigint; longest: number } | 'entered'>();
  const path: number[] = [];
  let endings = 0;
  const fail = (what: string): never => {
    throw new AssertionError('an interleaving is wrong', { name, what, schedule: path.join('') });
  };

  const visit = (): { paths: bigint; longest: number } => {
    const state = options.oneByOne ? `${schedules.size}` : system.state();
    const known = schedules.get(state);
    if (known === 'entered') return fail('the schedule goes round in circles');
    if (known !== undefined) return known;
    schedules.set(state, 'entered');
    let paths = 0n;
    let longest = 0;
    if (system.ended()) {
      endings++;
      const difference = differenceFromOracle(moduleSet, block, oracle, system.outcome());
      if (difference !== undefined) fail(difference);
      paths = 1n;
    } else {
      const choices = system.choices();
      if (choices.length === 0) fail('stuck: nobody has work, and the block has not ended');
      choices.forEach((worker, i) => {
        if (i > 0) system.replay(path);
        path.push(worker);
        system.step(worker);
        const below = visit();
        path.pop();
        paths += below.paths;
        longest = Math.max(longest, below.longest + 1);
      });
    }
    const result = { paths, longest };
    schedules.set(state, result);
    return result;
  };

  const all = visit();
  return { states: schedules.size, interleavings: all.paths, endings, longest: all.longest };
}

/** A block and its workers, that can be put back to the beginning. */
class System<W extends StepMachine> {
  private readonly memory: BlockMemory;
  private readonly workers: W[];
  private readonly start: Int32Array;
  private readonly block: Block;

  private readonly executor: Explored<W>;

  constructor(block: Block, options: ExploreOptions, executor: Explored<W>) {
    this.block = block;
    this.executor = executor;
    const { workers } = options;
    this.memory = createMemory({ ...SIZE, workers }, false);
    loadState(this.memory, block.state);
    executor.prepare(this.memory, block, {
      workers,
      trackFees: options.trackFees ?? false,
      accountGranularity: options.accountGranularity ?? false,
      traceLevel: 0,
    });
    // Keys get their numbers before any worker runs, so that these do not depend on the schedule.
    const keys = new KeyTable(this.memory);
    for (const key of oracleOf(block).keys) keys.intern(key, key.length);
    // New records are written in full before anybody reads them: what lies in the arena needs no reset.
    this.start = this.memory.i32.slice(0, this.memory.layout.arena);
    this.workers = Array.from({ length: workers }, (_, w) =>
      executor.createWorker(this.memory, w, moduleSet, OPTIONS),
    );
    this.replay([]);
  }

  replay(path: readonly number[]): void {
    this.memory.i32.set(this.start);
    for (const worker of this.workers) worker.begin();
    for (const worker of path) this.step(worker);
  }

  step(worker: number): void {
    this.workers[worker]!.step();
  }

  choices(): number[] {
    return this.workers.flatMap((worker, w) => (worker.hasWork() ? [w] : []));
  }

  ended(): boolean {
    const stop = this.memory.i32[CONTROL.stop]!;
    if (stop !== STOP.running && stop !== STOP.done) throw new AssertionError('the run failed', { stop });
    return stop === STOP.done;
  }

  outcome() {
    return collectOutcome(this.memory, moduleSet, this.block.state);
  }

  /** The fingerprint as a short text; its numbers fit two code units each. */
  state(): string {
    const numbers = this.executor.fingerprint(this.memory, this.workers);
    let text = '';
    for (const number of numbers) text += String.fromCharCode(number & 0xffff, number >>> 16);
    return text;
  }
}
