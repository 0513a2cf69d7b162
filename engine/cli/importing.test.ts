import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createPrng } from '../base/prng.ts';
import type { EngineHost } from '../runtime/engineHost.ts';
import { ADVICE } from '../tests/advice.ts';
import { documentOf, eachOf, switchyard } from '../tests/commandLine.ts';
import { generateAccessList } from '../tests/imports/accessListModel.ts';
import { generateRpcBlock, rpcBlock, rpcFile } from '../tests/imports/rpcModel.ts';
import { accessListSamples, presence, rpcSamples } from '../tests/imports/samples.ts';
import { SETTINGS, testHost, value } from '../tests/testHost.ts';
import { wrongPool } from '../tests/wrongPool.ts';
import { answer } from './commandLine.ts';
import type { Stage } from './verb.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
afterAll(() => rmSync(folder, { recursive: true }));
const pathOf = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const KEYS = [
  'kind',
  'block',
  'transactions',
  'keys',
  'criticalPath',
  'criticalPathWithoutFeeRecipient',
  'independentShare',
  'executions',
  'aborts',
  'chainDigest',
  'readsMatch',
  'finalValuesMatch',
  'matchesSequential',
];
const FINE = { readsMatch: true, finalValuesMatch: true, matchesSequential: true };
const VARIANTS = [
  [],
  ['--executor', 'sequential'],
  ['--virtual-cores', '16', '--schedule-seed', '3', '--track-fee-recipient'],
  ['--workers', '2'],
  ['--executor', 'module-lanes', '--track-fee-recipient'],
];

describe('import', () => {
  it('gives one chain on all executors, whether the fee recipient is tracked or not', async () => {
    const { file, transactions } = generateAccessList(createPrng(5, 'list'), 30);
    const list = pathOf('20.rlp', file);
    const answers = await eachOf(VARIANTS, (flags) => ['import', list, ...flags, '--json']);
    const said = answers.map(([, answer]) => documentOf(answer));
    for (const figures of said) {
      expect(Object.keys(figures).slice(0, KEYS.length)).toEqual(KEYS);
      expect(figures).toMatchObject({ ...FINE, kind: 'blockAccessList', block: '20', transactions });
      expect(figures.criticalPath).toBeGreaterThanOrEqual(Number(figures.criticalPathWithoutFeeRecipient));
    }
    expect(new Set(said.map(({ chainDigest }) => chainDigest)).size).toBe(1);
    expect(said.map(({ feeRecipient }) => feeRecipient)).toEqual([
      'exempt',
      'exempt',
      'tracked',
      'exempt',
      'tracked',
    ]);
    expect(said.map(({ clock }) => clock)).toEqual(['virtual', 'virtual', 'virtual', 'measured', 'virtual']);
    expect(answers.map(([, { code }]) => code)).toEqual([0, 0, 0, 0, 0]);
  });

  it('reads a block as a node answers it, and is readable without --json', async () => {
    const block = rpcFile(rpcBlock(generateRpcBlock(createPrng(6, 'block'), 25)), true);
    const path = pathOf('block.json', block);
    const said = documentOf(await switchyard(['import', path, '--json']));
    expect(said).toMatchObject({ ...FINE, kind: 'rpcBlock', block: '16', transactions: 25 });
    const { stdout } = await switchyard(['import', path]);
    expect(stdout).toContain(`chain digest        ${said.chainDigest}\n`);
    expect(stdout).toMatch(/^reads match {9}yes ✓ \(\d+ checked\)$/m);
  });

  it('refuses what is no block with one line', async () => {
    const block = generateAccessList(createPrng(7, 'list'), 10).file;
    const files = [
      pathOf('cut.rlp', block.subarray(0, -7)),
      pathOf('nested.rlp', new Uint8Array(3_000).fill(0xc1)),
      pathOf('deep.json', '{"transactions":'.repeat(100_000)),
      pathOf('million.json', `{"transactions":[${'{},'.repeat(1_000_000)}{}]}`),
      pathOf('large.rlp', new Uint8Array(33 * 1024 * 1024).fill(0xc0)),
      pathOf('empty', ''),
      pathOf('object.json', '{"number": "0x1"}'),
      folder,
      join(folder, 'absent'),
    ];
    for (const [path, answer] of await eachOf(files, (file) => ['import', file, '--json'])) {
      expect(answer.code, path).toBe(2);
      expect(answer.stdout).toBe('');
      expect(answer.stderr.trimEnd()).toMatch(/^[^\n]{20,400}$/);
      expect(answer.stderr).toMatch(ADVICE);
      expect(answer.stderr).not.toContain('    at ');
    }
  });
});

