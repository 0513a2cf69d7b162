import { describe, expect, it } from 'vitest';
import type { Action, Scenario } from '../api/index.ts';
import { createPrng } from '../base/prng.ts';
import { gallery } from '../scenarios/gallery/index.ts';
import { produce, SETTINGS, started, testHost, value } from '../tests/testHost.ts';

const settings = { ...SETTINGS, traffic: { ...SETTINGS.traffic, transactionsPerBlock: 20 } };

describe('a scenario that is shared and opened', () => {
  it('gives the same chain, and says so', async () => {
    const host = await started(settings);
    await produce(host);
    await produce(host, [{ kind: 'splitPool', pool: 0, ways: 4 }]);
    const run = await produce(host, [{ kind: 'setTraffic', traffic: { hotPermille: 700 } }]);
    const view = { title: 'Three blocks', moment: { height: 2, permille: 500 }, panels: ['pool'] };
    const shared = await value(host.exportScenario(run.blockId, view));
    expect(shared.fragment!.length).toBeLessThan(2_000);

    const other = testHost();
    const scenario = await value(other.readScenario(`https://example.org/play/?x=1${shared.fragment}`));
    expect(scenario).toEqual(shared.scenario);
    const told: number[] = [];
    const opened = await value(other.openScenario(scenario, ({ done }) => told.push(done)));
    expect(opened.verification).toMatchObject({
      verdict: 'verified',
      expectedDigest: run.digest,
      actualDigest: run.digest,
      differsBetween: null,
      blocks: 3,
      transactions: 61,
    });
    expect(told.at(-1)).toBe(3);
    const { current, blocks } = await other.history();
    expect(current.height).toBe(2);
    expect(current.blockId).toBe(opened.blockId);
    expect(blocks).toHaveLength(4);
  });
});

describe('a scenario of much that was done', () => {
  /** So many blocks, each with sixteen payments of amounts that do not pack. */
  const crowded = (blocks: number): Scenario => {
    const prng = createPrng(1);
    const amount = () =>
      Array.from({ length: 4 }, () => String(prng.below(2 ** 31)))
        .join('')
        .slice(0, 38);
    const batch = () => Array.from({ length: 16 }, () => ({ to: prng.below(200), amount: `1${amount()}` }));
    return {
      format: 1,
      semantics: 1,
      title: 'Much',
      settings,
      blocks,
      actions: Array.from({ length: blocks }, (_, at) => ({
        height: at + 1,
        actions: [
          {
            kind: 'submit',
            transaction: {
              sender: at,
              module: 'bank',
              name: 'batchTransfer',
              args: { asset: 0, payments: batch() },
            },
          },
        ],
      })),
    };
  };

  it('fits a file where it is too much for a link, and nothing where it is too much for a file', async () => {
    const host = testHost();
    const { scenario, fragment } = await value(host.linkScenario(crowded(200)));
    expect(fragment).toBeNull();
    expect(await value(host.readScenario(JSON.stringify(scenario)))).toEqual(scenario);
    const answer = await host.linkScenario(crowded(400));
    expect(answer).toMatchObject({ ok: false, error: { code: 'scenario/too_large' } });
  });
});

describe('a block with as many actions as one may record', () => {
  it('takes no more of them, and can be shared', async () => {
    const host = await started(settings);
    const pay = (amount: number): Action => ({
      kind: 'submit',
      transaction: {
        sender: 1,
        module: 'bank',
        name: 'transfer',
        args: { asset: 0, to: 2, amount: `${amount}` },
      },
    });
    const first = await produce(
      host,
      Array.from({ length: 63 }, (_, at) => pay(at)),
    );
    const full = await value(host.edit(first.blockId, [pay(63)], { label: 'one more' }));
    expect(full.transactions).toHaveLength(64 + 20);
    const before = await host.history();
    const answer = await host.edit(full.blockId, [pay(64)], { label: 'too many' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'action/too_many', data: { max: 64 } } });
    expect(await host.history()).toEqual(before);
    const { scenario } = await value(host.exportScenario(full.blockId, { title: 'Full' }));
    const { verification } = await value(testHost().openScenario(scenario));
    expect(verification.verdict).toBe('verified');
  });
});

describe('the gallery', () => {
  it.each(gallery.map((scenario) => [scenario.id, scenario] as const))(
    '%s gives what it expects',
    async (_, scenario) => {
      const opened = await value(testHost().openScenario(scenario));
      expect(opened.verification.verdict).toBe('verified');
    },
  );
});
