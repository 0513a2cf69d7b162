import type { Action, ApiResult, BlockRun } from '../../engine/api/index.ts';

type Next = (actions: readonly Action[]) => Promise<ApiResult<BlockRun>>;

/** What a person can do to a module. Each takes effect in the next block, which is made at once. */
export function laneCalls(next: Next) {
  return {
    /** The module stands still; what needs it is rejected, or waits until it is resumed. */
    haltModule: (module: string, policy: 'reject' | 'queue') =>
      next([{ kind: 'haltModule', module, policy }]),
    resumeModule: (module: string) => next([{ kind: 'resumeModule', module }]),
    /** Its code fails, its storage is full, or its work takes ten times as long. */
    breakModule: (module: string, fault: 'panic' | 'storageFull' | 'slow') =>
      next([{ kind: 'breakModule', module, fault }]),
  } as const;
}
