import type { Prng } from '../../base/prng.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { OP, op, type Operation } from './scriptModule.ts';
import { draft } from './world.ts';

/** A script as a transaction of the block. */
export function script(
  sender: number,
  operations: readonly Operation[],
  more: Partial<TransactionDraft> = {},
): TransactionDraft {
  return { ...draft(sender, 'script', 'run', { operations: operations as never }), ...more };
}

/** What the generated scripts are like; each block has a taste of its own. */
export interface Taste {
  readonly accounts: number;
  /** Cells 0 … cells−1 are named most of the time. */
  readonly cells: number;
  /** Of a thousand cells named, how many are cell 0. */
  readonly hotPermille: number;
  /** Operations of a script, at most. */
  readonly length: number;
  /** Of a thousand transactions, how many run out of gas, or are rejected, or are otherwise mad. */
  readonly madPermille: number;
}

export function someTaste(prng: Prng): Taste {
  return {
    accounts: prng.chance(700) ? prng.between(2, 10) : prng.between(11, 40),
    cells: prng.chance(700) ? prng.between(1, 6) : prng.between(7, 30),
    hotPermille: prng.chance(400) ? prng.between(300, 1000) : 0,
    length: prng.chance(700) ? prng.between(2, 8) : prng.between(9, 24),
    madPermille: prng.chance(600) ? prng.between(0, 150) : 0,
  };
}

const ARITHMETIC = [OP.add, OP.widen, OP.skipIfOdd, OP.skipIfAbsent, OP.note, OP.work];
const READS = [OP.read, OP.readMore, OP.readMore, OP.readAt];
const WRITES = [OP.write, OP.write, OP.writeAt, OP.remove, OP.removeAt];
const ENDS = [OP.revertIf, OP.divide, OP.loopIf];

function someOperation(prng: Prng, taste: Taste): Operation {
  const cell = prng.chance(taste.hotPermille) ? 0 : prng.below(taste.cells);
  const pick = <T>(items: readonly T[]): T => items[prng.below(items.length)]!;
  const kind = prng.below(100);
  if (kind < 35) return op(pick(READS), cell, prng.between(1, taste.cells));
  if (kind < 65) return op(pick(WRITES), cell, prng.between(1, taste.cells));
  if (kind < 68) return op(prng.chance(500) ? OP.readRange : OP.writeRange, cell, prng.between(1, 4));
  if (kind < 74) return op(pick(ENDS), prng.between(2, 9), prng.below(2));
  const code = pick(ARITHMETIC);
  return code === OP.skipIfAbsent
    ? op(code, cell, prng.between(1, 3))
    : op(code, prng.between(1, 5), prng.below(1000));
}

export function someScripts(prng: Prng, taste: Taste, count: number): TransactionDraft[] {
  return Array.from({ length: count }, () => {
    const sender = prng.below(taste.accounts);
    const operations = Array.from({ length: prng.between(1, taste.length) }, () =>
      someOperation(prng, taste),
    );
    if (!prng.chance(taste.madPermille))
      return script(sender, operations, { gasLimit: 20_000, work: prng.below(200) });
    const madness = prng.below(6);
    if (madness === 0)
      return script(sender, [...operations, op(OP.loopIf, 1, 0)], { gasLimit: prng.between(500, 30_000) });
    if (madness === 1) return script(sender, operations, { gasLimit: prng.between(0, 1200) });
    // Nobody can pay this: the kernel rejects it, and with it the sender's later nonces.
    if (madness === 2) return script(sender, operations, { gasLimit: 40_000_000, gasPrice: 0x7fff_ffff });
    if (madness === 3)
      return script(sender, [op(OP.widen, 255, prng.below(1 << 30)), ...operations, op(OP.write, 0)]);
    if (madness === 4) return script(sender, [op(OP.divide, 1), ...operations]);
    return script(sender, [...operations, op(OP.readRange, prng.below(50), prng.between(20, 60))]);
  });
}

/**
 * Blocks in which transactions change their minds again and again: a root that all wait for, sources
 * that read it and each bring a cell into being, a selector that writes where the sources together say,
 * and readers of the places it may write. Later incarnations write elsewhere than earlier ones, and back.
 */
export function shiftingScripts(prng: Prng): TransactionDraft[] {
  const ROOT = 0;
  const PLACES = 20;
  const sources = prng.between(2, 4);
  const places = prng.between(2, 3);
  let sender = 0;
  const drafts = [script(sender++, [op(OP.add, 1), op(OP.write, ROOT)], { work: prng.below(200) })];
  for (let s = 0; s < sources; s++) {
    const more = prng.chance(300) ? [op(OP.read, 40 + s)] : [];
    const write = prng.chance(800) ? op(OP.write, 1 + s) : op(OP.writeAt, 1 + s, 2);
    drafts.push(script(sender++, [op(OP.read, ROOT), ...more, op(OP.add, prng.between(1, 3)), write]));
  }
  const all = Array.from({ length: sources }, (_, s) => op(OP.readMore, 1 + s));
  for (let n = prng.between(1, 2); n > 0; n--)
    drafts.push(script(sender++, [...all, op(OP.writeAt, PLACES, places)]));
  for (let n = prng.between(1, 4); n > 0; n--) {
    const place = PLACES + prng.below(places);
    drafts.push(
      script(sender++, [op(OP.read, place), op(OP.add, 1), op(OP.write, 30 + (sender % 3)), op(OP.note)]),
    );
  }
  return drafts;
}

/**
 * Threes, one after another: one writes, the second passes it on to a cell that was not there, the third
 * reads that cell. The second often runs twice, and the third is validated around its second time.
 */
export function relayScripts(prng: Prng, threes: number): TransactionDraft[] {
  return Array.from({ length: threes }, (_, i) => [
    script(3 * i, [op(OP.add, 1), op(OP.write, 10 + i)], { work: prng.below(300) }),
    script(3 * i + 1, [op(OP.read, 10 + i), op(OP.add, 1), op(OP.write, 50 + i)]),
    script(3 * i + 2, [op(OP.read, 50 + i), op(OP.add, 1), op(OP.write, 90 + i)]),
  ]).flat();
}
