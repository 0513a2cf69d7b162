import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../api/index.ts';
import type { Result } from '../base/result.ts';
import { moduleSet } from '../runtime/modules.ts';
import { scenarioReaders } from '../runtime/host/scenarioReaders.ts';
import { someScenario } from '../tests/scenarios/someScenario.ts';
import { CHECKPOINT_DIGITS, checkpointHeights, differsBetween, expectedDigests } from './checkpoints.ts';
import { SCENARIO_LIMITS } from './limits.ts';
import { decodeLink, encodeLink, LINK_MARK } from './link.ts';
import { parseScenario, readScenario } from './readScenario.ts';
import { actionsByBlock, runLengths } from './runLengths.ts';
import { requireUpgraders, upgrade } from './upgraders.ts';
import { verdictOf } from './verdict.ts';

const readers = scenarioReaders(moduleSet);
const FULL = process.env.FULL === '1';

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

describe('a legal scenario', () => {
  it('comes back the same through JSON and a link', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(someScenario, fc.boolean(), async (given, address) => {
        const scenario = unwrap(readScenario(given, readers));
        const json = JSON.stringify(scenario);
        const fragment = unwrap(await encodeLink(json));
        expect(fragment).toMatch(/^#s=d1\.[A-Za-z0-9_-]+$/);
        const link = address ? `https://example.org/sub/?embed=1${fragment}` : `  ${fragment}\n`;
        const text = unwrap(await decodeLink(link));
        expect(text).toBe(json);
        expect(unwrap(parseScenario(text, readers))).toEqual(scenario);
        // What was read says everything: reading it again adds nothing.
        expect(JSON.stringify(unwrap(readScenario(JSON.parse(json), readers)))).toBe(json);
      }),
      { numRuns: FULL ? 1_000 : 60 },
    );
  });
});

describe('recorded actions', () => {
  const hot = (hotPermille: number): Action => ({ kind: 'setTraffic', traffic: { hotPermille } });
  const blocks = fc.array(
    fc.array(fc.constantFrom(hot(1), hot(2), { kind: 'splitPool', pool: 0, ways: 2 } as Action), {
      maxLength: 2,
    }),
    { maxLength: 40 },
  );

  it('stand once for a run of blocks, and are told apart again', () => {
    fc.assert(
      fc.property(blocks, (actions) => {
        const entries = runLengths(actions);
        expect([...actionsByBlock(entries, actions.length)]).toEqual(actions);
        let after = 0;
        for (const { height, repeat = 0 } of entries) {
          expect(height).toBeGreaterThan(after);
          after = height + repeat;
        }
      }),
    );
    const thousand = Array.from({ length: 1_000 }, () => [hot(5)]);
    expect(runLengths(thousand)).toEqual([{ height: 1, repeat: 999, actions: [hot(5)] }]);
  });
});

describe('checkpoints', () => {
  it('are at most 32, ascend, and lie between genesis and the last block, whatever its height', () => {
    for (let blocks = 1; blocks <= SCENARIO_LIMITS.blocks; blocks += blocks < 200 ? 1 : 97) {
      const heights = checkpointHeights(blocks);
      expect(heights).toHaveLength(Math.min(SCENARIO_LIMITS.checkpoints, blocks - 1));
      let before = 0;
      let widest = 0;
      for (const height of [...heights, blocks]) {
        expect(height).toBeGreaterThan(before);
        widest = Math.max(widest, height - before);
        before = height;
      }
      expect(before).toBe(blocks);
      expect(widest).toBeLessThanOrEqual(Math.ceil(blocks / (heights.length + 1)));
    }
  });

  it('find the interval in which a chain left what was expected', () => {
    const digestsFrom = (blocks: number, left: number): string[] =>
      Array.from({ length: blocks + 1 }, (_, height) =>
        `${height >= left ? 'b' : 'a'}${height.toString(16)}`.padEnd(64, '0'),
      );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (blocks, seed) => {
        const expected = expectedDigests(digestsFrom(blocks, blocks + 1));
        for (const [height, prefix] of expected.checkpoints) {
          expect(prefix).toHaveLength(CHECKPOINT_DIGITS);
          expect(height).toBeLessThan(blocks);
        }
        expect(differsBetween(expected, digestsFrom(blocks, blocks + 1))).toBeNull();
        const left = 1 + (seed % blocks);
        const [same, other] = differsBetween(expected, digestsFrom(blocks, left))!;
        const stops = [0, ...checkpointHeights(blocks), blocks];
        expect(same).toBeLessThan(left);
        expect(other).toBeGreaterThanOrEqual(left);
        expect(stops.indexOf(other) - stops.indexOf(same)).toBe(1);
      }),
    );
  });
});

