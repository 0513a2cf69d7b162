import { describe, expect, it } from 'vitest';
import type { Settings } from '../../engine/api/index.ts';
import { readAddress } from './address.ts';

const defaults: Settings = {
  genesis: { seed: 1, accounts: 200, assets: 4, pools: 8, bankPartition: 'asset' },
  traffic: { transactionsPerBlock: 200, swapPermille: 500, hotPermille: 100, work: 20_000 },
  execution: {
    executor: 'blockStm',
    cores: { kind: 'real', count: 2 },
    scheduleSeed: 1,
    granularity: 'slot',
    feeRecipient: 'exempt',
  },
};

describe('the address', () => {
  it('wishes nothing when it says nothing', () => {
    expect(readAddress('').settings(defaults)).toEqual(defaults);
    expect(readAddress('?utm=1').story).toBe(true);
  });

  it('may be the small page in another one, in its colours', () => {
    expect(readAddress('?embed=1&theme=light')).toMatchObject({ embed: true, theme: 'light', errors: [] });
    expect(readAddress('?embed')).toMatchObject({ embed: true, theme: null });
    expect(readAddress('?theme=red')).toMatchObject({ embed: false, theme: null });
  });

  it('asks for a seed, cores, a hot share, skew', () => {
    const wishes = readAddress(
      '?cores=virtual:8&seed=3&hot=92.5&story=off&schedule=9&transactions=50&work=9000&skew=12.5',
    );
    expect(wishes.story).toBe(false);
    expect(wishes.errors).toEqual([]);
    const settings = wishes.settings(defaults);
    expect(settings.genesis.seed).toBe(3);
    expect(settings.traffic).toMatchObject({
      hotPermille: 925,
      skewPermille: 125,
      transactionsPerBlock: 50,
      work: 9000,
    });
    expect(settings.execution).toMatchObject({ cores: { kind: 'virtual', count: 8 }, scheduleSeed: 9 });
  });

  it('answers nonsense with errors and the defaults', () => {
    const wishes = readAddress('?cores=many&seed=-1&hot=hot&skew=101&transactions=1e9&schedule=99999999999');
    expect(wishes.errors.map((error) => error.code)).toEqual([
      'address/bad_value',
      'address/bad_value',
      'address/bad_value',
      'address/bad_value',
      'address/bad_value',
      'address/bad_cores',
    ]);
    expect(wishes.settings(defaults)).toEqual(defaults);
  });
});
