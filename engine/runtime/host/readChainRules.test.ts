import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../tests/testHost.ts';
import { readSettings } from './readSettings.ts';

const withGenesis = (more: object) =>
  readSettings({ ...SETTINGS, genesis: { ...SETTINGS.genesis, ...more } });
const withTraffic = (more: object) =>
  readSettings({ ...SETTINGS, traffic: { ...SETTINGS.traffic, ...more } });

describe('the optional settings', () => {
  it('are not there when nothing is said', () => {
    const read = withGenesis({});
    expect(read.ok && read.value.genesis).toEqual(SETTINGS.genesis);
  });

  it('are read, modules in the order of the registry', () => {
    const rules = {
      modules: ['amm', 'bank'],
      mode: 'modular',
      fees: 'local',
      builder: 'conflictAware',
      keyGasCap: 5000,
      standby: { amm: 3 },
    };
    const read = withGenesis(rules);
    expect(read.ok && read.value.genesis).toEqual({
      ...SETTINGS.genesis,
      ...rules,
      modules: ['bank', 'amm'],
    });
    const shares = withTraffic({ shares: { payments: 400, swaps: 600 } });
    expect(shares.ok && shares.value.traffic.shares).toEqual({ payments: 400, swaps: 600 });
  });

  it.each([
    ['a mode of nobody', { mode: 'serial' }, 'settings/unknown_choice', 'mode'],
    ['a fee of nobody', { fees: 3 }, 'settings/unknown_choice', 'fees'],
    ['a name every object has', { builder: 'constructor' }, 'settings/unknown_choice', 'builder'],
    ['half a unit of gas', { keyGasCap: 0.5 }, 'settings/not_an_integer', 'keyGasCap'],
    ['gas below nothing', { keyGasCap: -1 }, 'settings/out_of_range', 'keyGasCap'],
    ['no list', { modules: 'bank' }, 'settings/not_a_list', 'modules'],
    ['no modules', { modules: [] }, 'settings/not_a_list', 'modules'],
    ['a module of nobody', { modules: ['bank', '__proto__'] }, 'settings/unknown_module', 'modules'],
    ['one that takes part in imports only', { modules: ['ethereum'] }, 'settings/unknown_module', 'modules'],
    ['the same twice', { modules: ['bank', 'bank'] }, 'settings/named_twice', 'modules'],
    ['one without what it needs', { modules: ['amm'] }, 'settings/module_missing', 'modules'],
    ['a standby that is not there', { standby: { casino: 1 } }, 'settings/unknown_knob', 'casino'],
    ['a standby that comes at once', { standby: { amm: 0 } }, 'settings/out_of_range', 'standby.amm'],
  ])('refuse %s', (_, given, code, knob) => {
    const read = withGenesis(given);
    expect(read.ok ? 'fine' : read.error).toMatchObject({ code, data: { knob } });
  });

  it('refuse shares of nobody and more than everything', () => {
    expect(withTraffic({ shares: { casino: 1 } })).toMatchObject({
      error: { code: 'settings/unknown_knob' },
    });
    expect(withTraffic({ shares: { payments: 600, swaps: 600 } })).toMatchObject({
      error: { code: 'settings/shares_too_large', data: { given: 1200 } },
    });
  });
});
