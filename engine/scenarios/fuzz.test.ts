import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../base/base64url.ts';
import type { Result } from '../base/result.ts';
import { moduleSet } from '../runtime/modules.ts';
import { scenarioReaders } from '../runtime/host/scenarioReaders.ts';
import { goldenLinks } from '../tests/scenarios/goldenLinks.ts';
import { someScenario } from '../tests/scenarios/someScenario.ts';
import { deflate, inflate } from './deflate.ts';
import { SCENARIO_LIMITS } from './limits.ts';
import { decodeLink } from './link.ts';
import { parseScenario, readScenario } from './readScenario.ts';

const numRuns = process.env.FULL === '1' ? 12_000 : 300;
const timeout = process.env.FULL === '1' ? 1_200_000 : 120_000;
const readers = scenarioReaders(moduleSet);

/** An answer that is fine: a typed error that says something, or a value that reads the same again. */
function expectSound(answer: Result<unknown>): void {
  if (!answer.ok) {
    expect(answer.error.code).toMatch(/^(link|scenario|settings|action|transaction|schema)\/[a-z_]+$/);
    expect(answer.error.message.length).toBeGreaterThan(10);
    expect(JSON.stringify(answer.error).length).toBeLessThan(1_000);
    return;
  }
  const json = JSON.stringify(answer.value);
  const again = parseScenario(json, readers);
  expect(again.ok && JSON.stringify(again.value)).toBe(json);
}

const read = async (link: string): Promise<Result<unknown>> => {
  const text = await decodeLink(link);
  return text.ok ? parseScenario(text.value, readers) : text;
};

const golden = fc.constantFrom(...goldenLinks.map(({ link }) => link));
const place = fc.double({ min: 0, max: 1, noNaN: true });
/** A cut, an insertion, or another piece in the place of one. */
const change = fc.record({
  from: place,
  length: fc.integer({ min: 0, max: 6 }),
  by: fc.oneof(
    fc.constant(''),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: fc.constantFrom(...'AQgw-_9'), maxLength: 6 }),
  ),
});
const changes = fc.array(change, { minLength: 1, maxLength: 3 });

describe('whatever is done', () => {
  it('to the letters of a link, it is read or refused', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(golden, changes, async (link, made) => {
        let text = link;
        for (const { from, length, by } of made) {
          const at = Math.floor(from * text.length);
          text = text.slice(0, at) + by + text.slice(at + length);
        }
        expectSound(await read(text));
      }),
      { numRuns },
    );
  });

  it('to the packed bytes, they are unpacked to a bounded text or refused', { timeout }, async () => {
    const flips = fc.array(fc.record({ at: place, by: fc.integer({ min: 1, max: 255 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(golden, flips, fc.uint8Array({ maxLength: 3 }), async (link, made, behind) => {
        const bytes = fromBase64Url(link.slice('#s=d1.'.length))!;
        for (const { at, by } of made) {
          const index = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
          bytes[index] = bytes[index]! ^ by;
        }
        const whole = new Uint8Array(bytes.length + behind.length);
        whole.set(bytes);
        whole.set(behind, bytes.length);
        const unpacked = await inflate(whole, SCENARIO_LIMITS.jsonBytes);
        if (unpacked.ok) expect(unpacked.value.length).toBeLessThanOrEqual(SCENARIO_LIMITS.jsonBytes);
        expectSound(await read(`#s=d1.${toBase64Url(whole)}`));
      }),
      { numRuns },
    );
  });

  it('is packed: bytes come back, and any bytes are read or refused', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const own = new Uint8Array(bytes);
        const packed = await deflate(own);
        const unpacked = await inflate(packed, 400);
        expect(unpacked.ok && [...unpacked.value]).toEqual([...own]);
        expect([...fromBase64Url(toBase64Url(own))!]).toEqual([...own]);
        if (own.length > 0) expect((await inflate(packed, own.length - 1)).ok).toBe(false);
        expectSound(await read(`#s=d1.${toBase64Url(own)}`));
        expectSound(await read(`#s=d1.${toBase64Url(packed)}`));
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
  });

  it('to the structure of a scenario, it is read or refused', { timeout }, () => {
    const poison = fc.oneof(
      fc.constantFrom<unknown>(
        null,
        true,
        -1,
        0.5,
        1e308,
        2 ** 53,
        '',
        '-1',
        '1e9',
        [],
        {},
        [[]],
        { __proto__: null, toString: 1 },
        'x'.repeat(300),
      ),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const twist = fc.record({
      at: fc.nat(),
      how: fc.constantFrom('replace', 'remove', 'rename', 'add'),
      name: fc.constantFrom(
        '__proto__',
        'constructor',
        'toString',
        'height',
        'kind',
        'actions',
        'length',
        '0',
      ),
      value: poison,
    });
    fc.assert(
      fc.property(someScenario, fc.array(twist, { minLength: 1, maxLength: 3 }), (scenario, twists) => {
        const whole = JSON.parse(JSON.stringify(scenario)) as object;
        for (const one of twists) apply(whole, one);
        expectSound(parseScenario(JSON.stringify(whole), readers));
        expectSound(readScenario(whole, readers));
      }),
      { numRuns },
    );
  });

  it('to the text of a scenario, it is read or refused', { timeout }, () => {
    fc.assert(
      fc.property(someScenario, changes, (scenario, made) => {
        let text = JSON.stringify(scenario);
        for (const { from, length, by } of made) {
          const at = Math.floor(from * text.length);
          text = text.slice(0, at) + by + text.slice(at + length);
        }
        expectSound(parseScenario(text, readers));
      }),
      { numRuns },
    );
  });
});

interface Twist {
  readonly at: number;
  readonly how: string;
  readonly name: string;
  readonly value: unknown;
}

/** Does something to one place of a structure, chosen among all of them. */
function apply(whole: object, { at, how, name, value }: Twist): void {
  const places: [object, string][] = [];
  const visit = (inside: object): void => {
    for (const [key, item] of Object.entries(inside)) {
      places.push([inside, key]);
      if (typeof item === 'object' && item !== null) visit(item as object);
    }
  };
  visit(whole);
  const chosen = places[at % Math.max(1, places.length)];
  if (chosen === undefined) return;
  const [inside, key] = chosen;
  const record = inside as Record<string, unknown>;
  const own = (field: string, given: unknown): void => {
    if (Array.isArray(inside)) {
      inside[Number(key)] = given;
      return;
    }
    Object.defineProperty(inside, field, {
      value: given,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  };
  if (how === 'replace') own(key, value);
  else if (how === 'add') own(name, value);
  else if (Array.isArray(inside)) inside.splice(Number(key), 1);
  else {
    const held = record[key];
    delete record[key];
    if (how === 'rename') own(name, held);
  }
}
