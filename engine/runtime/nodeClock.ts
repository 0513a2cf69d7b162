import { hrtime } from 'node:process';

/**
 * A clock in µs that all threads of the process share. `performance.now()` is cheap but counts from the
 * thread's own start, `hrtime` is shared but dear: the difference is taken once.
 */
export function sharedClockUs(): () => number {
  const sharedUs = Number(hrtime.bigint() / 10n) / 100;
  const offsetUs = sharedUs - performance.now() * 1000;
  return () => performance.now() * 1000 + offsetUs;
}
