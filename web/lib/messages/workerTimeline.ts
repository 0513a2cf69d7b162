/** Texts of the worker timeline. */
export const workerTimelineText = {
  name: 'Worker timeline',
  emptyTitle: 'No block yet',
  empty: 'When a block has run, each worker has a row here, and each thing it did a bar.',
  worker: 'worker {worker}',
  workerShort: '{worker}',
  usefulHead: '{share} useful',
  usefulColumn: 'useful',
  commits: 'commits',
  committed: '{done} of {all}',
  summary:
    'Worker timeline: {workers}, {executions} executions, {aborts}, {useful} useful, {duration} of {clock}.',
  workersOne: '1 worker',
  workersMany: '{workers} workers',
  abortsNone: 'no abort',
  abortsOne: '1 abort',
  abortsMany: '{aborts} aborts',
  clockMeasured: 'measured time',
  clockVirtual: 'virtual time',
};
