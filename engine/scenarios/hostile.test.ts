import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../base/base64url.ts';
import { ADVICE } from '../tests/advice.ts';
import { cpuTimer } from '../tests/cpuTime.ts';
import { goldenLinks } from '../tests/scenarios/goldenLinks.ts';
import { produce, SETTINGS, started, testHost, value } from '../tests/testHost.ts';
import { deflate } from './deflate.ts';
import { SCENARIO_LIMITS } from './limits.ts';
import { decodeLink } from './link.ts';

const host = testHost();
const small = {
  format: 1,
  semantics: 1,
  title: 'Small',
  settings: { ...SETTINGS, traffic: { ...SETTINGS.traffic, transactionsPerBlock: 5 } },
  blocks: 4,
  actions: [] as unknown[],
};
const { genesis, traffic, execution } = small.settings;
const pay = {
  sender: 1,
  module: 'bank',
  name: 'transfer',
  args: { asset: 0, to: 2, amount: '5' } as Record<string, unknown>,
};
const submit = (transaction: object) => ({
  ...small,
  actions: [{ height: 1, actions: [{ kind: 'submit', transaction }] }],
});
const knob = (knobs: object) => ({
  ...small,
  settings: { genesis, execution, traffic: { ...traffic, ...knobs } },
});
const at = (...heights: number[]) => ({
  ...small,
  actions: heights.map((height) => ({ height, actions: [{ kind: 'setTraffic', traffic: { work: 1 } }] })),
});
const text = JSON.stringify(small);
/** The same text with a field before all others, or instead of a part of it. */
const opening = (field: string) => `{${field},${text.slice(1)}`;
const instead = (part: string, by: string) => text.replace(part, by);
const long = 'x'.repeat(200_000);

