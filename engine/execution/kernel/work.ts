let sink = 0;

/**
 * `rounds` rounds of an integer mix that no compiler can leave out: the declared work of a
 * transaction. Counted in rounds and not in time, so that a thread that was put aside by the
 * system does not count as having worked. About one to two nanoseconds a round.
 */
export function spin(rounds: number): void {
  let x = sink | 1;
  for (let i = 0; i < rounds; i++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  sink = x;
}
