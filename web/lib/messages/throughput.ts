/** Texts of the throughput view. */
export const throughput = {
  none: 'As soon as a block has run, its speed stands here.',
  differs: 'This run’s answer differs from the oracle’s, so its timing is not shown.',
  faster: '{factor} as fast as one core',
  slower: 'Parallel is slower than sequential here: {factor}',
  sequential: 'One by one: this is what the others are measured against',
  limitCores:
    'The {workers} cores are the limit: evenly shared and with no executor, they would reach {ceiling}.',
  limitChain:
    'The critical path is the limit: {path} transactions in a row allow {ideal}, whatever the cores.',
  limitOver:
    'Neither the cores ({ceiling}) nor the critical path ({ideal}) forbids more: the rest is the price of speculation and of checking.',
  limitLanes:
    'Neither the cores ({ceiling}) nor the critical path ({ideal}) forbids more: the order inside each lane does, and waiting for lanes that transactions share.',
  limitBusy:
    'Even evenly shared and with no executor, the {workers} workers reach only {ceiling} just now: something else keeps this computer busy.',
  useful: '{share} of the workers’ time went into results that stayed.',
  rate: 'throughput',
  sequentialRate: 'one core: {rate}',
  took: 'took',
  axis: 'times one core',
  marks: {
    measured: 'this run',
    ghost: 'the run before',
    ceiling: 'hardware ceiling',
    ideal: 'ideal',
    single: 'ideal, single version',
  },
  about: {
    ceiling: 'The same workers, the work split evenly, no executor.',
    ideal: 'Total work divided by the work on the critical path, counting read-after-write.',
    single: 'The same for executors that keep one version of each key: there, writes wait too.',
  },
  beyond: '{name} {factor} →',
  ruler:
    'Speed-up: this run {measured}, hardware ceiling {ceiling}, ideal {ideal}, ideal with a single version {single}.',
  rulerGhost: ' The run before: {ghost}.',
  history: 'The last {count} blocks of this branch',
  historyRow: 'block {height}: {factor}',
  virtual: 'by gas on virtual cores',
  measured: 'measured',
} as const;
