import { create } from 'zustand';
import type { ApiError, BlockLanes } from '../../engine/api/index.ts';
import { getEngine } from './engine.ts';

/** Blocks kept: a path of the history with room for another branch. */
const KEPT = 160;

export interface LanesState {
  /** What is known of each block's lanes, by block id. Blocks never change. */
  readonly known: ReadonlyMap<string, BlockLanes>;
  /** Why the latest question had no answer; null when it had. */
  readonly failure: ApiError | null;
}

/** What the engine said of blocks' lanes; it is asked by {@link wantLanes}. */
export const useLanes = create<LanesState>(() => ({ known: new Map(), failure: null }));

let wanted: readonly string[] = [];
let asking = false;

/** Asks for these blocks' lanes, one after another in this order; replaces what was still wanted before. */
export function wantLanes(blockIds: readonly string[]): void {
  wanted = blockIds;
  if (!asking) void askOn();
}

/** Asks once more for what could not be answered. */
export function wantLanesAgain(): void {
  useLanes.setState({ failure: null });
  wantLanes(wanted);
}

/** Another chain is open: its blocks may have the names of those before, and other lanes. */
export function forgetLanes(): void {
  useLanes.setState({ known: new Map(), failure: null });
}

async function askOn(): Promise<void> {
  asking = true;
  try {
    for (let next = missing(); next !== undefined; next = missing()) {
      const engine = getEngine();
      if (engine === null) return;
      const answer = await engine.readLanes(next);
      if (!answer.ok) {
        useLanes.setState({ failure: answer.error });
        return;
      }
      const known = new Map(useLanes.getState().known).set(next, answer.value);
      for (const id of known.keys()) {
        if (known.size <= KEPT) break;
        known.delete(id);
      }
      useLanes.setState({ known, failure: null });
    }
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    useLanes.setState({ failure: { code: 'page/engine_gone', message } });
  } finally {
    asking = false;
  }
}

function missing(): string | undefined {
  const { known } = useLanes.getState();
  return wanted.find((id) => !known.has(id));
}
