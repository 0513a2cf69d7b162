/** What a scenario may hold. Beyond it there is a typed error, before anything is executed. */
export const SCENARIO_LIMITS = {
  /** Letters of a link's fragment. */
  linkLetters: 64 * 1024,
  /** Bytes of its JSON, unpacked; the same for a scenario file. */
  jsonBytes: 256 * 1024,
  /** Levels of records and lists in it. */
  depth: 12,
  titleLetters: 80,
  fileNameLetters: 255,
  aboutLetters: 600,
  captionLetters: 280,
  captions: 64,
  panels: 8,
  checkpoints: 32,
  blocks: 10_000,
  /** Entries of recorded actions, and actions of one height. */
  actionEntries: 2_000,
  actionsEach: 64,
  /** Transactions of all blocks. */
  transactions: 400_000,
  /** Gas that all blocks may declare: ten full blocks. */
  gas: 40_000_000_000,
} as const;
