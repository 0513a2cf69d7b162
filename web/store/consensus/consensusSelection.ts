import { create } from 'zustand';

/** What is selected in a run: a replica or block by number, a message or mark by its place in the log, an event by its number. */
export interface Selected {
  readonly branch: number;
  readonly kind: 'replica' | 'message' | 'mark' | 'block' | 'event';
  readonly at: number;
}

export interface ConsensusSelection {
  readonly selected: Selected | null;
  select(selected: Selected | null): void;
}

export const useConsensusSelection = create<ConsensusSelection>((set) => ({
  selected: null,
  select: (selected) => set({ selected }),
}));

/** What of a kind is selected in a run; −1: nothing. */
export function selectedAt(branch: number, kind: Selected['kind']): number {
  const { selected } = useConsensusSelection.getState();
  return selected !== null && selected.branch === branch && selected.kind === kind ? selected.at : -1;
}