/** What a person may paste or a file may hold, and what is answered. */
const texts: [name: string, text: string | object, code: string][] = [
  ['nothing', '', 'scenario/not_json'],
  ['no JSON', 'hello', 'scenario/not_json'],
  ['half a JSON', text.slice(0, -3), 'scenario/not_json'],
  ['a list', '[]', 'scenario/not_a_record'],
  ['null', 'null', 'scenario/not_a_record'],
  ['a number', '1e400', 'scenario/not_a_record'],
  ['an empty record', '{}', 'scenario/no_format'],
  ['format 0', { ...small, format: 0 }, 'scenario/no_format'],
  ['format 1.5', { ...small, format: 1.5 }, 'scenario/no_format'],
  ['a format as a text', { ...small, format: '1' }, 'scenario/no_format'],
  ['a newer format', { ...small, format: 2 }, 'scenario/newer_format'],
  ['a format without end', instead('"format":1', '"format":1e400'), 'scenario/no_format'],
  ['semantics 0', { ...small, semantics: 0 }, 'scenario/out_of_range'],
  ['an unknown field', { ...small, more: 1 }, 'scenario/unknown_field'],
  ['__proto__', opening('"__proto__":{"blocks":3}'), 'scenario/unknown_field'],
  ['constructor', opening('"constructor":{"prototype":{}}'), 'scenario/unknown_field'],
  [
    '__proto__ among the settings',
    instead('"genesis":{', '"genesis":{"__proto__":{"seed":1},'),
    'settings/unknown_knob',
  ],
  ['__proto__ for the settings', instead('"settings":', '"__proto__":'), 'scenario/unknown_field'],
  [
    '__proto__ in a moment',
    opening('"moment":{"__proto__":{"permille":1},"height":1}'),
    'scenario/unknown_field',
  ],
  ['a moment by inheritance', { ...small, moment: { height: 1 } }, 'scenario/not_an_integer'],
  [
    'an action called constructor',
    { ...small, actions: [{ height: 1, actions: [{ kind: 'constructor' }] }] },
    'action/unknown_kind',
  ],
  [
    '__proto__ in an action',
    instead(
      '"actions":[]',
      '"actions":[{"height":1,"actions":[{"__proto__":{"kind":"splitPool"},"pool":0,"ways":2}]}]',
    ),
    'action/unknown_kind',
  ],
  ['a field twice', opening('"title":"Other"'), 'scenario/duplicate_field'],
  ['a field twice, written otherwise', opening('"\\u0074itle":"Other"'), 'scenario/duplicate_field'],
  ['a knob twice', instead('"seed":3', '"seed":3, "seed" : 4'), 'scenario/duplicate_field'],
  ['many levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'scenario/too_deep'],
  ['many levels of records', '{"a":'.repeat(40_000), 'scenario/too_deep'],
  ['too many bytes', JSON.stringify({ ...small, about: 'x'.repeat(300_000) }), 'scenario/too_large'],
  [
    'too many bytes in few letters',
    JSON.stringify({ ...small, about: '漢'.repeat(100_000) }),
    'scenario/too_large',
  ],
  ['too many megabytes', `{"title":"${'x'.repeat(20_000_000)}"}`, 'scenario/too_large'],
  ['an absurd title', { ...small, title: long }, 'scenario/too_long'],
  ['a title of spaces', { ...small, title: '  \n ' }, 'scenario/not_a_text'],
  ['half a letter', instead('"Small"', '"S\\ud800mall"'), 'scenario/not_a_text'],
  ['an absurd id', { ...small, id: `a${'-a'.repeat(90_000)}` }, 'scenario/not_an_id'],
  ['an id that is a path', { ...small, id: '../a' }, 'scenario/not_an_id'],
  ['an absurd field', { ...small, [long]: 1 }, 'scenario/unknown_field'],
  ['an absurd module', submit({ ...pay, module: long }), 'transaction/unknown_kind'],
  ['an absurd field of a transaction', submit({ ...pay, [long]: 1 }), 'transaction/unknown_field'],
  ['an absurd argument', submit({ ...pay, args: { ...pay.args, [long]: 1 } }), 'schema/unknown_field'],
  ['no blocks', { ...small, blocks: 0 }, 'scenario/out_of_range'],
  ['minus one block', { ...small, blocks: -1 }, 'scenario/out_of_range'],
  ['half a block', { ...small, blocks: 0.5 }, 'scenario/not_an_integer'],
  ['blocks without end', instead('"blocks":4', '"blocks":1e400'), 'scenario/not_an_integer'],
  ['blocks as a text', { ...small, blocks: '4' }, 'scenario/not_an_integer'],
  ['a million blocks', { ...small, blocks: 1_000_000 }, 'scenario/out_of_range'],
  [
    'a million transactions',
    { ...knob({ transactionsPerBlock: 10_000 }), blocks: 100 },
    'scenario/too_many_transactions',
  ],
  [
    'a million transactions by a knob',
    {
      ...small,
      blocks: 9_000,
      actions: [{ height: 2, actions: [{ kind: 'setTraffic', traffic: { transactionsPerBlock: 112 } }] }],
    },
    'scenario/too_many_transactions',
  ],
  [
    'a million transactions by repetition',
    {
      ...knob({ transactionsPerBlock: 1 }),
      blocks: 10_000,
      actions: [
        { height: 1, repeat: 9_999, actions: new Array(64).fill({ kind: 'submit', transaction: pay }) },
      ],
    },
    'scenario/too_many_transactions',
  ],
  ['gas without end', { ...knob({ work: 1_000_000 }), blocks: 9_000 }, 'scenario/too_much_gas'],
  [
    'gas without end by repetition',
    {
      ...small,
      blocks: 10_000,
      actions: [
        {
          height: 1,
          repeat: 9_999,
          actions: new Array(5).fill({ kind: 'submit', transaction: { ...pay, work: 1_000_000 } }),
        },
      ],
    },
    'scenario/too_much_gas',
  ],
  ['gas of 300 bits', submit({ ...pay, gasLimit: 2 ** 300 }), 'transaction/out_of_range'],
  ['a gas limit beyond all', submit({ ...pay, gasLimit: 50_000_001 }), 'transaction/out_of_range'],
  ['minus one', submit({ ...pay, args: { ...pay.args, amount: '-1' } }), 'schema/out_of_range'],
  [
    '300 bits',
    submit({ ...pay, args: { ...pay.args, amount: (2n ** 300n).toString() } }),
    'schema/out_of_range',
  ],
  [
    'a million digits',
    submit({ ...pay, args: { ...pay.args, amount: '9'.repeat(150_000) } }),
    'schema/not_an_integer',
  ],
  ['a fraction', submit({ ...pay, args: { ...pay.args, amount: 0.5 } }), 'schema/not_an_integer'],
  ['an exponent', submit({ ...pay, args: { ...pay.args, amount: '1e3' } }), 'schema/not_an_integer'],
  ['an unknown module', submit({ ...pay, module: 'casino' }), 'transaction/unknown_kind'],
  ['a transaction of genesis', submit({ ...pay, name: 'mint' }), 'transaction/genesis_only'],
  [
    'an inherited transaction',
    submit({ ...pay, module: '__proto__', name: 'constructor' }),
    'transaction/unknown_kind',
  ],
  ['a height twice', at(2, 2), 'scenario/not_ascending'],
  ['heights that go back', at(3, 2), 'scenario/not_ascending'],
  [
    'a repetition that goes on over the next',
    {
      ...small,
      actions: [{ ...(at(1).actions[0] as object), repeat: 2 }, at(3).actions[0]],
    },
    'scenario/not_ascending',
  ],
  ['a height beyond the end', at(5), 'scenario/beyond_the_end'],
  ['height 0', at(0), 'scenario/out_of_range'],
  [
    'a repetition beyond the end',
    { ...small, actions: [{ ...(at(2).actions[0] as object), repeat: 3 }] },
    'scenario/beyond_the_end',
  ],
  ['no actions at a height', { ...small, actions: [{ height: 1, actions: [] }] }, 'scenario/bad_actions'],
  ['too many entries', { ...small, actions: new Array(2_001).fill(0) }, 'scenario/too_long'],
  [
    'too many actions',
    { ...small, actions: [{ height: 1, actions: new Array(65).fill(0) }] },
    'action/too_many',
  ],
  ['a setting out of range', knob({ hotPermille: 1_001 }), 'settings/out_of_range'],
  ['a setting that is missing', { ...small, settings: { genesis, traffic } }, 'settings/missing'],
  ['a moment beyond the end', { ...small, moment: { height: 5, permille: 0 } }, 'scenario/beyond_the_end'],
  ['a moment after its block', { ...small, moment: { height: 1, permille: 1_001 } }, 'scenario/out_of_range'],
  ['too many panels', { ...small, panels: new Array(9).fill('p') }, 'scenario/too_long'],
  ['a caption beyond the end', { ...small, captions: [{ height: 9, text: 'x' }] }, 'scenario/beyond_the_end'],
  ['a digest that is short', { ...small, expected: { digest: 'ab', checkpoints: [] } }, 'scenario/not_hex'],
  [
    'checkpoints that go back',
    {
      ...small,
      expected: {
        digest: 'a'.repeat(64),
        checkpoints: [
          [2, 'aaaaaaaa'],
          [1, 'aaaaaaaa'],
        ],
      },
    },
    'scenario/out_of_range',
  ],
  [
    'too many checkpoints',
    { ...small, expected: { digest: 'a'.repeat(64), checkpoints: new Array(33).fill(0) } },
    'scenario/too_long',
  ],
  [
    'an unknown import',
    { ...small, blocks: 1, imported: { kind: 'exe', sha256: 'a'.repeat(64), name: 'a' } },
    'scenario/unknown_import',
  ],
  [
    'two blocks of one import',
    { ...small, imported: { kind: 'rpcBlock', sha256: 'a'.repeat(64), name: 'a' } },
    'scenario/one_block',
  ],
];

describe('a hostile scenario', () => {
  it.each(texts)('is refused at once: %s', async (_, given, code) => {
    const spentMs = cpuTimer();
    const answer = await host.readScenario(typeof given === 'string' ? given : JSON.stringify(given));
    expect(spentMs()).toBeLessThan(1_000);
    expect(answer.ok ? 'read' : answer.error.code).toBe(code);
    if (answer.ok) return;
    // It says what is wrong, and repeats little of what it was given.
    expect(answer.error.message).toMatch(/[.?!]$/);
    expect(answer.error.message).toMatch(ADVICE);
    expect(JSON.stringify(answer.error).length).toBeLessThan(500);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 7],
    ['bytes', new Uint8Array(4)],
    ['what only looks like a text', { toString: () => text }],
  ])('is refused when it is no text: %s', async (_, given) => {
    const answer = await host.readScenario(given as string);
    expect(answer.ok ? 'read' : answer.error.code).toBe('scenario/not_a_text');
  });

  it('does not touch what all objects inherit', () => {
    expect(({} as Record<string, unknown>).blocks).toBeUndefined();
    expect(({} as Record<string, unknown>).kind).toBeUndefined();
  });
});

