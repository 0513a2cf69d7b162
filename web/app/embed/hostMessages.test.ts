import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAddressed, readHostMessage } from './hostMessages.ts';
import { messageBudget } from './messageBudget.ts';

const message = (type: string, rest: object = {}): unknown => ({ switchyard: 1, type, ...rest });

function codeOf(data: unknown): string {
  const read = readHostMessage(data);
  return read.ok ? 'ok' : read.error.code;
}

describe('messages of a host page', () => {
  it('are read when they are sound', () => {
    expect(readHostMessage(message('play'))).toEqual({ ok: true, value: { type: 'play' } });
    expect(readHostMessage(message('seek', { permille: 500 }))).toEqual({
      ok: true,
      value: { type: 'seek', permille: 500 },
    });
    expect(readHostMessage(message('seek', { height: 3, permille: 0 }))).toEqual({
      ok: true,
      value: { type: 'seek', permille: 0, height: 3 },
    });
    expect(readHostMessage(message('load', { link: '#s=d1.abc' }))).toEqual({
      ok: true,
      value: { type: 'load', text: '#s=d1.abc' },
    });
    const scenario = { format: 1, title: 'x', panels: ['a', 'b'], settings: { genesis: { seed: 1 } } };
    const loaded = readHostMessage(message('load', { scenario }));
    expect(loaded.ok && loaded.value.type === 'load' && JSON.parse(loaded.value.text)).toEqual(scenario);
  });

  it('are left alone when they are meant for others', () => {
    for (const data of [
      null,
      undefined,
      7,
      'play',
      [],
      {},
      { type: 'play' },
      Object.create({ switchyard: 1 }),
    ]) {
      expect(isAddressed(data)).toBe(false);
    }
  });

  it('are refused with a code when they are not sound', () => {
    expect(codeOf({ switchyard: 2, type: 'play' })).toBe('embed/wrong_version');
    expect(codeOf({ switchyard: '1', type: 'play' })).toBe('embed/wrong_version');
    expect(codeOf({ switchyard: 1 })).toBe('embed/unknown_type');
    expect(codeOf(message('__proto__'))).toBe('embed/unknown_type');
    expect(codeOf(message('constructor'))).toBe('embed/unknown_type');
    expect(codeOf(message('toString'))).toBe('embed/unknown_type');
    expect(codeOf(message('play', { now: true }))).toBe('embed/unknown_field');
    expect(codeOf(JSON.parse('{"switchyard":1,"type":"play","__proto__":{"a":1}}'))).toBe(
      'embed/unknown_field',
    );
    expect(codeOf(message('seek'))).toBe('embed/bad_seek');
    for (const permille of [-1, 1001, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null, [], {}, 5n])
      expect(codeOf(message('seek', { permille }))).toBe('embed/bad_seek');
    for (const height of [0, -1, 1.5, 'one', null, {}, 2 ** 60])
      expect(codeOf(message('seek', { permille: 0, height }))).toBe('embed/bad_seek');
    expect(codeOf(message('load'))).toBe('embed/bad_load');
    expect(codeOf(message('load', { link: 'a', scenario: {} }))).toBe('embed/bad_load');
    for (const link of [7, {}, [], null, 'a'.repeat(100_000)])
      expect(codeOf(message('load', { link }))).toBe('embed/bad_load');
  });

  it('carry no scenario that is larger, deeper or stranger than one can be', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    const wide = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, 1]));
    const strange: unknown[] = [
      { deep },
      ring,
      wide,
      { list: new Array(10_000_000) },
      { text: 'a'.repeat(10_000_000) },
      { big: 1n },
      { buffer: new Uint8Array(1000) },
      { map: new Map() },
      [],
      7,
      null,
    ];
    for (const scenario of strange) {
      const began = performance.now();
      expect(codeOf(message('load', { scenario }))).toBe('embed/bad_load');
      expect(performance.now() - began).toBeLessThan(2000);
    }
  });

  it('never throw, and never answer an unknown shape', { timeout: 600_000 }, () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withTypedArray: true }), (noise) => {
        for (const data of [
          noise,
          message('load', { scenario: noise }),
          message(typeof noise === 'string' ? noise : 'load', { link: noise }),
        ]) {
          const read = readHostMessage(data);
          if (!read.ok) expect(read.error.code).toMatch(/^embed\/[a-z_]+$/);
        }
      }),
      { numRuns: process.env.FULL === undefined ? 200 : 10_000 },
    );
  });
});

describe('the budget of messages', () => {
  it('serves so many in a stretch, says once that it is spent, and begins anew', () => {
    const budget = messageBudget(3, 1000);
    expect([0, 1, 2, 3, 4, 5].map((ms) => budget.spend(ms))).toEqual([
      'granted',
      'granted',
      'granted',
      'refused',
      'silent',
      'silent',
    ]);
    expect(budget.spend(1000)).toBe('granted');
  });
});
