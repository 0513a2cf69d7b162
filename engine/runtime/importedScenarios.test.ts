import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { generateAccessList } from '../tests/imports/accessListModel.ts';
import { generateRpcBlock, rpcBlock, rpcFile } from '../tests/imports/rpcModel.ts';
import { produce, SETTINGS, testHost, value } from '../tests/testHost.ts';

const list = generateAccessList(createPrng(4), 40, 1).file;
const rpc = rpcFile(rpcBlock(generateRpcBlock(createPrng(4), 40)));

describe.each([
  ['a block access list', list, rpc, 'list.rlp'],
  ['a block of JSON-RPC', rpc, list, ''],
])('a scenario of %s', (_, file, other, name) => {
  const shared = async () => {
    const host = testHost();
    const report = await value(host.importBlock(file, name, SETTINGS));
    const hottest = report.hottestKeys.find(({ writers }) => writers > 1);
    const split = hottest === undefined ? [] : [{ kind: 'splitKey', key: hottest.key, ways: 2 } as const];
    const plain = await produce(host);
    const edited =
      split.length === 0 ? plain : await value(host.edit(plain.blockId, split, { label: 'split' }));
    return {
      report,
      edited,
      ...(await value(host.exportScenario(edited.blockId, { title: 'A real block' }))),
    };
  };

  it('names the file, opens with it, and is verified', async () => {
    const { report, edited, fragment } = await shared();
    expect(fragment.length).toBeLessThan(2_000);
    const host = testHost();
    const scenario = await value(host.readScenario(fragment));
    expect(scenario.imported).toMatchObject({ kind: report.reference.kind, sha256: report.reference.sha256 });
    expect(scenario.imported!.name).not.toBe('');
    const { verification, blockId } = await value(host.openScenario(scenario, undefined, file));
    expect(verification).toMatchObject({ verdict: 'verified', actualDigest: edited.digest, blocks: 1 });
    expect(await value(host.checkImport(blockId))).toMatchObject({
      readsMatch: true,
      finalValuesMatch: true,
    });
  });

  it('asks for the file, and takes no other', async () => {
    const { scenario } = await shared();
    const host = testHost();
    await value(host.start(SETTINGS));
    const before = await host.history();
    const answerTo = async (given?: Uint8Array) => {
      const answer = await host.openScenario(scenario, undefined, given);
      return answer.ok ? 'opened' : answer.error.code;
    };
    expect(await answerTo()).toBe('scenario/file_needed');
    expect(await answerTo(other)).toBe('scenario/other_file');
    expect(await answerTo(new Uint8Array(9))).toMatch(/^import\//);
    expect(await answerTo('file' as never)).toBe('scenario/file_needed');
    expect(await host.history()).toEqual(before);
  });
});
