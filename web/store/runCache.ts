import type { BlockRun, ExecutionSettings } from '../../engine/api/index.ts';

const KEPT = 64;
/** Runs of the last blocks, oldest first. A big block's run weighs megabytes, so events count too. */
const runs = new Map<number, BlockRun>();
const MAX_SPANS = 1_500_000;
let version = 0;

export function keepRun(run: BlockRun): void {
  runs.delete(run.runId);
  runs.set(run.runId, run);
  version++;
  let spans = 0;
  for (const kept of runs.values()) spans += kept.trace.count;
  for (const [runId, kept] of runs) {
    if (runs.size <= 1 || (runs.size <= KEPT && spans <= MAX_SPANS)) break;
    spans -= kept.trace.count;
    runs.delete(runId);
  }
}

/** A run by its id, while it is kept. */
export function findRun(runId: number): BlockRun | null {
  return runs.get(runId) ?? null;
}

/** The newest kept run of a block, or of it under these executor settings. */
export function latestRunOf(blockId: string, execution?: ExecutionSettings): BlockRun | null {
  let found: BlockRun | null = null;
  for (const run of runs.values()) {
    if (run.blockId === blockId && (execution === undefined || sameExecution(run.execution, execution)))
      found = run;
  }
  return found;
}

/** Rises when a run is kept; cheap to compare. */
export function runCacheVersion(): number {
  return version;
}

export function forgetRuns(): void {
  runs.clear();
  version++;
}

export function sameExecution(left: ExecutionSettings, right: ExecutionSettings): boolean {
  return (
    left.executor === right.executor &&
    left.cores.kind === right.cores.kind &&
    left.cores.count === right.cores.count &&
    left.scheduleSeed === right.scheduleSeed &&
    left.granularity === right.granularity &&
    left.feeRecipient === right.feeRecipient
  );
}
