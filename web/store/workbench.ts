import { create } from 'zustand';
import type { DraftJson } from '../../engine/api/index.ts';

/** A form to open: empty, filled in, or filled in with a past transaction that will be replaced. */
export interface CraftRequest {
  readonly draft?: DraftJson;
  /** The transaction of the past that saving replaces, on a new branch. */
  readonly edit?: { readonly blockId: string; readonly index: number };
  /** What was changed already and why, for the head of the form ("gas limit doubled"). */
  readonly note?: string;
}

export interface CompareRequest {
  readonly leftBlockId?: string;
  readonly rightBlockId?: string;
}

export interface AuditRequest {
  /** Id of the module to audit; the first of the chain when absent. */
  readonly module?: string;
}

/**
 * Which dialog stands over the stage. The craft and compare views draw their own dialog frame; the
 * shell mounts the view while `open` names it: `{open === 'craft' && <Craft />}`.
 */
export interface WorkbenchState {
  readonly open: 'craft' | 'compare' | 'share' | 'verdict' | 'benchmark' | 'gallery' | 'audit' | null;
  readonly craft: CraftRequest;
  readonly compare: CompareRequest;
  readonly audit: AuditRequest;
  openCraft(request?: CraftRequest): void;
  openCompare(request?: CompareRequest): void;
  openShare(): void;
  /** What executing the opened scenario again said. */
  openVerdict(): void;
  openBenchmark(): void;
  /** The scenarios that come with the playground. */
  openGallery(): void;
  /** One module's rules, root, state and history, after the block on stage. */
  openAudit(request?: AuditRequest): void;
  close(): void;
}

export const useWorkbench = create<WorkbenchState>((set) => ({
  open: null,
  craft: {},
  compare: {},
  audit: {},
  openCraft: (request = {}) => set({ open: 'craft', craft: request }),
  openCompare: (request = {}) => set({ open: 'compare', compare: request }),
  openShare: () => set({ open: 'share' }),
  openVerdict: () => set({ open: 'verdict' }),
  openBenchmark: () => set({ open: 'benchmark' }),
  openGallery: () => set({ open: 'gallery' }),
  openAudit: (request = {}) => set({ open: 'audit', audit: request }),
  close: () => set({ open: null }),
}));
