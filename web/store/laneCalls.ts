import type { Action, ApiResult, BlockRun } from '../../engine/api/index.ts';
import { changeLabels } from '../lib/messages/engine.ts';
import { change } from './changeBlock.ts';
import { useSession } from './sessionState.ts';

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
    /** Executes the block on stage once more; one of its threads is stopped in the midst of it. */
    loseWorker: () =>
      change({
        name: 'loseWorker',
        ask: async (engine, run) => {
          const execution = useSession.getState().settings?.execution ?? run.execution;
          return engine.rerun(run.blockId, execution, { loseWorker: true });
        },
        ghostLabel: () => changeLabels.allWorkers,
      }),
  } as const;
}