const packed = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  `#s=d1.${toBase64Url(await deflate(bytes))}`;
const utf8 = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const good = goldenLinks[0]!.link;
const body = good.slice('#s=d1.'.length);

const links: [name: string, link: () => string | Promise<string>, code: string][] = [
  ['nothing', () => '', 'link/not_a_link'],
  ['another address', () => 'https://example.org/#section', 'link/not_a_link'],
  ['a mark alone', () => '#s=', 'link/damaged'],
  ['no codec', () => `#s=${body}`, 'link/damaged'],
  ['a codec that nobody knows', () => `#s=z1.${body}`, 'link/unknown_codec'],
  ['format 0', () => `#s=d0.${body}`, 'link/unknown_codec'],
  ['a newer format', () => `#s=d2.${body}`, 'link/newer_format'],
  ['a format without end', () => `#s=d99999.${body}`, 'link/damaged'],
  ['nothing in it', () => '#s=d1.', 'link/damaged'],
  ['foreign letters', () => `#s=d1.${body.slice(0, 20)}*${body.slice(20)}`, 'link/damaged'],
  ['letters of another base64', () => `#s=d1.${body.replace(/[-_]/, '+')}/`, 'link/damaged'],
  ['an escaped letter', () => good.replace(body.slice(5, 6), '%41'), 'link/damaged'],
  ['an end that was cut', () => good.slice(0, -9), 'link/damaged'],
  ['one letter less', () => good.slice(0, -1), 'link/damaged'],
  ['half of it', () => good.slice(0, good.length / 2), 'link/damaged'],
  ['something behind it', () => `${good}AAAA`, 'link/damaged'],
  ['the same twice', () => `${good}${body}`, 'link/damaged'],
  ['more than 64 kB', () => `#s=d1.${'A'.repeat(SCENARIO_LIMITS.linkLetters)}`, 'link/too_large'],
  ['a megabyte', () => `#s=d1.${'A'.repeat(1_000_000)}`, 'link/too_large'],
  ['no text', () => packed(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])), 'link/damaged'],
  ['half a letter in bytes', () => packed(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])), 'link/damaged'],
  ['no JSON', () => packed(utf8('hello')), 'scenario/not_json'],
  ['nothing, packed', () => packed(new Uint8Array(0)), 'scenario/not_json'],
  ['a bomb', async () => packed(new Uint8Array(40_000_000)), 'link/too_large'],
  [
    'just too much',
    async () => packed(new Uint8Array(SCENARIO_LIMITS.jsonBytes + 1).fill(0x20)),
    'link/too_large',
  ],
  [
    'a bomb in a bomb',
    async () => packed(await deflate(await deflate(new Uint8Array(100_000_000)))),
    'link/damaged',
  ],
];

