import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Scenario } from '../api/index.ts';
import { SEMANTICS_VERSION } from '../chain/digest.ts';
import { gallery } from '../scenarios/gallery/index.ts';
import { documentOf, eachOf, switchyard } from '../tests/commandLine.ts';
import { SETTINGS, testHost, value } from '../tests/testHost.ts';
import { wrongPool } from '../tests/wrongPool.ts';
import { answer } from './commandLine.ts';
import type { Stage } from './verb.ts';
import { withoutWrongTimes } from './verbs/benchTables.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Three small blocks; the second and the third crowd on one pool. */
const SMALL: Scenario = {
  format: 1,
  semantics: SEMANTICS_VERSION,
  title: 'Small',
  settings: {
    genesis: { ...SETTINGS.genesis, accounts: 40 },
    traffic: { transactionsPerBlock: 25, swapPermille: 500, hotPermille: 0, work: 1000 },
    execution: { ...SETTINGS.execution, cores: { kind: 'virtual', count: 4 } },
  },
  blocks: 3,
  actions: [{ height: 2, repeat: 1, actions: [{ kind: 'setTraffic', traffic: { hotPermille: 900 } }] }],
};

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const small = fileOf('small.json', JSON.stringify(SMALL));

/** The small scenario with what executing it gives, and its link. */
let link = '';
let digest = '';
beforeAll(async () => {
  link = String(documentOf(await switchyard(['link', 'encode', small, '--json'])).link);
  digest = String(documentOf(await switchyard(['link', 'verify', link, '--json'])).actualDigest);
});

describe('scenarios', () => {
  it('lists the gallery', async () => {
    const answer = await switchyard(['scenarios', '--json']);
    expect(documentOf(answer)).toEqual(gallery.map(({ id, title }) => ({ id, title })));
    expect(answer.code).toBe(0);
  });
});

describe('run under other rules', () => {
  const digestOf = async (...flags: string[]) => {
    const answer = await switchyard(['run', '--scenario', small, ...flags, '--json']);
    expect(answer.code).toBe(0);
    const { chainDigest, matchesSequential } = documentOf(answer);
    expect(matchesSequential).toBe(true);
    return chainDigest;
  };

  it('gives the same chain whether monolithic or modular, and another with a base fee', async () => {
    expect(await digestOf('--mode', 'modular')).toBe(digest);
    expect(await digestOf('--mode', 'monolithic', '--fees', 'fixed')).toBe(digest);
    const [global, local] = [await digestOf('--fees', 'global'), await digestOf('--fees', 'local')];
    expect(new Set([digest, global, local]).size).toBe(3);
  });
});

