import { expect, it } from 'vitest';
import { chainParts, SMALL_GENESIS } from '../tests/chainParts.ts';
import { buildBlock } from './blockBuilder.ts';
import { createGenesis } from './genesis.ts';

const parts = chainParts();

it('another hot share changes the targets, and leaves senders, amounts and sizes alone', () => {
  const genesis = createGenesis(parts, { ...SMALL_GENESIS, accounts: 100, pools: 6 });
  const drafts = (hotPermille: number) => {
    const traffic = { transactionsPerBlock: 200, swapPermille: 500, hotPermille, work: 9 };
    const start = { height: 1, state: genesis.state, traffic, carried: [], health: [], held: [] };
    const built = buildBlock(parts, genesis.world, start, []);
    if (!built.ok) throw new Error(built.error.code);
    return built.value.candidates.map(({ draft }) => draft);
  };
  const calm = drafts(0);
  let moved = 0;
  drafts(800).forEach((draft, i) => {
    const before = calm[i]!;
    expect(draft.name).toBe(before.name);
    if (draft.name === 'transfer') {
      expect(draft.args.amount).toBe(before.args.amount);
      // The hot account does not pay itself.
      if (before.sender !== 0) expect(draft.sender).toBe(before.sender);
      if (draft.args.to !== before.args.to) moved++;
    } else {
      expect([draft.sender, draft.args.direction]).toEqual([before.sender, before.args.direction]);
      if (draft.args.pool !== before.args.pool) moved++;
    }
  });
  expect(moved).toBeGreaterThan(100);
});
