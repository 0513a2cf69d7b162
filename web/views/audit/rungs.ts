import type { ProofTrail } from '../../../engine/api/index.ts';

/** One rung of a proof's drawing: two hashes beside each other, of which one lies on the path. */
export interface Rung {
  /** From 0 at the entry. */
  readonly level: number;
  readonly side: 'left' | 'right';
  /** On the path: hashed here. */
  readonly own: string;
  readonly sibling: string;
  /** Whether each is another than in the proof as it was made. */
  readonly ownChanged: boolean;
  readonly siblingChanged: boolean;
}

export interface Ladder {
  /** From the top downwards; the last one holds the entry. */
  readonly rungs: readonly Rung[];
  /** The hash that the rungs end at, below the state root; of a tree of one entry, the entry's. */
  readonly top: string;
  readonly topChanged: boolean;
  readonly root: string;
  readonly rootChanged: boolean;
}

/** A proof's climb as rungs, held against the climb of the proof as it was made. `side` is where the path goes. */
export function ladderOf(trail: ProofTrail, whole: ProofTrail): Ladder {
  const rungs = trail.levels.map(({ sibling, side }, level): Rung => {
    const own = hashBelow(trail, level);
    return {
      level,
      side: side === 'left' ? 'right' : 'left',
      own,
      sibling,
      ownChanged: own !== hashBelow(whole, level),
      siblingChanged: sibling !== whole.levels[level]?.sibling,
    };
  });
  const top = hashBelow(trail, trail.levels.length);
  return {
    rungs: rungs.reverse(),
    top,
    topChanged: top !== hashBelow(whole, whole.levels.length),
    root: trail.root,
    rootChanged: trail.root !== whole.root,
  };
}

/** The hash with which a level begins. */
function hashBelow({ start, levels }: ProofTrail, level: number): string {
  return level === 0 ? start : (levels[level - 1]?.hash ?? '');
}

const LEFT = 25;
const RIGHT = 75;
const MIDDLE = 50;

/** Where a rung's two hashes stand, in per cent of the width. */
export function placesOf({ side }: Pick<Rung, 'side'>): { readonly own: number; readonly sibling: number } {
  return side === 'left' ? { own: LEFT, sibling: RIGHT } : { own: RIGHT, sibling: LEFT };
}

export interface Edge {
  readonly fromX: number;
  readonly toX: number;
  /** The rung it goes up from. */
  readonly rung: number;
  readonly onPath: boolean;
  readonly changed: boolean;
}

/** The lines of a ladder: from each hash of a rung up to what both make, which is the path's hash of the rung above. */
export function edgesOf(rungs: readonly Rung[]): readonly Edge[] {
  return rungs.flatMap((rung, i): Edge[] => {
    const above = rungs[i - 1];
    const toX = above === undefined ? MIDDLE : placesOf(above).own;
    const { own, sibling } = placesOf(rung);
    return [
      { fromX: sibling, toX, rung: i, onPath: false, changed: rung.siblingChanged },
      { fromX: own, toX, rung: i, onPath: true, changed: rung.ownChanged },
    ];
  });
}
