import { describe, expect, it } from 'vitest';
import { MAX_WRITES } from '../importers/limits.ts';
import { MAX_CHANGES } from '../modules/ethereum/replay.ts';
import { type AccountModel, encodeAccessList } from '../tests/imports/accessListModel.ts';
import { address, rpcBlock, rpcFile, transferInput } from '../tests/imports/rpcModel.ts';
import { produce, SETTINGS, testHost, value } from '../tests/testHost.ts';

/** As much declared work as the knob has. */
const heaviest = { ...SETTINGS, traffic: { ...SETTINGS.traffic, work: 1_000_000 } };

/** A block from a file, executed: as the file says, and nothing failed. */
async function executed(file: Uint8Array) {
  const host = testHost();
  const report = await value(host.importBlock(file, 'large', heaviest));
  const run = await produce(host);
  expect([run.matchesOracle, run.metrics.reverted, run.cut]).toEqual([true, 0, 0]);
  const check = await value(host.checkImport(run.blockId));
  expect(check).toMatchObject({ readsMatch: true, finalValuesMatch: true, leftOut: 0 });
  expect((await value(host.checkInvariants(run.blockId))).filter(({ holds }) => !holds)).toEqual([]);
  return { report, check, run };
}

describe('what does not fit one transaction of genesis', () => {
  it('of holders and tokens is handed out by several', { timeout: 60_000 }, async () => {
    const holders = 1_201;
    const transfers = Array.from({ length: holders }, (_, at) => ({
      from: address(1_000 + at),
      to: address(100_000 + at),
      nonce: '0x7',
      value: '0x0',
      input: transferInput(500, at + 1),
    }));
    const { report, check, run } = await executed(rpcFile(rpcBlock(transfers)));
    expect(report).toMatchObject({ transactions: holders, criticalPathWithoutFeeRecipient: 1 });
    expect(check.finalValuesChecked).toBe(2 * holders);
    expect(run.transactions).toHaveLength(holders);
  });

  it('of what the system wrote lies there all the same, and a transaction may write as much as it may', {
    timeout: 60_000,
  }, async () => {
    const slots = 2 * MAX_WRITES + 1;
    const system: AccountModel = {
      address: 0x2935n,
      storage: Array.from({ length: slots }, (_, slot) => [
        BigInt(slot),
        // The last of them are read, compared and written again by the one transaction.
        slot > MAX_WRITES + 3
          ? [
              [0, BigInt(slot + 1)],
              [1, 7n],
            ]
          : [[0, BigInt(slot + 1)]],
      ]),
    };
    const sender: AccountModel = { address: 1n, nonce: [[1, 1n]], balance: [[1, 5n]] };
    const miner: AccountModel = { address: 0xfeen, balance: [[1, 9n]] };
    const { report, check } = await executed(encodeAccessList([sender, system, miner]));
    expect(report).toMatchObject({ indexConvention: 'systemFirst', transactions: 1, keys: slots + 3 });
    expect(check).toMatchObject({ readsChecked: MAX_WRITES - 3, finalValuesChecked: slots + 3 });
  });

  it('is as large here as in the module', () => {
    expect(MAX_WRITES).toBe(MAX_CHANGES);
  });
});