describe('run', () => {
  const RUN_KEYS = [
    'scenario',
    'executor',
    'workers',
    'blocks',
    'transactions',
    'reverted',
    'executions',
    'validations',
    'aborts',
    'criticalPath',
    'idealSpeedup',
    'executeMs',
    'transactionsPerSecond',
    'chainDigest',
    'matchesSequential',
    'clock',
    'notes',
  ];
  const VARIANTS: readonly (readonly string[])[] = [
    [],
    ['--executor', 'sequential'],
    ['--virtual-cores', '16', '--schedule-seed', '5'],
    ['--virtual-cores=16', '--schedule-seed=6'],
    ['--executor', 'sequential', '--workers', '2'],
    ['--executor', 'block-stm', '--workers', '3'],
    ['--executor', 'module-lanes', '--workers', '2'],
    ['--executor=module-lanes', '--virtual-cores', '6'],
  ];

  it('gives one chain on all executors, threads, virtual cores and schedules', async () => {
    const answers = await eachOf(VARIANTS, (flags) => ['run', '--scenario', small, ...flags, '--json']);
    for (const [flags, answer] of answers) {
      const said = documentOf(answer);
      const real = flags.includes('--workers');
      const keys = RUN_KEYS.map((key) => (key === 'workers' && !real ? 'virtualCores' : key));
      expect(Object.keys(said)).toEqual(keys);
      expect(said).toMatchObject({
        executor:
          ['sequential', 'module-lanes'].find((name) => flags.join(' ').includes(name)) ?? 'block-stm',
        clock: real ? 'measured' : 'virtual',
        blocks: 3,
        transactions: 75,
        chainDigest: digest,
        matchesSequential: true,
      });
      expect(said.executeMs).toBeGreaterThan(0);
      expect(said.idealSpeedup).toBeGreaterThanOrEqual(1);
      expect(said.executions).toBeGreaterThanOrEqual(75);
      expect(answer.code).toBe(0);
    }
    const figures = answers.map(([, answer]) => documentOf(answer));
    expect(
      new Set(figures.map(({ criticalPath, idealSpeedup }) => `${criticalPath} ${idealSpeedup}`)).size,
    ).toBe(1);
    expect(figures.map(({ workers, virtualCores }) => workers ?? virtualCores)).toEqual([
      4, 1, 16, 16, 1, 3, 2, 6,
    ]);
  });

  it('takes ids and links, stops earlier, goes on, and starts from another seed', async () => {
    const variants = [
      ['--scenario', link, '--blocks', '3'],
      ['--scenario', small, '--blocks', '1'],
      ['--scenario', small, '--blocks', '5'],
      ['--scenario', small, '--seed', '99'],
      ['--scenario', gallery[0]!.id!, '--blocks', '1'],
    ];
    const answers = await eachOf(variants, (flags) => ['run', ...flags, '--json']);
    const [same, shorter, longer, other, known] = answers.map(([, answer]) => documentOf(answer));
    expect(same).toMatchObject({ scenario: 'Small', chainDigest: digest });
    expect(shorter).toMatchObject({ blocks: 1, transactions: 25 });
    expect(longer).toMatchObject({ blocks: 5, transactions: 125, matchesSequential: true });
    expect(other).toMatchObject({ blocks: 3, matchesSequential: true });
    expect(known).toMatchObject({ scenario: gallery[0]!.id, blocks: 1 });
    const digests = [digest, shorter!.chainDigest, longer!.chainDigest, other!.chainDigest];
    expect(new Set(digests).size).toBe(4);
  });

  it('is a check that failed where the executor comes to another state than the oracle', async () => {
    const createEngine = () => testHost({ createPool: wrongPool });
    const stage: Stage = { createEngine, progress: () => {}, milestone: () => {}, onInterrupt: () => {} };
    const { lines, exitCode } = await answer(['run', '--scenario', small, '--json'], stage);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      blocks: 3,
      executeMs: null,
      transactionsPerSecond: null,
      matchesSequential: false,
    });
    expect(exitCode).toBe(1);
  });

  it('is readable without --json', async () => {
    const { stdout, code } = await switchyard(['run', '--scenario', small]);
    expect(stdout).toContain(`chain digest       ${digest}\n`);
    expect(stdout).toMatch(/^time {15}[\d.]+ ms \(virtual: a unit of gas takes 1 ns\)$/m);
    expect(stdout).toMatch(/^equals sequential {2}yes ✓$/m);
    expect(code).toBe(0);
  });
});

