import { kernelErrors } from '../execution/kernel/kernelTables.ts';
import { laneBlock } from './laneMeasurement.ts';
import {
  equalsOracle,
  median,
  medianInterval,
  type PreparedMeasurement,
  prepareBlock,
  requestFor,
  roundsFor,
  round,
  WARM_UPS,
} from './measurement.ts';
import { moduleSetOf } from './modules.ts';
import type { ThreadWorkerPool } from './threadWorkerPool.ts';

/** What to measure: a block over so many equal lanes, sound and with the last of them halted. */
export interface HaltRequest {
  readonly lanes: number;
  readonly transactions: number;
  readonly workUs: number;
  readonly workers: number;
  /** Rounds, each of which runs all three blocks twice. */
  readonly runs: number;
}

/**
 * How the others fare when one of equal modules is halted. Rates are the others' transactions over the time the workers had for
 * them: in the sound block that is their share of it, since all lanes have the same work.
 */
export interface HaltRow {
  readonly workUs: number;
  readonly lanes: number;
  readonly workers: number;
  readonly soundPerSecond: number;
  /** The block with all transactions, where those of the halted module end with `kernel/module_halted`. */
  readonly haltedPerSecond: number;
  /** The block without the transactions of the halted module, as when they are kept waiting. */
  readonly alonePerSecond: number;
  /** Median of halted / sound − 1 over pairs of neighbouring runs, and its 95 % interval. */
  readonly change: number;
  readonly interval: readonly [low: number, high: number];
  /** The same for halted / alone − 1: what the halted module's transactions cost the others. */
  readonly againstAlone: number;
  readonly againstAloneInterval: readonly [low: number, high: number];
  /** Transactions that were refused because their module stands still. */
  readonly refused: number;
  readonly matchesSequential: boolean;
}

const ARMS = ['sound', 'halted', 'alone'] as const;
type Arms<T> = { readonly [Arm in (typeof ARMS)[number]]: T };

/** Measures one row on a pool whose threads have the modules for measurements; work in µs of this machine. */
export async function measureHalt(pool: ThreadWorkerPool, request: HaltRequest): Promise<HaltRow> {
  const { lanes, workUs, workers, runs } = request;
  const work = await roundsFor(pool, workUs);
  const { arms, refused } = prepareHalt(request, work);
  let matches = true;
  const check = async (): Promise<void> => {
    for (const arm of ARMS) matches = (await equalsOracle(pool, arms[arm], workers)) && matches;
  };
  await check();
  const others = arms.alone.block.transactions.length;
  const inOthersTime: Arms<number> = {
    sound: arms.sound.block.transactions.length,
    halted: others,
    alone: others,
  };
  const rateOf = async (arm: (typeof ARMS)[number]): Promise<number> => {
    const timed = await pool.time({ ...requestFor(arms[arm], workers), measureArms: false });
    return (inOthersTime[arm] / timed.durationUs) * 1e6;
  };
  for (let i = 0; i < WARM_UPS; i++) for (const arm of ARMS) await rateOf(arm);
  const rates: Arms<number[]> = { sound: [], halted: [], alone: [] };
  const againstSound: number[] = [];
  const againstAlone: number[] = [];
  for (let run = 0; run < runs; run++) {
    // There and back, so that what changes steadily meanwhile falls on all alike.
    for (const order of [ARMS, [...ARMS].reverse()]) {
      const found = { sound: 0, halted: 0, alone: 0 };
      for (const arm of order) {
        found[arm] = await rateOf(arm);
        rates[arm].push(found[arm]);
      }
      againstSound.push(found.halted / found.sound - 1);
      againstAlone.push(found.halted / found.alone - 1);
    }
  }
  await check();
  return {
    workUs,
    lanes,
    workers,
    soundPerSecond: Math.round(median(rates.sound)),
    haltedPerSecond: Math.round(median(rates.halted)),
    alonePerSecond: Math.round(median(rates.alone)),
    change: round(median(againstSound)),
    interval: medianInterval(againstSound),
    againstAlone: round(median(againstAlone)),
    againstAloneInterval: medianInterval(againstAlone),
    refused,
    matchesSequential: matches,
  };
}

type HaltBlock = Pick<HaltRequest, 'lanes' | 'transactions'>;

/** The three blocks over one state, and how many transactions the halted module had refused. */
export function prepareHalt(
  { lanes, transactions }: HaltBlock,
  work: number,
): { readonly arms: Arms<PreparedMeasurement>; readonly refused: number } {
  const modules = moduleSetOf('bench');
  const block = laneBlock({ lanes, crossingPercent: 0, transactions }, work);
  const last = modules.module(`bench${lanes - 1}`)!;
  const name = `halt-${lanes}-${transactions}-${work}`;
  const faults = [{ lane: last.lane, kind: 'halted' as const, fromIndex: 0 }];
  const others = block.transactions.filter(({ module }) => module !== last.id);
  const made = (changed: Partial<typeof block>): PreparedMeasurement => ({
    ...prepareBlock(modules, { ...block, ...changed }, name),
    strategy: 'moduleLanes',
  });
  const halted = made({ environment: { ...block.environment, faults } });
  const refused = halted.receipts.filter(({ errorId }) => errorId === kernelErrors.moduleHalted.id).length;
  return { arms: { sound: made({}), halted, alone: made({ transactions: others }) }, refused };
}
