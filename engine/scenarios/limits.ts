import { fail, ok, type Result } from '../base/result.ts';

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

/** Fails with `scenario/too_large` when a scenario’s JSON has more bytes than it may. */
export function withinSize(bytes: number): Result<void> {
  const { jsonBytes: max } = SCENARIO_LIMITS;
  if (bytes <= max) return ok(undefined);
  const message = `A scenario has at most ${max / 1024} kB; this has ${Math.ceil(bytes / 1024)}. Take blocks or actions out of it.`;
  return fail('scenario/too_large', message, { max, given: bytes });
}
