import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, OpenedScenario, Scenario, Settings } from '../api/index.ts';
import { checkpointHeights } from '../scenarios/checkpoints.ts';
import { someMoves, take } from '../tests/moves.ts';
import { produce, SETTINGS, started, testHost, value, VIRTUAL } from '../tests/testHost.ts';
import { defaultSettings } from './host/defaultSettings.ts';

const FULL = process.env.FULL === '1';
const settings: Settings = {
  genesis: { seed: 21, accounts: 9, assets: 3, pools: 2, bankPartition: 'lane' },
  traffic: { transactionsPerBlock: 8, swapPermille: 500, hotPermille: 300, work: 50 },
  execution: { ...VIRTUAL, cores: { kind: 'virtual', count: 3 } },
};
const view = { title: 'Shared' };
const open = (scenario: Scenario): Promise<OpenedScenario> => value(testHost().openScenario(scenario));

const pay = (amount: string): Action => ({
  kind: 'submit',
  transaction: { sender: 3, module: 'bank', name: 'transfer', args: { asset: 0, to: 4, amount } },
});

/** A chain with something asked for in every third block, as it is shared. */
async function shared(blocks: number): Promise<Scenario> {
  const host = await started(settings);
  let blockId = '';
  for (let height = 1; height <= blocks; height++) {
    ({ blockId } = await produce(host, height % 3 === 0 ? [pay(String(1_000 + height))] : []));
  }
  return (await value(host.exportScenario(blockId, view))).scenario;
}

describe('whatever was produced, edited and sought', () => {
  it('is verified when it is shared and opened', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(someMoves, async (moves) => {
        const host = await started(settings);
        for (const move of moves) await take(host, move);
        const history = await host.history();
        for (const { headId } of history.branches) {
          const head = history.blocks.find(({ blockId }) => blockId === headId)!;
          if (head.height === 0) continue;
          const { fragment, scenario } = await value(host.exportScenario(headId, view));
          const other = testHost();
          const read = await value(other.readScenario(fragment!));
          expect(read).toEqual(scenario);
          const { verification, blockId } = await value(other.openScenario(read));
          expect(verification).toMatchObject({ verdict: 'verified', actualDigest: head.digest });
          // The chain that was opened is a chain like any other: it goes on as the shared one would.
          expect((await other.history()).current.blockId).toBe(blockId);
          await value(host.seek(headId));
          expect((await produce(other)).digest).toBe((await produce(host)).digest);
        }
      }),
      { numRuns: FULL ? 100 : 12 },
    );
  });
});

describe('a scenario that was tampered with', () => {
  const differing = async (scenario: Scenario, between: readonly [number, number]) => {
    const { verification } = await open(scenario);
    expect(verification.verdict).toBe('differs');
    expect(verification.differsBetween).toEqual(between);
  };

  it('differs from the height on at which an action was changed, left out, added or moved', {
    timeout: 120_000,
  }, async () => {
    const scenario = await shared(12);
    expect((await open(scenario)).verification.verdict).toBe('verified');
    const { actions } = scenario;
    for (const [at, { height }] of actions.entries()) {
      const between = [height - 1, height] as const;
      const instead = (given: readonly Action[], to = height) =>
        actions.map((entry, i) => (i === at ? { height: to, actions: given } : entry));
      await differing({ ...scenario, actions: instead([pay(String(1_001 + height))]) }, between);
      await differing({ ...scenario, actions: actions.filter((_, i) => i !== at) }, between);
      await differing({ ...scenario, actions: instead([...actions[at]!.actions, pay('1')]) }, between);
      await differing({ ...scenario, actions: instead(actions[at]!.actions, height - 1) }, [
        height - 2,
        height - 1,
      ]);
    }
  });

  it('differs from the first block on when it starts otherwise', { timeout: 60_000 }, async () => {
    const scenario = await shared(5);
    const { genesis, traffic } = scenario.settings;
    for (const knobs of [{ seed: 22 }, { accounts: 10 }, { assets: 4 }, { pools: 1 }]) {
      const other = { ...scenario.settings, genesis: { ...genesis, ...knobs } };
      await differing({ ...scenario, settings: other }, [0, 1]);
    }
    for (const knobs of [
      { transactionsPerBlock: 9 },
      { swapPermille: 0 },
      { hotPermille: 1000 },
      { work: 51 },
    ]) {
      const other = { ...scenario.settings, traffic: { ...traffic, ...knobs } };
      await differing({ ...scenario, settings: other }, [0, 1]);
    }
    // How it is executed changes nothing, and is no tampering.
    const execution = {
      ...scenario.settings.execution,
      executor: 'sequential',
      feeRecipient: 'tracked',
    } as const;
    const otherwise = await open({ ...scenario, settings: { ...scenario.settings, execution } });
    expect(otherwise.verification.verdict).toBe('verified');
  });

  it('differs where a digest was changed, in any digit', { timeout: 120_000 }, async () => {
    const scenario = await shared(6);
    const expected = scenario.expected!;
    const turned = (text: string, at: number): string =>
      text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
    for (const at of [0, 7, 8, 31, 63]) {
      await differing(
        { ...scenario, expected: { ...expected, digest: turned(expected.digest, at) } },
        [5, 6],
      );
    }
    for (const [i, [height]] of expected.checkpoints.entries()) {
      const checkpoints = expected.checkpoints.map((point, j) =>
        i === j ? ([point[0], turned(point[1], (i * 3) % 8)] as const) : point,
      );
      await differing({ ...scenario, expected: { ...expected, checkpoints } }, [height - 1, height]);
    }
    const fewer = { ...scenario, blocks: 5, actions: scenario.actions.filter(({ height }) => height < 6) };
    const { verification } = await open({ ...fewer, expected: { ...expected, checkpoints: [] } });
    expect(verification).toMatchObject({ verdict: 'differs', differsBetween: [0, 5] });
  });

  it('names the interval between checkpoints when the chain is long', { timeout: 120_000 }, async () => {
    const blocks = 90;
    const scenario = await shared(blocks);
    const stops = [0, ...checkpointHeights(blocks), blocks];
    for (const at of [0, 7, 15, 29]) {
      const { height } = scenario.actions[at]!;
      const actions = scenario.actions.map((entry, i) =>
        i === at ? { height, actions: [pay('7')] } : entry,
      );
      const next = stops.findIndex((stop) => stop >= height);
      await differing({ ...scenario, actions }, [stops[next - 1]!, stops[next]!]);
    }
  });
});

