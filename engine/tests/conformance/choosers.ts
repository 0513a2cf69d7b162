import { createPrng, type Prng } from '../../base/prng.ts';
import type { Chooser } from '../../execution/virtualWorkerPool.ts';

/**
 * Ways to order what virtual workers do, all decided by a seed. `atomics` interrupts inside steps, ahead of
 * atomic operations (see `atomicPreemption.ts`); the others order whole steps of one read each.
 */
export const SCHEDULES = ['clock', 'uniform', 'bursts', 'priorities', 'atomics'] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** The chooser of a schedule; `undefined` for the pool's own virtual clock. */
export function chooserOf(schedule: Schedule, seed: number): Chooser | undefined {
  const prng = createPrng(seed, `schedule/${schedule}`);
  if (schedule === 'uniform') return (workers) => prng.below(workers);
  if (schedule === 'bursts') return bursts(prng);
  if (schedule === 'priorities') return priorities(prng);
  return undefined;
}

/** One worker runs on for a while, then another: long preemptions in the middle of a transaction. */
function bursts(prng: Prng): Chooser {
  let worker = 0;
  let left = 0;
  return (workers) => {
    if (left === 0) {
      worker = prng.below(workers);
      left = prng.chance(500) ? prng.between(1, 4) : prng.between(1, 60);
    }
    left--;
    return worker;
  };
}

/**
 * Mostly the worker of highest priority, with rare changes of priorities (after PCT, Burckhardt and
 * others 2010): a bug that needs few preemptions at the right places is found with a fair chance. Now and
 * then anybody steps, since the first may be waiting for the others.
 */
function priorities(prng: Prng): Chooser {
  let order: number[] = [];
  return (workers) => {
    if (order.length !== workers) order = prng.shuffle(Array.from({ length: workers }, (_, w) => w));
    if (prng.chance(20)) order.push(order.shift()!);
    return prng.chance(150) ? prng.below(workers) : order[0]!;
  };
}
