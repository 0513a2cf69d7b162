import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { generateAccessList } from '../tests/imports/accessListModel.ts';
import { address, generateRpcBlock, rpcBlock, rpcFile } from '../tests/imports/rpcModel.ts';
import { produce, SETTINGS, started, testHost, value } from '../tests/testHost.ts';

const list = generateAccessList(createPrng(4), 40, 1).file;
const rpc = rpcFile(rpcBlock(generateRpcBlock(createPrng(4), 40)));

/** A chain made from a file, its hottest key split, as it is shared. */
async function sharedFrom(file: Uint8Array, name: string, ways = 2) {
  const host = testHost();
  const report = await value(host.importBlock(file, name, SETTINGS));
  const { key } = report.hottestKeys.find((hot) => hot.writers > 1 && !/nonces|accounts|code/.test(hot.key))!;
  const plain = await produce(host);
  const split = [{ kind: 'splitKey', key, ways } as const];
  const edited = await value(host.edit(plain.blockId, split, { label: 'split' }));
  const shared = await value(host.exportScenario(edited.blockId, { title: 'A real block' }));
  return { report, edited, ...shared };
}

describe.each([
  ['a block access list', list, rpc, 'list.rlp'],
  ['a block of JSON-RPC', rpc, list, ''],
])('a scenario of %s', (_, file, other, name) => {
  it('names the file, opens with it, and is verified, with what the file was found to be', async () => {
    const { report, edited, fragment } = await sharedFrom(file, name);
    expect(fragment!.length).toBeLessThan(2_000);
    const host = testHost();
    const scenario = await value(host.readScenario(fragment!));
    expect(scenario.blocks).toBe(1);
    const { kind, sha256 } = report.reference;
    expect(scenario.imported).toEqual({ kind, sha256, name: name === '' ? kind : name });
    const opened = await value(host.openScenario(scenario, undefined, file));
    expect(opened.verification).toMatchObject({
      verdict: 'verified',
      actualDigest: edited.digest,
      blocks: 1,
    });
    expect(opened.report).toEqual({ ...report, reference: scenario.imported });
    const run = await value(host.rerun(opened.blockId, SETTINGS.execution));
    expect([run.matchesOracle, run.digest]).toEqual([true, edited.digest]);
    expect(await value(host.checkImport(opened.blockId))).toMatchObject({
      readsMatch: true,
      finalValuesMatch: true,
    });
  });

  it('asks for the file, and takes no other; the chain before stays', async () => {
    const { scenario } = await sharedFrom(file, name);
    const host = await started();
    await produce(host);
    const before = await host.history();
    const answerTo = async (given?: unknown) => {
      const answer = await host.openScenario(scenario, undefined, given as Uint8Array);
      return answer.ok ? 'opened' : answer.error.code;
    };
    for (const none of [undefined, 'file', null, 7])
      expect(await answerTo(none)).toBe('scenario/file_needed');
    expect(await answerTo(other)).toBe('scenario/other_file');
    const padded = Uint8Array.of(...rpc, 0x20);
    expect(await answerTo(padded)).toBe('scenario/other_file');
    for (const nonsense of [new Uint8Array(), new Uint8Array(9)]) {
      expect(await answerTo(nonsense)).toMatch(/^import\//);
    }
    expect(await host.history()).toEqual(before);
  });
});

describe('a file', () => {
  it('is named as a scenario may say it, however it was called', async () => {
    for (const [name, said] of [
      ['a'.repeat(255), 'a'.repeat(255)],
      ['half a \ud800 letter', 'half a \ufffd letter'],
      ['  ', 'rpcBlock'],
    ] as const) {
      const { scenario, edited } = await sharedFrom(rpc, name);
      expect(scenario.imported?.name).toBe(said);
      const { verification } = await value(testHost().openScenario(scenario, undefined, rpc));
      expect(verification).toMatchObject({ verdict: 'verified', actualDigest: edited.digest });
    }
  });

  it('of six payments to one, split in three, opens with chains of two', async () => {
    const payments = [1, 2, 3, 4, 5, 6].map((from) => ({
      from: address(from),
      to: address(500),
      nonce: '0x0',
      value: '0x64',
      input: '0x',
    }));
    const file = rpcFile(rpcBlock(payments));
    const { scenario } = await sharedFrom(file, 'block.json', 3);
    const host = testHost();
    const { blockId } = await value(host.openScenario(scenario, undefined, file));
    expect((await value(host.rerun(blockId, SETTINGS.execution))).graph.waves).toBe(2);
  });
});
