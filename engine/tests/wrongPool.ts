import type { ExecutionRecord, WorkerPool } from '../execution/pool.ts';
import { createVirtualPool } from '../runtime/virtualPool.ts';

/** A pool whose executor is wrong: one bit of one value that a block writes is another. */
export function wrongPool(): WorkerPool {
  const right = createVirtualPool();
  return {
    run: async (request) => withWrongBit(await right.run(request)),
    dispose: () => right.dispose(),
  };
}

function withWrongBit(record: ExecutionRecord): ExecutionRecord {
  const [first, ...others] = record.outcome.changes;
  const after = Uint32Array.from(first!.after!);
  after[0]! ^= 1;
  return { ...record, outcome: { ...record.outcome, changes: [{ ...first!, after }, ...others] } };
}
