import { hrtime } from 'node:process';

const SAMPLES = 64;

/**
 * A clock in µs that all threads of the process share. `performance.now()` is cheap but counts from the
 * thread's own start, `hrtime` is shared but dear: the difference is taken once, from the sample that took
 * least time. A thread that is put aside between two looks would otherwise be milliseconds off from then on.
 */
export function sharedClockUs(): () => number {
  let offsetUs = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < SAMPLES; i++) {
    const before = hrtime.bigint();
    const own = performance.now() * 1000;
    const after = hrtime.bigint();
    const took = Number(after - before);
    if (took >= least) continue;
    least = took;
    offsetUs = Number(before) / 1000 + took / 2000 - own;
  }
  return () => performance.now() * 1000 + offsetUs;
}
