import fc from 'fast-check';
import type { Action, EngineApi } from '../api/index.ts';

/** Payments by people who are there or not, of what they have or not. */
const pay = fc.record({
  sender: fc.integer({ min: 0, max: 12 }),
  module: fc.constant('bank'),
  name: fc.constant('transfer'),
  args: fc.record({
    asset: fc.integer({ min: 0, max: 4 }),
    to: fc.integer({ min: 0, max: 12 }),
    amount: fc.constantFrom('0', '1', '5000', '900000000000', '99999999999999'),
  }),
});
/** Actions that fit a small chain, or nearly do. */
export const someAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant('setTraffic' as const),
    traffic: fc.record(
      {
        hotPermille: fc.integer({ min: 0, max: 1000 }),
        skewPermille: fc.integer({ min: 0, max: 1000 }),
        transactionsPerBlock: fc.integer({ min: 3, max: 14 }),
      },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    kind: fc.constant('splitPool' as const),
    pool: fc.integer({ min: 0, max: 4 }),
    ways: fc.integer({ min: 2, max: 4 }),
  }),
  fc.record({ kind: fc.constant('submit' as const), transaction: pay }),
  fc.record({
    kind: fc.constant('replace' as const),
    index: fc.integer({ min: 0, max: 16 }),
    transaction: pay,
  }),
);
const actions = fc.array(someAction, { maxLength: 2 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('produce' as const), actions }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('edit' as const), at: fc.nat(), coalesce: fc.boolean(), actions }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('seek' as const), at: fc.nat() }) },
);

export type Move = typeof step extends fc.Arbitrary<infer S> ? S : never;
export const someMoves = fc.array(step, { minLength: 2, maxLength: 9 });

/** Takes a step; one that is refused changed nothing, which the replay shows. */
export async function take(host: EngineApi, move: Move): Promise<void> {
  const { blocks } = await host.history();
  if (move.do === 'produce') await host.produceBlock(move.actions);
  else if (move.do === 'seek') await host.seek(blocks[move.at % blocks.length]!.blockId);
  else {
    const { at, coalesce } = move;
    await host.edit(blocks[at % blocks.length]!.blockId, move.actions, { label: 'edit', coalesce });
  }
}
