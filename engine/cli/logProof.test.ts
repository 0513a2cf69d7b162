import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { LogTree } from '../storage/appendLog/logTree.ts';
import { documentOf, switchyard } from '../tests/commandLine.ts';
import { exactJson } from './exactJson.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
afterAll(() => rmSync(folder, { recursive: true }));
const verify = (content: unknown, ...flags: readonly string[]) => {
  const path = join(folder, 'proof.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return switchyard(['log-proof', 'verify', path, ...flags]);
};

const tree = new LogTree();
for (let i = 0; i < 7; i++) tree.append(Uint8Array.of(i));
const inclusion = {
  leafIndex: 4,
  treeSize: '7',
  root: toHex(tree.root()),
  leafHash: toHex(tree.leafHash(4)).toUpperCase(),
  proof: tree.inclusionProof(4).map(toHex),
};
const consistency = {
  size1: 3,
  size2: 7,
  root1: toHex(tree.root(3)),
  root2: toHex(tree.root()),
  proof: tree.consistencyProof(3).map(toHex),
};

describe('log-proof verify', () => {
  it('says of one proof by its exit code what it is', async () => {
    const cases = [
      [inclusion, 0, 'valid'],
      [consistency, 0, 'valid'],
      [{ ...inclusion, leafIndex: 5 }, 1, 'invalid'],
      [{ ...inclusion, treeSize: 4 }, 1, 'invalid'],
      [{ ...consistency, proof: [] }, 1, 'invalid'],
      [{ ...inclusion, root: 'ab' }, 2, 'malformed'],
      [{ ...consistency, size2: -7 }, 2, 'malformed'],
      [{}, 2, 'malformed'],
      ['7', 2, 'malformed'],
      ['{"leafIndex":', 2, 'malformed'],
      ['', 2, 'malformed'],
      ['\0\u0001', 2, 'malformed'],
      ['['.repeat(200_000), 2, 'malformed'],
    ] as const;
    for (const [content, code, result] of cases) {
      const answer = await verify(content, '--json');
      expect([answer.code, documentOf(answer).result]).toEqual([code, result]);
    }
    const readable = await verify(consistency);
    expect([readable.stdout, readable.code]).toEqual(['valid\n', 0]);
  });

  it('says of a list what each is, and ends well', async () => {
    const answer = await verify(
      [inclusion, 5, { ...consistency, root1: consistency.root2 }, [inclusion], consistency],
      '--json',
    );
    expect(answer.code).toBe(0);
    expect(documentOf(answer)).toEqual({
      results: ['valid', 'malformed', 'invalid', 'malformed', 'valid'],
      reasons: [null, expect.any(String), expect.any(String), expect.any(String), null],
    });
    expect(documentOf(await verify([], '--json')).results).toEqual([]);
    const readable = await verify([inclusion, 5]);
    expect(readable.stdout.split('\n')[1]).toMatch(/^ *0 +valid$/);
  });

  it('reads stdin, and refuses a file that is not there', async () => {
    const piped = await switchyard(['log-proof', 'verify', '-', '--json'], JSON.stringify(inclusion));
    expect([piped.code, documentOf(piped).result]).toEqual([0, 'valid']);
    const missing = await switchyard(['log-proof', 'verify', join(folder, 'nothing'), '--json']);
    expect([missing.code, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr).toContain('There is no file');
  });

  it('rounds no integer', async () => {
    const text = JSON.stringify({ ...inclusion, leafIndex: 0 }).replace(
      '"leafIndex":0',
      '"leafIndex":18446744073709551615',
    );
    expect((await verify(text, '--json')).code).toBe(1);
    expect(await verify(text.replace('551615', '551616'), '--json')).toMatchObject({ code: 2 });
  });
});

describe('JSON of which no integer is rounded', () => {
  it('gives long integers as texts, and everything else as it is', () => {
    const text =
      '{"a":[9007199254740993 ,1234567890123456],"1234567890123456789":"12345678901234567\\"8","b":-1}';
    expect(exactJson(text)).toEqual({
      ok: true,
      value: {
        a: ['9007199254740993', '1234567890123456'],
        '1234567890123456789': '12345678901234567"8',
        b: -1,
      },
    });
    for (const plain of [
      '12345678901234567e1',
      '1234567890123456.5',
      '-1234567890123456789',
      '0.12345678901234567',
      '1e-1234567890123456',
    ])
      expect(exactJson(plain)).toEqual({ ok: true, value: JSON.parse(plain) });
  });

  it('is no more lenient than JSON', () => {
    for (const wrong of ['{12345678901234567:1}', '01234567890123456', '[1234567890123456 1]', ''])
      expect(exactJson(wrong)).toMatchObject({ ok: false, error: { code: 'json/not_json' } });
  });
});
