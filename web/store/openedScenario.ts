import { create } from 'zustand';
import type { ApiError, Scenario, Verification } from '../../engine/api/index.ts';
import { useImported } from './importedBlock.ts';

/** A scenario that is being executed; the chain before it is still the one on stage. */
export interface Opening {
  readonly title: string;
  /** Blocks executed so far, and all of them. */
  readonly done: number;
  readonly total: number;
  /** `drawing`: everything was executed, and the block of the moment is being recorded. It cannot be cancelled then. */
  readonly stage: 'executing' | 'drawing';
  /** Somebody asked for it to end. */
  readonly cancelled: boolean;
}

/** A scenario that was executed to its end and became the open chain. */
export interface OpenedChain {
  readonly scenario: Scenario;
  readonly verification: Verification;
  /** Every block that was executed; blocks are named by their digest, so a change gives another name. */
  readonly blockIds: ReadonlySet<string>;
  readonly lastBlockId: string;
  /** `#s=…` when it came by a link. */
  readonly fragment: string | null;
}

/** A scenario that waits for the file it was made from. */
export interface WantedFile {
  readonly scenario: Scenario;
  readonly fragment: string | undefined;
  /** What was wrong with the file that was given last. */
  readonly complaint: ApiError | null;
}

export interface ScenarioState {
  readonly opening: Opening | null;
  readonly opened: OpenedChain | null;
  readonly wanted: WantedFile | null;
}

/** What was opened, is being opened, or waits for a file. Only the session writes here. */
export const useScenario = create<ScenarioState>(() => ({ opening: null, opened: null, wanted: null }));

/** Whether a block is one of those that the scenario gave when it was opened, hence what its verdict speaks of. */
export function isAsOpened(opened: OpenedChain | null, blockId: string | undefined): boolean {
  return opened !== null && blockId !== undefined && opened.blockIds.has(blockId);
}

/** Whether a block is the last one of what was opened, or a real block, which stands alone: playing rests there. */
export function isScenarioEnd(blockId: string | undefined): boolean {
  if (useImported.getState().imported !== null) return true;
  const { opened } = useScenario.getState();
  return opened !== null && opened.lastBlockId === blockId;
}