describe('a block that does not come out as its file says', () => {
  const told = async (path: string, host: EngineHost) => {
    const stage: Stage = {
      createEngine: () => host,
      progress: () => {},
      milestone: () => {},
      onInterrupt: () => {},
    };
    const { lines, exitCode } = await answer(['import', path, '--json'], stage);
    expect(lines).toHaveLength(1);
    const readable = await answer(['import', path], stage);
    return { said: JSON.parse(lines[0]!), report: readable.lines, codes: [exitCode, readable.exitCode] };
  };
  const list = pathOf('30.rlp', generateAccessList(createPrng(5, 'list'), 30).file);

  /** The engine, except that another transaction stands in the block at a place. */
  const withAnother = (index: number): EngineHost => {
    const host = testHost();
    const transaction = {
      sender: 0,
      module: 'bank',
      name: 'transfer',
      args: { asset: 0, to: 1, amount: '1' },
    };
    const produceBlock: EngineHost['produceBlock'] = async (actions) => {
      const { blockId } = await value(host.produceBlock(actions));
      return host.edit(blockId, [{ kind: 'replace', index, transaction }], { label: 'another' });
    };
    return { ...host, produceBlock };
  };

  it('is a check that failed: what the next ones read was not written', async () => {
    const { said, report, codes } = await told(list, withAnother(0));
    expect(Object.keys(said).slice(0, KEYS.length)).toEqual(KEYS);
    expect(said).toMatchObject({ readsMatch: false, finalValuesMatch: true, matchesSequential: true });
    expect(report.join('\n')).toMatch(/^reads match {9}NO ✗ /m);
    expect(codes).toEqual([1, 1]);
  });

  it('is a check that failed: the last values of some keys were not written', async () => {
    const { said, report, codes } = await told(list, withAnother(29));
    expect(said).toMatchObject({ finalValuesMatch: false, matchesSequential: true });
    expect(report.join('\n')).toMatch(/^final values match {2}NO ✗ /m);
    expect(codes).toEqual([1, 1]);
  });

  it('is a check that failed: the executor came to another state than the oracle', async () => {
    const { said, report, codes } = await told(list, testHost({ createPool: wrongPool }));
    expect(said).toMatchObject({ readsMatch: true, finalValuesMatch: true, matchesSequential: false });
    expect(said.executeMs).toBe(null);
    expect(report.join('\n')).toMatch(/^time {16}–$/m);
    expect(report.join('\n')).toMatch(/^equals sequential {3}NO ✗$/m);
    expect(codes).toEqual([1, 1]);
  });
});

describe('a scenario of a real block', () => {
  it('is run and verified with its file, and with no other', async () => {
    const file = rpcFile(rpcBlock(generateRpcBlock(createPrng(8, 'block'), 20)));
    const path = pathOf('16.json', file);
    const other = pathOf('17.json', rpcFile(rpcBlock(generateRpcBlock(createPrng(9, 'block'), 20))));
    const host = testHost();
    await value(host.importBlock(file, '16.json', SETTINGS));
    const { blockId, digest } = await value(host.produceBlock([]));
    const { scenario, fragment } = await value(host.exportScenario(blockId, { title: 'A real block' }));
    const named = pathOf('scenario.json', JSON.stringify(scenario));
    const calls = [
      ['link', 'verify', fragment!, '--file', path],
      ['run', '--scenario', named, '--file', path, '--virtual-cores', '3'],
      ['link', 'verify', fragment!],
      ['run', '--scenario', named, '--file', other],
    ];
    const answers = (await eachOf(calls, (words) => [...words, '--json'])).map(([, answer]) => answer);
    expect(documentOf(answers[0]!)).toMatchObject({ verdict: 'verified', actualDigest: digest });
    expect(documentOf(answers[1]!)).toMatchObject({ chainDigest: digest, transactions: 20, blocks: 1 });
    expect(answers[2]!.stderr).toMatch(/give its file “16.json” with --file/);
    expect(answers[3]!.stderr).toMatch(/another file/);
    expect(answers.map(({ code }) => code)).toEqual([0, 0, 2, 2]);
  });
});

describe.skipIf(accessListSamples.length === 0)(`real blocks (${presence})`, () => {
  it('are executed as their files say', async () => {
    const all = [...accessListSamples, ...rpcSamples];
    const chosen = process.env.FULL ? all : [accessListSamples[0]!, rpcSamples[0]!];
    const paths = chosen.map(({ name, file }) => pathOf(name, file));
    for (const [path, answer] of await eachOf(paths, (file) => ['import', file, '--json'])) {
      expect(documentOf(answer), path).toMatchObject(FINE);
      expect(answer.code).toBe(0);
    }
  });
});
