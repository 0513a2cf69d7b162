import type { Prng } from '../../base/prng.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { someScripts, someTaste } from './scriptBlocks.ts';
import type { Operation } from './scriptModule.ts';
import { laneOfCell, TRACKS } from './trackModules.ts';

/** A script as a transaction of the lane in which its first cell lies. */
export function onTrack(draft: TransactionDraft, name: 'run' | 'stray' = 'run'): TransactionDraft {
  const operations = draft.args.operations as unknown as readonly Operation[];
  return { ...draft, module: `track${laneOfCell(operations[0]?.a ?? TRACKS[0])}`, name };
}

/**
 * Scripts over the cells of three lanes: short ones, so that many stay in their lane. Of a thousand, `strayPermille`
 * declare no lane but their own.
 */
export function someLaneScripts(
  prng: Prng,
  accounts: number,
  count: number,
  strayPermille: number,
): TransactionDraft[] {
  const taste = { ...someTaste(prng), accounts, length: prng.between(1, 6) };
  return someScripts(prng, taste, count).map((draft) =>
    onTrack(draft, prng.chance(strayPermille) ? 'stray' : 'run'),
  );
}
