/** One level of a proof's climb: the other half as the proof gives it, where it stands, and the hash of both together. Hex. */
export interface ProofLevel {
  readonly sibling: string;
  readonly side: 'left' | 'right';
  readonly hash: string;
}

/** How a proof climbs: from the hash of the entry it starts with, level by level, to a state root, which may be another than it should be. */
export interface ProofTrail {
  readonly start: string;
  readonly levels: readonly ProofLevel[];
  readonly root: string;
}
