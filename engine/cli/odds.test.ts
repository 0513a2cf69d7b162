import { describe, expect, it, vi } from 'vitest';
import { documentOf, eachOf, switchyard } from '../tests/commandLine.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const said = async (words: string) => documentOf(await switchyard(['odds', ...words.split(' '), '--json']));

describe('odds', () => {
  it('of a double spend come near the exact value, and have the paper’s beside it', async () => {
    const played = await said('--attack double-spend --q 0.3 --z 5 --trials 200000 --seed 4');
    expect(Object.keys(played)).toEqual([
      'attack',
      'q',
      'z',
      'trials',
      'seed',
      'estimate',
      'interval',
      'exact',
      'paper',
    ]);
    expect(played).toMatchObject({ attack: 'double-spend', q: 0.3, z: 5, trials: 200_000, seed: 4 });
    expect(played.exact).toBeCloseTo(0.197624, 4);
    expect(played.paper).toBeCloseTo(0.1773523, 7);
    const [low, high] = played.interval as [number, number];
    expect(low).toBeLessThan(played.exact as number);
    expect(high).toBeGreaterThan(played.exact as number);
    expect(high - low).toBeLessThan(0.005);
    expect(await said('--seed=4 --z=5 --q=.3 --trials=200000 --attack=double-spend')).toEqual(played);
  });

  it('of selfish mining come near the closed form', async () => {
    const played = await said('--attack selfish --alpha 0.4 --gamma 0.5 --blocks 300000');
    expect(Object.keys(played)).toEqual([
      'attack',
      'alpha',
      'gamma',
      'blocks',
      'seed',
      'estimate',
      'interval',
      'exact',
      'threshold',
    ]);
    expect(played).toMatchObject({ exact: 0.5255813953488375, threshold: 0.25 });
    expect(Math.abs((played.estimate as number) - 0.52558)).toBeLessThan(0.005);
    expect(await said('--attack selfish --alpha 0.4')).toMatchObject({
      gamma: 0,
      blocks: 1_000_000,
      seed: 0,
    });
  });

  it('are readable without --json', async () => {
    const { stdout, code } = await switchyard('odds --attack selfish --alpha 0 --blocks 10'.split(' '));
    expect(stdout).toMatch(/^exact +0$/m);
    expect(stdout).toMatch(/^99 % interval +0 to 1$/m);
    expect(code).toBe(0);
  });

  it('refuse in one line what cannot be', async () => {
    const calls: readonly (readonly [words: string, message: string])[] = [
      ['', 'odds needs --attack double-spend|selfish.'],
      ['--attack double-spend --z 3', 'odds --attack double-spend needs --q X.'],
      ['--attack double-spend --q 0.1', 'odds --attack double-spend needs --z N.'],
      ['--attack selfish', 'odds --attack selfish needs --alpha X.'],
      [
        '--attack selfish --alpha 0.1 --trials 5',
        '--trials and --alpha exclude each other: leave out one of them.',
      ],
      ['--attack selfish --trials 5', 'odds --attack selfish takes no --trials: leave it out.'],
      ['--attack selfish --alpha 1.5', '--alpha must be a decimal number from 0 to 1, not “1.5”.'],
      ['--attack double-spend --q NaN --z 1', '--q must be a decimal number from 0 to 1, not “NaN”.'],
      ['--attack double-spend --q 0.1 --z -1', '--z must be a whole number from 0 to 10000, not “-1”.'],
      [
        '--attack double-spend --q 0.4 --z 10000 --trials 1000000',
        'With 10000 confirmations, at most 99502 trials can be played.',
      ],
    ];
    const answers = await eachOf(calls, ([words]) => [
      'odds',
      ...words.split(' ').filter((word) => word !== ''),
    ]);
    for (const [[, message], { code, stdout, stderr }] of answers) {
      expect([code, stdout, stderr]).toEqual([2, '', `${message}\n`]);
    }
  });
});