describe('a checkpoint at the last block', () => {
  it('does not hide where the chain was last the same', () => {
    const digests = ['a', 'b', 'c'].map((digit) => digit.repeat(64));
    const digest = `${'c'.repeat(63)}d`;
    const at = (...heights: number[]) =>
      heights.map((height) => [height, digests[height]!.slice(0, CHECKPOINT_DIGITS)] as const);
    expect(differsBetween({ digest, checkpoints: at(1, 2) }, digests)).toEqual([1, 2]);
    expect(differsBetween({ digest, checkpoints: at(2) }, digests)).toEqual([0, 2]);
  });
});

describe('a verdict', () => {
  const digests = ['0'.repeat(64), '1'.repeat(64)];
  const expected = expectedDigests(digests);

  it('is not given under other rules, or where nothing is expected', () => {
    expect(verdictOf({ semantics: 3, expected }, digests, 3).verdict).toBe('verified');
    expect(verdictOf({ semantics: 2, expected }, digests, 3)).toMatchObject({
      verdict: 'not_comparable',
      reason: 'older_rules',
      differsBetween: null,
    });
    expect(verdictOf({ semantics: 4, expected }, digests, 3).reason).toBe('newer_rules');
    expect(verdictOf({ semantics: 3 }, digests, 3)).toMatchObject({
      verdict: 'not_comparable',
      reason: 'nothing_expected',
      expectedDigest: null,
      actualDigest: digests[1],
    });
  });

  it('names where they differ', () => {
    const other = verdictOf({ semantics: 3, expected }, [digests[0]!, '2'.repeat(64)], 3);
    expect(other).toMatchObject({ verdict: 'differs', differsBetween: [0, 1] });
  });
});

describe('upgraders', () => {
  const upgraders = {
    1: (old: Readonly<Record<string, unknown>>) => ({ ...old, title: old.name }),
    2: (old: Readonly<Record<string, unknown>>) => ({ ...old, blocks: Number(old.blocks) * 2 }),
  };

  it('lead step by step from each older format to the present one', () => {
    const from = (format: number) => upgrade({ format, name: 'n', blocks: 5 }, upgraders, 3);
    expect(from(1)).toEqual({ ok: true, value: { format: 3, name: 'n', title: 'n', blocks: 10 } });
    expect(from(2)).toEqual({ ok: true, value: { format: 3, name: 'n', blocks: 10 } });
    expect(from(3)).toEqual({ ok: true, value: { format: 3, name: 'n', blocks: 5 } });
    expect(from(4)).toMatchObject({ ok: false, error: { code: 'scenario/newer_format' } });
  });

  it('must all be there when the engine starts', () => {
    expect(() => requireUpgraders(upgraders, 3)).not.toThrow();
    expect(() => requireUpgraders(upgraders, 4)).toThrow(/every older format/);
    expect(() => requireUpgraders({ 2: upgraders[2] }, 3)).toThrow(/every older format/);
    expect(() => requireUpgraders({}, 1)).not.toThrow();
  });
});

describe('a link', () => {
  it('is packed and unpacked in no time', { timeout: 60_000 }, async () => {
    const submit = (at: number): Action => ({
      kind: 'submit',
      transaction: {
        sender: at,
        module: 'bank',
        name: 'transfer',
        args: { asset: 0, to: at + 1, amount: `${at * 7919}` },
      },
    });
    const scenario = {
      ...fc.sample(someScenario, { seed: 5, numRuns: 1 })[0]!,
      blocks: 200,
      actions: runLengths(Array.from({ length: 200 }, (_, at) => [submit(at)])),
    };
    const json = JSON.stringify(unwrap(readScenario(scenario, readers)));
    const times: number[] = [];
    for (let i = 0; i < 25; i++) {
      const began = performance.now();
      const fragment = unwrap(await encodeLink(json));
      const between = performance.now();
      unwrap(parseScenario(unwrap(await decodeLink(fragment)), readers));
      times.push(between - began, performance.now() - between);
      expect(fragment.startsWith(LINK_MARK)).toBe(true);
    }
    // The least disturbed of each: a busy machine makes the others wait.
    const least = (odd: number) => Math.min(...times.filter((_, i) => i % 2 === odd));
    const letters = unwrap(await encodeLink(json)).length;
    console.log(
      `link with 200 actions: ${letters} letters, packed ${least(0).toFixed(1)} ms, unpacked ${least(1).toFixed(1)} ms`,
    );
    const most = FULL ? 5 : 50;
    expect(least(0)).toBeLessThan(most);
    expect(least(1)).toBeLessThan(most);
  });
});