describe('other rules', () => {
  it('are not compared: it is executed all the same', async () => {
    const scenario = await shared(2);
    const { verification } = await open({ ...scenario, semantics: 60_000 });
    expect(verification).toMatchObject({
      verdict: 'not_comparable',
      reason: 'newer_rules',
      expectedDigest: scenario.expected!.digest,
      actualDigest: scenario.expected!.digest,
    });
    const { expected: _, ...silent } = scenario;
    expect((await open(silent)).verification).toMatchObject({
      verdict: 'not_comparable',
      reason: 'nothing_expected',
    });
  });
});

describe('a long scenario', () => {
  const long: Scenario = {
    format: 1,
    semantics: 1,
    title: 'Long',
    settings: { ...SETTINGS, traffic: { ...SETTINGS.traffic, transactionsPerBlock: 20 } },
    blocks: 3_000,
    actions: [],
  };

  it('tells how far it has come, and ends at once when it is cancelled', { timeout: 60_000 }, async () => {
    let breaths = 0;
    const told: number[] = [];
    const host = await started(settings, {
      breathe: async () => {
        breaths++;
        if (breaths === 3) await host.cancel();
      },
    });
    const run = await produce(host);
    const before = await host.history();
    const answer = await host.openScenario(long, ({ done, total }) => {
      expect(total).toBe(3_000);
      told.push(done);
    });
    expect(answer.ok ? 'opened' : answer.error.code).toBe('engine/cancelled');
    expect(breaths).toBe(3);
    expect(told).toHaveLength(3);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
    expect(told.at(-1)).toBeLessThan(3_000);
    expect(await host.history()).toEqual(before);
    expect((await value(host.rerun(run.blockId, VIRTUAL))).digest).toBe(run.digest);
  });

  it.runIf(FULL)(
    'of 200,000 transactions is verified in ten seconds of the processor, in flat memory',
    {
      timeout: 120_000,
    },
    async () => {
      const usual = {
        ...long,
        settings: defaultSettings({ sharedMemory: true, cores: 2, roundsPerUs: 1_000 }),
      };
      const host = testHost();
      const before = process.memoryUsage().rss;
      let most = before;
      const cpu = process.cpuUsage();
      const { verification } = await value(
        host.openScenario({ ...usual, blocks: 1_000 }, () => {
          most = Math.max(most, process.memoryUsage().rss);
        }),
      );
      // A busy machine makes it wait; what it costs it costs everywhere.
      const { user, system } = process.cpuUsage(cpu);
      const processorMs = Math.round((user + system) / 1_000);
      const grown = Math.round((most - before) / 1e6);
      console.log(
        `1,000 blocks of 200 transactions: ${verification.durationMs} ms, of the processor ${processorMs} ms, ${grown} MB more`,
      );
      expect(verification.transactions).toBe(200_000);
      expect(processorMs).toBeLessThan(10_000);
      expect(grown).toBeLessThan(400);
    },
  );
});
