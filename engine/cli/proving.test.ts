import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Scenario } from '../api/index.ts';
import { SEMANTICS_VERSION } from '../chain/digest.ts';
import { documentOf, eachOf, switchyard } from '../tests/commandLine.ts';
import { SETTINGS } from '../tests/testHost.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SCENARIO = ['--scenario', 'one-hot-account'];
const proofPath = join(folder, 'proof.json');

describe('prove, verify-proof', () => {
  it('prove a key that others check against a root, with 0, 1 and 2 as answers', async () => {
    const out = ['--key', 'bank/supply/0', '--out', proofPath, '--json'];
    const said = documentOf(await switchyard(['prove', ...SCENARIO, '--height', '1', ...out]));
    expect(said).toMatchObject({
      height: 1,
      key: 'bank/supply/0',
      present: true,
      verdict: 'valid',
      out: proofPath,
    });
    const text = readFileSync(proofPath, 'utf8');
    expect(JSON.parse(text)).toEqual(said.proof);
    const roots = { state: String(said.stateRoot), block: String(said.blockRoot) };

    const damagedPath = join(folder, 'damaged.json');
    writeFileSync(damagedPath, text.replace(/"value":"../, '"value":"ff'));
    const cutPath = join(folder, 'cut.json');
    writeFileSync(cutPath, text.slice(0, -1));
    const bytesPath = join(folder, 'bytes.json');
    writeFileSync(
      bytesPath,
      Buffer.concat([Buffer.from(text.slice(0, 40)), Buffer.of(0xff), Buffer.from(text.slice(41))]),
    );
    const calls: readonly (readonly [words: readonly string[], code: number, result?: string])[] = [
      [[proofPath], 0, 'valid'],
      [[proofPath, '--root', roots.state], 0, 'valid'],
      [[proofPath, '--root', `0x${roots.block.toUpperCase()}`], 0, 'valid'],
      [[proofPath, '--root', 'ab'.repeat(32)], 1, 'invalid'],
      [[damagedPath], 1, 'invalid'],
      [[cutPath], 2, 'malformed'],
      [[bytesPath], 2, 'malformed'],
      [[proofPath, '--root', 'abc'], 2],
      [[join(folder, 'nothing')], 2],
    ];
    const answers = await eachOf(calls, ([words]) => ['verify-proof', ...words, '--json']);
    for (const [[words, code, result], answer] of answers) {
      expect(answer.code, words.join(' ')).toBe(code);
      if (result === undefined) expect(answer.stderr).toMatch(/^[^\n]+\n$/);
      else expect(documentOf(answer)).toMatchObject({ result });
    }
    const piped = await switchyard(['verify-proof', '-'], text);
    expect([piped.code, piped.stdout]).toEqual([0, 'valid (the key has a value)\n']);
  });

  it('of a log prove that something was written, and when', async () => {
    const goods: Scenario = {
      format: 1,
      semantics: SEMANTICS_VERSION,
      title: 'Goods',
      settings: {
        genesis: { ...SETTINGS.genesis, modules: ['bank', 'supplyChain'], mode: 'modular' },
        traffic: { ...SETTINGS.traffic, shares: { shipments: 900 } },
        execution: SETTINGS.execution,
      },
      blocks: 2,
      actions: [],
    };
    const scenarioPath = join(folder, 'goods.json');
    writeFileSync(scenarioPath, JSON.stringify(goods));
    const scenario = ['--scenario', scenarioPath];
    const logPath = join(folder, 'log.json');
    const key = ['--key', 'supplyChain/steps/0/0/0', '--out', logPath];
    const said = documentOf(await switchyard(['prove', ...scenario, ...key, '--json']));
    expect(said).toMatchObject({ present: true, storage: 'appendLog', verdict: 'valid', height: 2 });
    const readable = await switchyard(['verify-proof', logPath, '--root', String(said.blockRoot)]);
    expect([readable.code, readable.stdout]).toEqual([0, 'valid (the key was given a value in block 0)\n']);
    writeFileSync(logPath, readFileSync(logPath, 'utf8').replace('"height":0', '"height":1'));
    const lie = await switchyard(['verify-proof', logPath, '--json']);
    expect([lie.code, documentOf(lie).result]).toEqual([1, 'invalid']);
    const audit = await switchyard(['audit', ...scenario, '--module', 'supplyChain', '--json']);
    expect(audit.code).toBe(0);
  });

  it('prove that a key is absent, at genesis and in any other storage', async () => {
    const calls = [
      ['--height', '0', '--key', 'kernel/fees/1'],
      ['--key', 'bank/supply/77'],
      ['--mode', 'modular', '--key', 'kernel/accounts/4000000000'],
    ];
    for (const [words, answer] of await eachOf(calls, (words) => [
      'prove',
      ...SCENARIO,
      ...words,
      '--json',
    ])) {
      const said = documentOf(answer);
      expect(said, words.join(' ')).toMatchObject({
        present: false,
        value: null,
        verdict: 'valid',
        out: null,
      });
    }
  });

  it('say in one line what was wrong', async () => {
    const calls = [
      ['--key', 'bank/supply'],
      ['--key', 'bank/nothing/1'],
      ['--key', 'bank/supply/x'],
      ['--mode', 'modular', '--key', 'bank/supply/0'],
      ['--key', 'bank/supply/0', '--out', join(folder, 'no', 'such', 'place')],
      ['--height', '-1', '--key', 'bank/supply/0'],
      [],
    ];
    for (const [words, answer] of await eachOf(calls, (words) => ['prove', ...SCENARIO, ...words])) {
      expect([answer.code, answer.stdout], words.join(' ')).toEqual([2, '']);
      expect(answer.stderr).toMatch(/^[^\n]+\n$/);
    }
  });
});

describe('audit', () => {
  it('checks a module alone, in both modes', async () => {
    const modes = ['monolithic', 'modular'];
    const answers = await eachOf(modes, (mode) => [
      'audit',
      ...SCENARIO,
      '--module',
      'bank',
      '--mode',
      mode,
      '--json',
    ]);
    const [monolithic, modular] = answers.map(([, answer]) => documentOf(answer));
    for (const said of [monolithic!, modular!]) {
      expect(said).toMatchObject({ module: 'bank', height: 2, rootMatches: true });
      expect(said.recomputedRoot).toBe(said.recordedRoot);
      expect(said.invariants).toContainEqual(expect.objectContaining({ name: 'noZeroBalance', holds: true }));
      expect(said.history).toEqual({ blocks: 2, transactions: 400, failed: 0 });
    }
    expect(modular!.storage).toBe('flatMap');
    expect(modular!.recordedRoot).not.toBe(monolithic!.recordedRoot);
  });

  it('knows who takes part', async () => {
    const answer = await switchyard(['audit', ...SCENARIO, '--module', 'casino']);
    expect([answer.code, answer.stdout]).toEqual([2, '']);
    expect(answer.stderr).toContain('bank, amm');
  });
});
