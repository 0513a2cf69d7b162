import { create } from 'zustand';
import type { ApiError, EngineDescription, Settings } from '../../engine/api/index.ts';

export interface SessionState {
  readonly phase: 'starting' | 'ready' | 'failed';
  /** Why the engine can no longer be used; null while it can. */
  readonly failure: ApiError | null;
  readonly description: EngineDescription | null;
  /** What the knobs show: the chain's genesis, the wished traffic, the wished execution. */
  readonly settings: Settings | null;
  /** The engine works on something the page asked for. */
  readonly busy: boolean;
  /** The slow motion the viewer chose, or null: each block about four seconds. */
  readonly slowdownChoice: number | null;
  /** Whether a block's end leads into the next one while playing. */
  readonly continuous: boolean;
}

/** What the controller (`session`) is doing; only it writes here. */
export const useSession = create<SessionState>(() => ({
  phase: 'starting',
  failure: null,
  description: null,
  settings: null,
  busy: false,
  slowdownChoice: null,
  continuous: true,
}));
