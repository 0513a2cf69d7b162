import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { gallery } from '../scenarios/gallery/index.ts';
import { documentOf, eachOf, MAIN, switchyard } from '../tests/commandLine.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const hot = gallery.find(({ id }) => id === 'one-hot-account')!;
const { format, semantics, title, settings } = hot;
/** A scenario of minutes. */
const long = fileOf('long.json', { format, semantics, title, settings, blocks: 2000, actions: [] });

/** Something that is loaded before the command line. */
const before = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

/** Calls the command line with streams of a test's own; answers the exit code and what stood on a piped stderr. */
async function call(
  words: readonly string[],
  [stdout, stderr]: readonly ('pipe' | 'closed' | 'ignore' | number)[],
): Promise<{ readonly code: number | null; readonly said: string }> {
  const streamOf = (stream: 'pipe' | 'closed' | 'ignore' | number | undefined) =>
    stream === 'closed' ? 'pipe' : stream;
  const child = spawn(process.execPath, words, { stdio: ['ignore', streamOf(stdout), streamOf(stderr)] });
  if (stdout === 'closed') child.stdout!.destroy();
  let said = '';
  if (stderr === 'closed') child.stderr!.destroy();
  else
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

describe('help', () => {
  it('explains all verbs, one, and those of a word', async () => {
    const calls = [['--help'], ['help', 'link'], ['run', '-h']];
    const [overview, words, run] = (await eachOf(calls, (each) => each)).map(([, answer]) => answer);
    expect(overview!.stdout).toMatch(/^ {2}run +Execute a scenario/m);
    expect(words!.stdout).toContain('link encode <scenario file>');
    expect(words!.stdout).toContain('link verify <link>');
    expect(run!.stdout).toContain('--virtual-cores N (1 to 64)');
    expect([overview!.code, words!.code, run!.code]).toEqual([0, 0, 0]);
  });

  it('is one JSON document, too', async () => {
    const calls = [
      ['--help', '--json'],
      ['help', 'run', '--json'],
      ['run', '--help', '--json'],
    ];
    const [overview, ...ofRun] = (await eachOf(calls, (words) => words)).map(([, each]) => documentOf(each));
    expect(overview!.help).toContain('Usage:');
    for (const { help } of ofRun) expect(help).toBe((await switchyard(['help', 'run'])).stdout.trimEnd());
  });
});

describe('streams', () => {
  it('may be closed by who reads them: that is no error, and an exit code stays', async () => {
    expect(await call([MAIN, 'scenarios'], ['closed', 'pipe'])).toEqual({ code: 0, said: '' });
    expect(await call([MAIN, 'no-such-verb'], ['ignore', 'closed'])).toMatchObject({ code: 2 });
    const other = { ...hot, expected: { digest: 'ab'.repeat(32), checkpoints: [] } };
    const words = [MAIN, 'link', 'verify', fileOf('other.json', other), '--json'];
    expect(await call(words, ['closed', 'pipe'])).toEqual({ code: 1, said: '' });
  });

  it.skipIf(!existsSync('/dev/full'))('that are full are told in one line', async () => {
    const full = openSync('/dev/full', 'w');
    const said = 'The answer could not be written (ENOSPC).\n';
    expect(await call([MAIN, 'scenarios', '--json'], [full, 'pipe'])).toEqual({ code: 1, said });
    expect(await call([MAIN, 'no-such-verb'], ['ignore', full])).toMatchObject({ code: 2 });
    closeSync(full);
  });
});

describe('the program', () => {
  it('is an npm script that finds files where the person stands, and starts its threads from there', async () => {
    fileOf('hot.json', hot);
    const root = join(MAIN, '../..');
    const words = ['--prefix', root, 'run', '-s', 'switchyard', '--'];
    const shell = process.platform === 'win32';
    const run = ['run', '--scenario', 'hot.json', '--workers', '1', '--json'];
    const { stdout } = await promisify(execFile)('npm', [...words, ...run], { cwd: folder, shell });
    const { digest } = hot.expected!;
    expect(JSON.parse(stdout)).toMatchObject({ workers: 1, clock: 'measured', chainDigest: digest });
  });

  it('says in one line what nobody had foreseen, and 1', async () => {
    const unforeseen = before(`process.on('newListener', (name) => {
      if (name === 'uncaughtException') setImmediate(() => { throw new Error('out\\nof order'); });
    });`);
    const words = ['--import', unforeseen, MAIN, 'run', '--scenario', long, '--json'];
    expect(await call(words, ['pipe', 'pipe'])).toEqual({
      code: 1,
      said: 'Switchyard failed: out of order\n',
    });
  });

  it('ends when it is interrupted, threads and all, and says 130', async () => {
    const tell = before(
      `process.on('newListener', (name) => name === 'SIGINT' && setImmediate(() => process.send('listens')));`,
    );
    const words = ['--import', tell, MAIN, 'run', '--scenario', long, '--workers', '2'];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await new Promise((resolve) => child.on('message', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });
});
