import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, BlockNode, EngineApi, HistoryTree, Settings } from '../api/index.ts';
import { SETTINGS, started, value, VIRTUAL } from '../tests/testHost.ts';

const settings: Settings = {
  genesis: { seed: 21, accounts: 9, assets: 3, pools: 2, bankPartition: 'lane' },
  traffic: { transactionsPerBlock: 12, swapPermille: 500, hotPermille: 300, work: 50 },
  execution: { ...VIRTUAL, cores: { kind: 'virtual', count: 3 } },
};

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
const action: fc.Arbitrary<Action> = fc.oneof(
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
const actions = fc.array(action, { maxLength: 2 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('produce' as const), actions }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('edit' as const), at: fc.nat(), coalesce: fc.boolean(), actions }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('seek' as const), at: fc.nat() }) },
);

/** Takes a step; one that is refused changed nothing, which the replay shows. */
async function take(
  host: EngineApi,
  move: typeof step extends fc.Arbitrary<infer S> ? S : never,
): Promise<void> {
  const { blocks } = await host.history();
  if (move.do === 'produce') await host.produceBlock(move.actions);
  else if (move.do === 'seek') await host.seek(blocks[move.at % blocks.length]!.blockId);
  else {
    const { at, coalesce } = move;
    await host.edit(blocks[at % blocks.length]!.blockId, move.actions, { label: 'edit', coalesce });
  }
}

function pathTo(history: HistoryTree, block: BlockNode): BlockNode[] {
  const parent = history.blocks.find(({ blockId }) => blockId === block.parentId);
  return parent === undefined ? [] : [...pathTo(history, parent), block];
}

describe('whatever was produced, edited and sought', () => {
  it('every block follows from the settings and the recorded actions before it', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (moves) => {
        const host = await started(settings);
        for (const move of moves) await take(host, move);
        const history = await host.history();
        for (const { headId } of history.branches) {
          const head = history.blocks.find(({ blockId }) => blockId === headId)!;
          const path = pathTo(history, head);
          const again = await started(settings);
          for (const block of path) {
            const run = await value(again.produceBlock(block.actions));
            expect(run.digest).toBe(block.digest);
            expect(run.matchesOracle).toBe(true);
          }
          const views = [await value(host.readView(headId, 'bank', 'balances'))];
          const current = (await again.history()).current.blockId;
          views.push(await value(again.readView(current, 'bank', 'balances')));
          expect(views[0]).toEqual(views[1]);
          for (const { holds } of await value(host.checkInvariants(headId))) expect(holds).toBe(true);
        }
      }),
      { numRuns: process.env.FULL === '1' ? 200 : 25 },
    );
  });

  it('a rerun of any block has the digest it was recorded with', { timeout: 60_000 }, async () => {
    const host = await started({ ...SETTINGS, traffic: { ...SETTINGS.traffic, transactionsPerBlock: 30 } });
    for (let i = 0; i < 6; i++)
      await value(host.produceBlock(i === 2 ? [{ kind: 'splitPool', pool: 0, ways: 3 }] : []));
    const { blocks } = await host.history();
    for (const { blockId, digest, height } of [...blocks].reverse()) {
      if (height > 0) expect((await value(host.rerun(blockId, VIRTUAL))).digest).toBe(digest);
    }
  });
});
