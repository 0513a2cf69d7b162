import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { documentOf, eachOf, switchyard } from '../tests/commandLine.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const call = (words: string) => switchyard(['simulate', ...words.split(' '), '--json']);
const said = async (words: string) => documentOf(await call(words));

const GROUPS = [
  ['A', 'C', 'D'],
  ['B', "C'", "D'"],
];
const FORK = {
  nodes: ['A', 'B', 'C', 'D'],
  twins: ['C', 'D'],
  rounds: [
    { leader: 'A', partition: GROUPS },
    { leader: 'B', partition: GROUPS },
  ],
};

describe('simulate', () => {
  it('decides without faults with (n−1)(2n+1) messages a height, the same way for the same seed', async () => {
    const one = await said('--protocol tendermint --replicas 7 --heights 5');
    expect(Object.keys(one)).toEqual([
      'decided',
      'agreementViolations',
      'livenessStalls',
      'messagesPerDecision',
      'bytesPerDecision',
      'latencyMs',
      'evidence',
      'traceHash',
      'endedBy',
      'violations',
    ]);
    expect(one).toMatchObject({
      decided: 5,
      agreementViolations: 0,
      livenessStalls: 0,
      messagesPerDecision: 90,
      latencyMs: { p50: 152, p95: 152 },
      evidence: [],
      endedBy: 'heights',
    });
    const again = await said('--seed 0 --latency 50 --heights 5 --replicas=7 --protocol tendermint');
    expect(again).toEqual(one);
    const other = await said(
      '--protocol tendermint --replicas 7 --heights 5 --latency 10+40 --loss 0.01 --disk 0.5',
    );
    expect(other.decided).toBe(5);
    expect(other.traceHash).not.toBe(one.traceHash);
  });

  it('names liars; with a third of the power they break it, and at least a third is named', async () => {
    const few = await said('--protocol tendermint --byzantine 1 --fault equivocation --heights 3');
    expect(few).toMatchObject({ decided: 3, agreementViolations: 0, livenessStalls: 0 });
    const kinds = (few.evidence as { kind: string; identity: number }[]).map(({ kind, identity }) => [
      kind,
      identity,
    ]);
    expect(kinds).toContainEqual(['twoVotes', 3]);
    const many = await call('--protocol tendermint --byzantine 2 --fault equivocation --heights 3');
    expect(many.code).toBe(0);
    const broken = documentOf(many);
    expect(broken.agreementViolations).toBeGreaterThan(0);
    const named = new Set((broken.evidence as { identity: number }[]).map(({ identity }) => identity));
    expect([...named]).toEqual([2, 3]);
  });

  it('adds up seeds, on threads as on one', async () => {
    const words = '--protocol tendermint --byzantine 1 --fault random --heights 3 --seed 5';
    const sum = await said(`${words} --seeds 60`);
    expect(sum).toMatchObject({
      seeds: 60,
      decided: 180,
      agreementViolations: 0,
      livenessStalls: 0,
      endedBy: { heights: 60 },
      failures: [],
    });
    const first = await said(`${words} --seeds 20`);
    expect(first.seeds).toBe(20);
    expect((sum.evidence as object[]).slice(0, (first.evidence as object[]).length)).toEqual(first.evidence);
  });

  it('finds reorganisations of proof of work, and takes several faults and settings', async () => {
    const played = await call(
      '--protocol nakamoto --replicas 6 --byzantine 1 --fault 51-percent --fault slow --set confirmations=2,retargetBlocks=0 --heights 40',
    );
    expect(played.code).toBe(0);
    expect(documentOf(played).agreementViolations).toBeGreaterThan(0);
  });

  it('runs a script of twins, whose fork is found', async () => {
    const path = fileOf('fork.json', FORK);
    const broken = await said(`--script ${path}`);
    expect(broken).toMatchObject({ decided: 1, agreementViolations: 1, endedBy: 'heights' });
    const named = new Set((broken.evidence as { identity: number }[]).map(({ identity }) => identity));
    expect([...named].sort()).toEqual([2, 3]);
    const numbered = {
      nodes: 4,
      twins: [3],
      rounds: [
        {
          leader: 0,
          partition: [
            [0, 1, 2],
            [3, 4],
          ],
        },
      ],
    };
    expect(await said(`--script ${fileOf('one.json', numbered)}`)).toMatchObject({
      decided: 1,
      agreementViolations: 0,
    });
  });

  it('says when the budget of events is spent, and when nothing is decided any more', async () => {
    expect(await said('--protocol tendermint --event-budget 10')).toMatchObject({
      decided: 0,
      livenessStalls: 1,
      messagesPerDecision: null,
      latencyMs: { p50: null, p95: null },
      endedBy: 'events',
    });
    expect(await said('--protocol tendermint --byzantine 2')).toMatchObject({
      decided: 0,
      livenessStalls: 1,
      endedBy: 'time',
    });
  });

  it('is readable without --json', async () => {
    const { stdout, code } = await switchyard(
      'simulate --protocol tendermint --byzantine 1 --fault wrong-digest --heights 2'.split(' '),
    );
    expect(stdout).toMatch(/^decided +2$/m);
    expect(stdout).toMatch(/^evidence against +3 \(wrongDigest\)$/m);
    expect(code).toBe(0);
  });

  it('refuses in one line what cannot be', async () => {
    const tendermint = '--protocol tendermint';
    const script = (name: string, content: unknown) => `--script ${fileOf(name, content)}`;
    const calls: readonly (readonly [words: string, message: string])[] = [
      ['--heights 3', 'simulate needs --protocol nakamoto|proof-of-stake|tendermint, or --script FILE.'],
      [`${tendermint} --replicas 0`, '--replicas must be a whole number from 1 to 1000, not “0”.'],
      [`${tendermint} --replicas 100000`, '--replicas must be a whole number from 1 to 1000, not “100000”.'],
      [`${tendermint} --byzantine 5`, 'Of 4 replicas 5 cannot be liars.'],
      [
        `${tendermint} --latency=-5`,
        '--latency must be milliseconds from 0 to 3600000, at most three decimals, not “-5”.',
      ],
      [`${tendermint} --latency 9-5`, '--latency goes from less to more: 5-9.'],
      [`${tendermint} --fault silence`, 'The fault “silence” needs replicas that lie: let there be some.'],
      [
        '--protocol nakamoto --byzantine 1 --fault amnesia',
        'This protocol knows no fault “amnesia”: choose silence, crash, twins, targeted-partition, lying-disk, wrong-digest, withholding, partition, eclipse, slow, selfish-mining, 51-percent, random.',
      ],
      [`${tendermint} --set roundUs=5`, expect.stringContaining('There is no setting “roundUs”') as string],
      [`${tendermint} --set roundUs`, '--set takes NAME=N with a whole number, not “roundUs”.'],
      [`${tendermint} --powers 3,0`, expect.stringContaining('not “3,0”') as string],
      [`${tendermint} --peers 3`, '--peers is for --topology gossip: add that, or leave it out.'],
      [`${tendermint} --seed 4294967296`, expect.stringContaining('4294967295') as string],
      [script('bad.json', '{"nodes": 4,'), 'This is no JSON: a script is one JSON object.'],
      [
        script('strange.json', { ...FORK, rounds: [{ leader: 'E', partition: [] }] }),
        'rounds[0].leader: there is no node "E"; there are A, B, C, D, C\', 4, D\', 5.',
      ],
      [
        script('apart.json', { nodes: 2, rounds: [{ leader: 0, partition: [[0, 7]] }] }),
        'rounds[0].partition[0][1]: there is no node 7; there are 0, 1.',
      ],
      [
        script('twice.json', { nodes: 2, rounds: [{ leader: 0, partition: [[0], [1, 0]] }] }),
        'rounds[0].partition: node 0 is named twice.',
      ],
      [script('none.json', { nodes: 0, rounds: [] }), 'nodes must be a whole number from 1 to 1000.'],
      [`--script ${join(folder, 'absent.json')}`, expect.stringContaining('There is no file') as string],
      [
        `${script('fine.json', FORK)} --byzantine 1`,
        '--byzantine and --script exclude each other: leave out one of them.',
      ],
    ];
    const answers = await eachOf(calls, ([words]) => ['simulate', ...words.split(' ')]);
    for (const [[, message], { code, stdout, stderr }] of answers) {
      expect(stderr.trimEnd()).toEqual(message);
      expect([code, stdout]).toEqual([2, '']);
    }
  });
});

it('bench consensus measures with and without checkers, seeds, and validators over epochs', async () => {
  const words =
    'bench consensus --replicas 4,7 --events 5000 --runs 2 --seeds 50 --validators 64 --epochs 5 --json'.split(
      ' ',
    );
  const { code, stdout, stderr } = await switchyard(words);
  expect(code).toBe(0);
  expect(stderr.trim().split('\n')).toHaveLength(3);
  const { bench, platform, cores, rows } = JSON.parse(stdout);
  expect([bench, typeof platform, typeof cores]).toEqual(['consensus', 'string', 'number']);
  expect(rows.map((row: Record<string, unknown>) => [row.measured, row.replicas, row.checkers])).toEqual([
    ['messages', 4, false],
    ['messages', 4, true],
    ['messages', 7, false],
    ['messages', 7, true],
    ['fuzz', 4, undefined],
    ['epochs', 64, undefined],
  ]);
  for (const row of rows) {
    expect(row.sound).toBe(true);
    expect(row.messagesPerSecond ?? row.seedsPerMinute ?? row.seconds).toBeGreaterThan(0);
  }
});
