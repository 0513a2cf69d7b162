import { describe, expect, test } from 'vitest';
import type { Scenario } from '../api/index.ts';
import { SETTINGS, started, testHost, value } from '../tests/testHost.ts';

const address = (at: number): string => `0x${at.toString(16).padStart(40, '0')}`;

/** Six payments from six people to one. */
const BLOCK = new TextEncoder().encode(
  JSON.stringify({
    number: '0x2a',
    miner: address(999),
    transactions: [1, 2, 3, 4, 5, 6].map((from) => ({
      from: address(from),
      to: address(500),
      nonce: '0x0',
      value: '0x64',
      input: '0x',
    })),
  }),
);
const HOT = `ethereum/balances/${address(500)}/0`;

/** A chain made from the file, its hottest key split, as a scenario. */
async function shared(): Promise<Scenario> {
  const host = testHost();
  await value(host.importBlock(BLOCK, 'block.json', SETTINGS));
  const run = await value(host.produceBlock([]));
  const split = await value(
    host.edit(run.blockId, [{ kind: 'splitKey', key: HOT, ways: 3 }], { label: 'split' }),
  );
  const { scenario } = await value(host.exportScenario(split.blockId, { title: 'Six payments' }));
  return scenario;
}

describe('a scenario that was made from a file', () => {
  test('names the file by its content, and opens with it: verified, with what the file was found to be', async () => {
    const scenario = await shared();
    expect(scenario.imported).toMatchObject({ kind: 'rpcBlock', name: 'block.json' });
    expect(scenario.blocks).toBe(1);
    const host = testHost();
    const opened = await value(host.openScenario(scenario, undefined, BLOCK));
    expect(opened.verification.verdict).toBe('verified');
    expect(opened.report).toMatchObject({ block: '42', transactions: 6, reference: scenario.imported });
    const run = await value(host.rerun(opened.blockId, SETTINGS.execution));
    expect(run).toMatchObject({ matchesOracle: true, digest: scenario.expected?.digest });
    expect(run.graph.waves).toBe(2);
    expect(await value(host.checkImport(opened.blockId))).toMatchObject({ finalValuesMatch: true });
  });

  test('asks for the file where it is missing, and refuses another one; the chain before stays', async () => {
    const scenario = await shared();
    const host = await started();
    await value(host.produceBlock([]));
    const before = await host.history();
    const missing = await host.openScenario(scenario);
    expect(missing).toMatchObject({ ok: false, error: { code: 'scenario/file_needed' } });
    const other = new TextEncoder().encode(`${new TextDecoder().decode(BLOCK)} `);
    const refused = await host.openScenario(scenario, undefined, other);
    expect(refused).toMatchObject({ ok: false, error: { code: 'scenario/other_file' } });
    for (const nonsense of [new Uint8Array(0), 'text', null, 7]) {
      const answer = await host.openScenario(scenario, undefined, nonsense as Uint8Array);
      expect(answer.ok).toBe(false);
    }
    expect(await host.history()).toEqual(before);
  });
});
