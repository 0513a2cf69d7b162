import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockNode, HistoryTree, Settings } from '../api/index.ts';
import { someMoves, take } from '../tests/moves.ts';
import { SETTINGS, started, value, VIRTUAL } from '../tests/testHost.ts';

const settings: Settings = {
  genesis: { seed: 21, accounts: 9, assets: 3, pools: 2, bankPartition: 'lane' },
  traffic: { transactionsPerBlock: 12, swapPermille: 500, hotPermille: 300, work: 50 },
  execution: { ...VIRTUAL, cores: { kind: 'virtual', count: 3 } },
};

function pathTo(history: HistoryTree, block: BlockNode): BlockNode[] {
  const parent = history.blocks.find(({ blockId }) => blockId === block.parentId);
  return parent === undefined ? [] : [...pathTo(history, parent), block];
}

describe('whatever was produced, edited and sought', () => {
  it('every block follows from the settings and the recorded actions before it', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(someMoves, async (moves) => {
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
