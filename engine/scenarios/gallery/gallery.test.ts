import { describe, expect, it } from 'vitest';
import { type BlockRun, EDGE_KIND, type Scenario } from '../../api/index.ts';
import { testHost, value } from '../../tests/testHost.ts';
import { gallery } from './index.ts';
import { mainnetLikeMix } from './mainnetLikeMix.ts';

/** Executes a scenario as the page does, and answers the run of each of its blocks. */
async function runsOf(scenario: Scenario, execution = scenario.settings.execution): Promise<BlockRun[]> {
  const host = testHost();
  const opened = await value(host.openScenario(scenario));
  expect(opened.verification.verdict).toBe('verified');
  const { blocks } = await host.history();
  const runs: BlockRun[] = [];
  for (const { blockId, height } of [...blocks].sort((a, b) => a.height - b.height)) {
    if (height > 0) runs.push(await value(host.rerun(blockId, execution)));
  }
  for (const run of runs) expect(run.matchesOracle).toBe(true);
  return runs;
}

async function runsById(id: string): Promise<BlockRun[]> {
  return runsOf(gallery.find((scenario) => scenario.id === id)!);
}

const pathOf = (run: BlockRun | undefined): number => run!.metrics.criticalPath;

/** Share of the transactions that neither read what another of the block wrote nor wrote what another read. */
function independentShare({ graph, transactions }: BlockRun): number {
  const tied = new Set<number>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.kind[edge] !== EDGE_KIND.readAfterWrite) continue;
    tied.add(graph.from[edge]!).add(graph.to[edge]!);
  }
  return 1 - tied.size / transactions.length;
}

/** Share of the busiest choice, and of the ten busiest, among the transactions of a name. */
function crowding(run: BlockRun, name: string, argument: string): { hottest: number; topTen: number } {
  const counts = new Map<unknown, number>();
  const chosen = run.transactions.filter((transaction) => transaction.name === name);
  for (const { args } of chosen) counts.set(args[argument], (counts.get(args[argument]) ?? 0) + 1);
  const shares = [...counts.values()].sort((a, b) => b - a).map((count) => count / chosen.length);
  return { hottest: shares[0] ?? 0, topTen: shares.slice(0, 10).reduce((sum, share) => sum + share, 0) };
}

describe('the files', () => {
  it('have what a card and the page need', () => {
    expect(new Set(gallery.map(({ id }) => id)).size).toBe(gallery.length);
    for (const { id, title, about, captions, blocks, moment, panels, settings } of gallery) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title.length).toBeLessThanOrEqual(28);
      expect(about!.length).toBeLessThanOrEqual(220);
      expect(blocks).toBeLessThanOrEqual(5);
      expect(captions!.map(({ height }) => height)).toEqual(Array.from({ length: blocks }, (_, i) => i + 1));
      expect(moment!.height).toBeLessThanOrEqual(blocks);
      expect(panels!.length).toBeGreaterThan(0);
      expect(settings.execution.cores).toEqual({ kind: 'virtual', count: 8 });
    }
  });

  it('fit a link of two thousand letters', async () => {
    const host = testHost();
    for (const scenario of gallery) {
      const linked = await value(host.linkScenario(scenario));
      expect(linked.fragment!.length).toBeLessThan(2_000);
      expect(await value(host.readScenario(linked.fragment!))).toEqual(linked.scenario);
      expect(linked.scenario.id).toBe(scenario.id);
      const opened = await value(
        host.openScenario({ ...scenario, moment: { height: scenario.blocks, permille: 0 } }),
      );
      const shared = await value(host.exportScenario(opened.blockId, { title: scenario.title }));
      expect(shared.fragment!.length).toBeLessThan(2_000);
    }
  });
});

describe('what the texts claim', () => {
  it('the opening story: a rush makes a chain, the split takes it apart', async () => {
    const [calm, rush, split] = await runsById('opening-story');
    expect(pathOf(rush)).toBeGreaterThan(5 * pathOf(calm));
    expect(pathOf(split)).toBeLessThan(pathOf(rush) / 2);
    expect(rush!.metrics.aborts).toBeGreaterThan(0);
  });

  it('independent payments: hardly any two meet, and all eight cores are busy', async () => {
    const [run] = await runsById('independent-payments');
    expect(run!.metrics.transactions).toBe(200);
    expect(pathOf(run)).toBeLessThanOrEqual(3);
    expect(independentShare(run!)).toBeGreaterThan(0.75);
    expect(run!.metrics.speedup).toBeGreaterThan(7);
  });

  it('one hot account: nine of ten payments stand in a chain', async () => {
    const [calm, hot] = await runsById('one-hot-account');
    expect(pathOf(calm)).toBeLessThan(10);
    expect(pathOf(hot)).toBeGreaterThan(0.85 * hot!.metrics.transactions);
  });

  it('a shop’s checkout: four tills share the chain, and closing time costs little', async () => {
    const [one, tills, closing] = await runsById('shop-checkout');
    expect(one!.metrics.transactions).toBe(80);
    expect(pathOf(one)).toBeGreaterThanOrEqual(40);
    expect(pathOf(tills)).toBeLessThan(pathOf(one) / 3);
    expect(tills!.metrics.speedup).toBeGreaterThan(3 * one!.metrics.speedup);
    expect(pathOf(closing)).toBeLessThan(10);
    for (const run of [one, tills, closing]) expect(run!.metrics.reverted).toBe(0);
  });

  it('one pool against many: the chain is the whole block, and the split more than halves it', async () => {
    const [many, one, split] = await runsById('one-pool-against-many');
    const poolsOf = (run: BlockRun) => new Set(run.transactions.map(({ args }) => args.pool));
    expect([poolsOf(many!).size, poolsOf(one!).size]).toEqual([15, 1]);
    expect(pathOf(one)).toBe(one!.metrics.transactions);
    expect(pathOf(many)).toBeLessThan(pathOf(one) / 5);
    expect(pathOf(split)).toBeLessThan(pathOf(one) / 2);
  });

  it('the mainnet-like mix is near the figures of real blocks', async () => {
    const [run] = await runsOf(mainnetLikeMix);
    expect(run!.metrics.transactions).toBe(172);
    expect(Math.abs(pathOf(run) - 23)).toBeLessThanOrEqual(2);
    expect(Math.abs(independentShare(run!) - 0.57)).toBeLessThan(0.05);
    expect(Math.abs(run!.metrics.idealSpeedup - 7.5)).toBeLessThan(0.75);
    expect(Math.abs(run!.graph.hotKeys[0]!.writers - 23)).toBeLessThanOrEqual(2);
    const recipients = crowding(run!, 'transfer', 'to');
    expect(Math.abs(recipients.hottest - 0.2)).toBeLessThan(0.05);
    expect(Math.abs(recipients.topTen - 0.44)).toBeLessThan(0.08);
  });

  it('the mainnet-like mix is one chain when the fee recipient is tracked', async () => {
    const execution = { ...mainnetLikeMix.settings.execution, feeRecipient: 'tracked' } as const;
    const [run] = await runsOf(mainnetLikeMix, execution);
    expect(pathOf(run)).toBe(run!.metrics.transactions);
  });

  it('the worst case is one chain, and costs at most a tenth more than one core', async () => {
    const [run] = await runsById('worst-case');
    expect(pathOf(run)).toBe(run!.metrics.transactions);
    expect(run!.metrics.idealSpeedup).toBe(1);
    expect(run!.metrics.speedup).toBeGreaterThan(0.9);
  });
});
