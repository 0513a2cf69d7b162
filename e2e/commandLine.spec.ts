import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';

test('the command line measures in a browser of its own, through the built page', async () => {
  const words =
    'bench scaling --browser --accounts 2,50 --work 0 --workers 1,2 --transactions 64 --runs 3 --json';
  const { stdout, stderr } = await promisify(execFile)('node', ['.ci/switchyard.mjs', ...words.split(' ')]);
  // Nothing but how far it is, a line a row.
  expect(
    stderr
      .trim()
      .split('\n')
      .filter((line) => !/^row [1-4] of 4 /.test(line)),
  ).toEqual([]);
  const said = JSON.parse(stdout);
  expect(said).toMatchObject({ bench: 'scaling', transactions: 64, runs: 3 });
  expect(said.platform).toMatch(/^Chromium \d/);
  const cells = said.rows.map((row: { accounts: number; workers: number }) => [row.accounts, row.workers]);
  expect(cells).toEqual([
    [2, 1],
    [2, 2],
    [50, 1],
    [50, 2],
  ]);
  for (const row of said.rows) expect(row.matchesSequential).toBe(true);
});

test('the command line simulates a consensus, from a script on stdin and over seeds on threads', async () => {
  const groups = [
    [0, 2, 3],
    [1, 4, 5],
  ];
  const rounds = [0, 1].map((leader) => ({ leader, partition: groups }));
  const call = (words: string, stdin = '') => {
    const called = promisify(execFile)('node', [
      '.ci/switchyard.mjs',
      'simulate',
      ...words.split(' '),
      '--json',
    ]);
    called.child.stdin!.end(stdin);
    return called;
  };
  const forked = await call('--script -', JSON.stringify({ nodes: 4, twins: [2, 3], rounds }));
  const report = JSON.parse(forked.stdout);
  expect(report).toMatchObject({ decided: 1, agreementViolations: 1, livenessStalls: 0 });
  const named = new Set(report.evidence.map(({ identity }: { identity: number }) => identity));
  expect([...named].sort()).toEqual([2, 3]);
  const fuzzed = await call('--protocol tendermint --byzantine 1 --fault random --heights 2 --seeds 100');
  expect(JSON.parse(fuzzed.stdout)).toMatchObject({ seeds: 100, decided: 200, agreementViolations: 0 });
});
