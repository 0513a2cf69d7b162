import { create } from 'zustand';
import type { Action, HistoryTree, ImportReport } from '../../engine/api/index.ts';
import { nameAccounts } from '../lib/format.ts';

/** As much of a block's file as the engine reads. */
export const MOST_BLOCK_BYTES = 32 * 1024 * 1024;

/** A real block that became the open chain. */
export interface ImportedBlock {
  readonly report: ImportReport;
  /** The file's bytes: a new engine needs them again. */
  readonly file: Uint8Array;
  /** The block as the file says it; null where a scenario made only a changed one. */
  readonly blockId: string | null;
}

export interface ImportedState {
  /** Name of the file that is being read and executed; the chain before it is still on stage. */
  readonly reading: string | null;
  readonly imported: ImportedBlock | null;
}

/** The real block on stage, if the open chain is one. Only the session writes here. */
export const useImported = create<ImportedState>(() => ({ reading: null, imported: null }));

// The people of the playground have no accounts in somebody else's block.
useImported.subscribe(({ imported }) => nameAccounts(imported === null ? 'people' : 'senders'));

/** A change of an imported block. */
export type ImportChange = Extract<Action, { readonly kind: 'splitKey' | 'keepContract' }>;

/** What was changed about the imported block, as its recorded actions say. */
export function importChanges(history: HistoryTree | null, blockId: string): readonly ImportChange[] {
  const actions = history?.blocks.find((block) => block.blockId === blockId)?.actions ?? [];
  return actions.filter(
    (action): action is ImportChange => action.kind === 'splitKey' || action.kind === 'keepContract',
  );
}