describe('a hostile link', () => {
  it.each(links)('is refused at once: %s', { timeout: 30_000 }, async (_, make, code) => {
    const link = await make();
    const before = process.memoryUsage();
    const spentMs = cpuTimer();
    const answer = await (code.startsWith('link/not') ? decodeLink(link) : host.readScenario(link));
    expect(spentMs()).toBeLessThan(1_000);
    expect(answer.ok ? 'read' : answer.error.code).toBe(code);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(8_000_000);
    expect(answer.ok || answer.error.message).toMatch(/\.$/);
    expect(answer.ok || answer.error.message).toMatch(ADVICE);
  });

  it('may be as large as it may be, and not a byte larger', async () => {
    const padded = (bytes: number) => utf8(`${text}${' '.repeat(bytes - utf8(text).length)}`);
    expect((await host.readScenario(await packed(padded(SCENARIO_LIMITS.jsonBytes)))).ok).toBe(true);
  });
});

describe('a scenario that cannot be executed', () => {
  const replace = (index: number) => ({
    ...small,
    actions: [{ height: 3, actions: [{ kind: 'replace', index, transaction: pay }] }],
  });

  it.each<[string, object, string]>([
    ['an index that is not there', replace(5), 'action/no_such_transaction'],
    [
      'a pool that is not there',
      { ...small, actions: [{ height: 3, actions: [{ kind: 'splitPool', pool: 900, ways: 2 }] }] },
      'amm/unknown_pool',
    ],
    [
      'an action of imported blocks',
      {
        ...small,
        actions: [{ height: 3, actions: [{ kind: 'keepContract', address: `0x${'a'.repeat(40)}` }] }],
      },
      'action/not_imported',
    ],
  ])('names the block, and the chain before stays: %s', async (_, given, code) => {
    const before = await started(small.settings);
    await produce(before);
    const history = await before.history();
    const scenario = await value(before.readScenario(JSON.stringify(given)));
    const answer = await before.openScenario(scenario);
    if (answer.ok) throw new Error('it was opened');
    expect(answer.error.code).toBe(code);
    expect(answer.error.data?.height).toBe(3);
    expect(answer.error.message).toMatch(/^Block 3 cannot be made: /);
    expect(await before.history()).toEqual(history);
    const older = await before.openScenario({ ...scenario, semantics: 60_000 });
    expect(older.ok || older.error.message).toMatch(/recorded under other rules/);
    expect((await produce(before)).matchesOracle).toBe(true);
  });
});
