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