describe('link', () => {
  it('adds what is expected where the file does not say it, and keeps what it says', async () => {
    const added = documentOf(await switchyard(['link', 'encode', small, '--json']));
    expect(Object.keys(added)).toEqual(['link', 'length', 'expected']);
    expect(added).toEqual({ link, length: link.length, expected: 'added' });
    expect(link).toMatch(/^#s=d1\.[\w-]+$/);

    const expected = { digest: 'ab'.repeat(32), checkpoints: [] };
    const kept = fileOf('kept.json', JSON.stringify({ ...SMALL, expected }));
    const base = 'https://example.org/play/';
    const encoded = documentOf(await switchyard(['link', 'encode', kept, '--base', base, '--json']));
    expect(encoded).toMatchObject({ length: String(encoded.link).length, expected: 'kept' });
    expect(String(encoded.link).startsWith(`${base}#s=d1.`)).toBe(true);
    const verified = await switchyard(['link', 'verify', String(encoded.link), '--json']);
    expect(documentOf(verified)).toMatchObject({ expectedDigest: expected.digest, actualDigest: digest });
    expect(verified.code).toBe(1);
  });

  it('verifies a link, from stdin and a file too', async () => {
    const given = await switchyard(['link', 'verify', `https://example.org/${link}`, '--json']);
    expect(Object.keys(documentOf(given))).toEqual([
      'verdict',
      'expectedDigest',
      'actualDigest',
      'differsBetween',
      'reason',
      'blocks',
      'transactions',
      'durationMs',
    ]);
    expect(documentOf(given)).toMatchObject({
      verdict: 'verified',
      expectedDigest: digest,
      actualDigest: digest,
      differsBetween: null,
      blocks: 3,
      transactions: 75,
    });
    const piped = await switchyard(['link', 'verify', '-'], `${link}\n`);
    expect(piped.stdout).toMatch(/^verdict {10}verified ✓$/m);
    const fromFile = await switchyard(['link', 'verify', fileOf('link.txt', link)]);
    expect([given.code, piped.code, fromFile.code]).toEqual([0, 0, 0]);
  });

  it('names where a tampered link differs, and what cannot be compared', async () => {
    const scenario = await value(testHost().readScenario(link));
    const { settings } = scenario;
    const calm = [{ height: 3, actions: scenario.actions[0]!.actions }];
    const variants = [
      { ...scenario, settings: { ...settings, genesis: { ...settings.genesis, seed: 8 } } },
      { ...scenario, actions: calm },
      { ...scenario, semantics: SEMANTICS_VERSION + 1 },
      SMALL,
    ];
    const files = variants.map((variant, at) => fileOf(`variant${at}.json`, JSON.stringify(variant)));
    const answers = await eachOf(files, (file) => ['link', 'verify', file, '--json']);
    const [seed, action, newer, nothing] = answers.map(([, answer]) => documentOf(answer));
    expect(seed).toMatchObject({ verdict: 'differs', expectedDigest: digest, differsBetween: [0, 1] });
    expect(action).toMatchObject({ verdict: 'differs', differsBetween: [1, 2] });
    expect(newer).toMatchObject({ verdict: 'not_comparable', reason: 'newer_rules', differsBetween: null });
    expect(nothing).toMatchObject({
      verdict: 'not_comparable',
      reason: 'nothing_expected',
      expectedDigest: null,
      actualDigest: digest,
    });
    expect(answers.map(([, { code }]) => code)).toEqual([1, 1, 0, 0]);
  });
});

describe('bench', () => {
  const small = ['--work', '0', '--transactions', '64', '--runs', '3', '--json'];
  const SCALING = [
    'accounts',
    'workUs',
    'workers',
    'speedup',
    'interval',
    'hardwareCeiling',
    'ofCeiling',
    'executions',
    'aborts',
    'matchesSequential',
    'idealSpeedup',
    'transactionsPerSecond',
  ];

  const LANES = [
    'workUs',
    'crossingPercent',
    'lanes',
    'workers',
    'speedup',
    'interval',
    'hardwareCeiling',
    'ofCeiling',
    'laneSpeedup',
    'transactionsPerSecond',
    'sequentialPerSecond',
    'matchesSequential',
  ];

  it('measures rows of every kind, and holds them against the oracle', async () => {
    const verbs = [
      ['bench', 'throughput', '--accounts', '50', '--workers', '1,2'],
      ['bench', 'scaling', '--accounts', '2,50', '--workers', '2'],
      ['bench', 'chain', '--workers', '2'],
      ['bench', 'lanes', '--workers', '2', '--crossing', '0,50', '--lanes', '4'],
      ['bench', 'halt', '--workers', '2', '--lanes', '4'],
    ];
    const answers = await eachOf(verbs, (words) => [...words, ...small]);
    // Rows are told on stderr meanwhile; stdout holds the document and nothing else.
    const [throughput, scaling, chain, lanes, halt] = answers.map(([, answer]) =>
      documentOf({ ...answer, stderr: '' }),
    );
    const rowsOf = (said: Record<string, unknown> | undefined) => said!.rows as Record<string, unknown>[];
    const meanwhile = answers.map(([, { stderr }]) => stderr.trimEnd().split('\n'));
    expect(meanwhile[0]![2]).toMatch(
      /^row 3 of 3 after \d+ s: 50 accounts, 0 µs, block-stm, 2 threads: [\d,]+ payments\/s$/,
    );
    expect(meanwhile[1]![1]).toMatch(/^row 2 of 2 after \d+ s: 50 accounts, 0 µs, 2 threads: [\d.]+×$/);
    expect(meanwhile[2]).toEqual([expect.stringMatching(/^row 1 of 1 after \d+ s: 0 µs, 2 threads: /)]);
    expect(throughput).toMatchObject({ bench: 'throughput', transactions: 64, runs: 3 });
    expect(throughput!.cores).toBeGreaterThan(0);
    expect(rowsOf(throughput).map(({ executor, workers }) => `${executor} ${workers}`)).toEqual([
      'sequential 1',
      'block-stm 1',
      'block-stm 2',
    ]);
    const keys = ['executor', 'workers', 'workUs', 'accounts', 'transactionsPerSecond', 'matchesSequential'];
    for (const row of rowsOf(throughput)) expect(Object.keys(row)).toEqual(keys);
    expect(rowsOf(scaling).map(({ accounts }) => accounts)).toEqual([2, 50]);
    for (const row of rowsOf(scaling)) expect(Object.keys(row)).toEqual(SCALING);
    expect(rowsOf(chain)).toHaveLength(1);
    expect(rowsOf(chain)[0]!.startsPerTransaction).toBeGreaterThanOrEqual(1);
    expect(rowsOf(lanes).map((row) => row.crossingPercent)).toEqual([0, 50]);
    for (const row of rowsOf(lanes)) expect(Object.keys(row)).toEqual(LANES);
    expect(rowsOf(halt)).toMatchObject([{ lanes: 4, workers: 2, refused: 16 }]);
    for (const said of [throughput, scaling, chain, lanes, halt]) {
      for (const row of rowsOf(said)) expect(row.matchesSequential).toBe(true);
    }
    expect(answers.map(([, { code }]) => code)).toEqual([0, 0, 0, 0, 0]);
  });

  it('says no times of a row whose answer differs', () => {
    const row = { executor: 'block-stm', workers: 2, workUs: 5, accounts: 9 } as const;
    const told = { ...row, transactionsPerSecond: 7, matchesSequential: true };
    expect(withoutWrongTimes(told)).toEqual(told);
    const wrong = { ...row, transactionsPerSecond: null, matchesSequential: false };
    expect(withoutWrongTimes({ ...told, matchesSequential: false })).toEqual(wrong);
  });
});

/** A link with any text in it, packed by nothing of the engine's own. */
const linkTo = (text: string): string => `#s=d1.${deflateRawSync(Buffer.from(text)).toString('base64url')}`;

describe('bad input', () => {
  it('is one line on stderr that says what to do, and exit code 2', async () => {
    const junk = fileOf(
      'junk.bin',
      Uint8Array.from({ length: 5000 }, (_, at) => (at * 197) % 256),
    );
    const huge = fileOf('huge.json', `{"title": "${'x'.repeat(300_000)}"}`);
    const million = { height: 1, actions: [{ kind: 'setTraffic', traffic: { transactionsPerBlock: 100 } }] };
    const play = { sender: 1, module: 'casino', name: 'play', args: {} };
    const casino = { height: 1, actions: [{ kind: 'submit', transaction: play }] };
    const cases: readonly (readonly [words: readonly string[], said: RegExp])[] = [
      [[], /Name a verb: scenarios, run/],
      [['--json', 'scenarios'], /Name a verb before “--json”/],
      [['help', 'run', 'fast'], /“fast” is too much: switchyard help run/],
      [['link'], /link encode or link verify/],
      [['run', '--scenario', small, '--workers', '1', '--virtual-cores', '2'], /exclude each other/],
      [['run', '--scenario', small, '--wrokers', '1'], /run has no --wrokers; it has --scenario/],
      [['run', '--scenario', small, '--virtual-cores', '9'.repeat(30)], /from 1 to 64, not “9999/],
      [['import', folder, '--json'], /is a folder/],
      [['import', join(folder, 'absent'), '--json'], /There is no file/],
      [['bench', 'scaling', '--workers', '0,1', '--json'], /whole numbers from 1 to 32/],
      [['run', '--scenario', 'no-such'], /no scenario and no file called “no-such”/],
      [['run', '--scenario', folder], /is a folder/],
      [['run', '--scenario', junk], /is not a text/],
      [['run', '--scenario', huge], /has more than 256 kB/],
      [['run', '--scenario', small, '--workers', '8x'], /whole number from 1 to 32, not “8x”/],
      [['run', '--scenario', 'one-hot-account', '--blocks', '9999'], /at most 400000 are executed/],
      [['link', 'verify', link.slice(0, -20)], /damaged/],
      [['link', 'verify', linkTo(`{"title": "${'x'.repeat(40_000_000)}"}`)], /unpacks to more than 256 kB/],
      [['link', 'verify', linkTo(JSON.stringify({ ...SMALL, format: 2 }))], /Load the newest version/],
      [
        ['link', 'verify', linkTo(JSON.stringify({ ...SMALL, blocks: 10_000, actions: [million] }))],
        /asks for \d{6,} transactions/,
      ],
      [
        ['run', '--scenario', fileOf('twice.json', `{"title": "a", ${JSON.stringify(SMALL).slice(1)}`)],
        /stands twice/,
      ],
      [
        ['run', '--scenario', fileOf('proto.json', `{"__proto__": {}, ${JSON.stringify(SMALL).slice(1)}`)],
        /no field “__proto__”/,
      ],
      [
        ['run', '--scenario', fileOf('casino.json', JSON.stringify({ ...SMALL, actions: [casino] }))],
        /no transaction “casino.play”: choose/,
      ],
      [['bench', 'chain', '--work', '500', '--json'], /times transactions may come to/],
      [['link', 'encode', small, '--base', 'nowhere'], /--base must be the address/],
    ];
    for (const [[words, said], answer] of await eachOf(cases, ([words]) => words)) {
      expect(answer.stderr, words.join(' ')).toMatch(said);
      expect(answer.stderr.trimEnd()).not.toContain('\n');
      expect(answer.stdout).toBe('');
      expect(answer.code, words.join(' ')).toBe(2);
    }
  });
});
