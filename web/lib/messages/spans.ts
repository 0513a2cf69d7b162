/** Spans of a trace in sentences, the same in every panel with a clock. */
export const spanText = {
  /** A span in words: who, what, how long, where, and what came of it. */
  execute: 'tx {tx} ({module} {name}), run {run}, {duration}, worker {worker}',
  committedAt: '{what}: counted, committed at {time}',
  counted: '{what}: counted',
  thrownAway: '{what}: thrown away, {cause}',
  abort: 'tx {tx}, run {run} aborted at {time}, worker {worker}: {cause}',
  cause: 'it had read {key} before tx {writer} wrote it',
  causeNoKey: 'it had read a value before tx {writer} wrote it',
  causeUnknown: 'a value it had read no longer stood',
  suspend:
    'tx {tx} parked after {duration} on worker {worker}: it needs {key}, which tx {writer} is about to write',
  suspendNoKey: 'tx {tx} parked after {duration} on worker {worker}: it waits for tx {writer}',
  validate: 'tx {tx}, run {run}: what it had read still stands, checked in {duration}, worker {worker}',
  wait: 'worker {worker} had nothing to do for {duration}',
  waitFor: 'worker {worker} had nothing to do for {duration}, until tx {writer} finished',
  laneWait:
    'tx {tx} ({module} {name}) held up a lane for {duration}: it still missed a lock that tx {writer} had',
  commit: 'tx {tx} ({module} {name}) committed at {time}',
  lessThan: 'less than {duration}',
};
