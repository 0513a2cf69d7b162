import { describe, expect, it } from 'vitest';
import type { ExecutionSettings } from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import { keccak256 } from '../../base/hash.ts';
import { readImport } from '../../importers/readImport.ts';
import { SETTINGS, testHost, value, VIRTUAL } from '../testHost.ts';
import { feeRecipientByDefinition, figuresByDefinition } from './definitions.ts';
import { decodeRlp, encodeRlp, integer, number, type Rlp, word } from './plainRlp.ts';
import { accessListSamples, presence, rpcSamples, type Sample, samples } from './samples.ts';

/** What each transaction of a list writes, read the plain way; these lists count transactions from 0. */
function writesOfList(file: Uint8Array): Set<string>[] {
  const writes: Set<string>[] = [];
  const add = (name: string, changes: Rlp): void => {
    for (const [index] of changes as readonly (readonly Rlp[])[]) {
      const tx = Number(number(index!));
      while (writes.length <= tx) writes.push(new Set());
      writes[tx]!.add(name);
    }
  };
  for (const [address, storage, , balance, nonce, code] of decodeRlp(file) as Rlp[][]) {
    const of = number(address!).toString(16);
    for (const [slot, changes] of storage as Rlp[][]) add(`storage/${of}/${number(slot!)}`, changes!);
    add(`balance/${of}`, balance!);
    add(`nonce/${of}`, nonce!);
    add(`code/${of}`, code!);
  }
  return writes;
}

/** What each transaction of a block writes: its sender's nonce, what it moves or calls, and the miner's balance. */
function writesOfBlock(file: Uint8Array): Set<string>[] {
  const block = JSON.parse(new TextDecoder().decode(file)) as {
    miner: string;
    transactions: { from: string; to: string | null; nonce: string; input: string }[];
  };
  return block.transactions.map(({ from, to, nonce, input }) => {
    const places = (): string[] => {
      if (to === null) return [`target/${madeBy(from, nonce)}`];
      if (input === '0x') return [`balance/${from}`, `balance/${to}`];
      const words = input.slice(10).match(/.{64}/g) ?? [];
      const addresses = words.map((word) => `0x${word.slice(24)}`);
      if (input.startsWith('0xa9059cbb')) return [`token/${to}/${from}`, `token/${to}/${addresses[0]}`];
      if (input.startsWith('0x23b872dd'))
        return [`token/${to}/${addresses[0]}`, `token/${to}/${addresses[1]}`];
      return [`target/${to}`];
    };
    return new Set([`nonce/${from}`, `balance/${block.miner}`, ...places()]);
  });
}

/** The address of the contract that somebody makes: the end of the hash of who and at which nonce. */
function madeBy(from: string, nonce: string): string {
  const hash = keccak256(encodeRlp([word(BigInt(from), 20), integer(BigInt(nonce))]));
  return `0x${toHex(hash.subarray(12))}`;
}

function report({ file, name }: Sample) {
  const read = readImport(file, name);
  if (!read.ok) throw new Error(`${read.error.code}: ${read.error.message}`);
  return read.value.report;
}

describe.skipIf(samples.length === 0)(`real blocks (${presence})`, () => {
  it.each([
    ...accessListSamples.map((sample) => ({ ...sample, writesOf: writesOfList })),
    ...rpcSamples.map((sample) => ({ ...sample, writesOf: writesOfBlock })),
  ])('$name has the figures of the definitions', ({ writesOf, ...sample }) => {
    const writes = writesOf(sample.file);
    const paid = feeRecipientByDefinition(writes);
    const without = figuresByDefinition(writes, paid);
    const found = report(sample);
    expect(found).toMatchObject({
      block: sample.name.replace(/\..*/, ''),
      transactions: writes.length,
      keys: new Set(writes.flatMap((keys) => [...keys])).size,
      criticalPath: figuresByDefinition(writes).criticalPath,
      criticalPathWithoutFeeRecipient: without.criticalPath,
      independentShare: without.independent / writes.length,
      indexConvention: writesOf === writesOfList ? 'transactionsFromZero' : null,
    });
    expect(found.feeRecipient).toContain((paid ?? '').replace(/^balance\/(0x)?/, ''));
  });

  const few: readonly ExecutionSettings[] = [
    { ...VIRTUAL, granularity: 'account', cores: { kind: 'virtual', count: 16 }, scheduleSeed: 7 },
    { ...VIRTUAL, feeRecipient: 'tracked', cores: { kind: 'virtual', count: 3 }, scheduleSeed: 3 },
  ];
  const more: readonly ExecutionSettings[] = [
    { ...VIRTUAL, cores: { kind: 'virtual', count: 1 } },
    { ...VIRTUAL, cores: { kind: 'virtual', count: 64 }, scheduleSeed: 9 },
    { ...VIRTUAL, feeRecipient: 'tracked' },
    { ...VIRTUAL, executor: 'sequential' },
  ];
  const ways = process.env.FULL === undefined ? few : [...few, ...more];

  it.each(samples)(
    '$name is executed as the oracle does, and as the file says',
    async (sample) => {
      const host = testHost();
      const found = await value(host.importBlock(sample.file, sample.name, SETTINGS));
      const run = await value(host.produceBlock([]));
      expect([run.matchesOracle, run.metrics.reverted, run.cut]).toEqual([true, 0, 0]);
      expect(run.transactions).toHaveLength(found.transactions);
      // Every transaction reads what it writes, the fee recipient's balance apart, so waves are depths.
      // In blocks of JSON-RPC the fee recipient's balance may be paid into or out of like any other, and then counts
      // in the graph though not in the figure; in these samples something else makes the longest chain.
      expect(run.graph.waves).toBe(found.criticalPathWithoutFeeRecipient);
      for (const execution of ways) {
        const again = await value(host.rerun(run.blockId, execution));
        expect([again.matchesOracle, again.digest]).toEqual([true, run.digest]);
        // Tracked, every transaction pays. By the definition a few pay nothing, and are not on the chain.
        if (execution.feeRecipient === 'tracked') expect(again.graph.waves).toBe(found.transactions);
      }
      expect(await value(host.checkImport(run.blockId))).toMatchObject({
        readsMatch: true,
        finalValuesMatch: true,
        leftOut: 0,
      });
      const broken = (await value(host.checkInvariants(run.blockId))).filter(({ holds }) => !holds);
      expect(broken).toEqual([]);
    },
    300_000,
  );

  it.each(accessListSamples)(
    '$name split at its hottest key has a chain no longer than before',
    async (sample) => {
      const host = testHost();
      const found = await value(host.importBlock(sample.file, sample.name, SETTINGS));
      const run = await value(host.produceBlock([]));
      const hottest = found.hottestKeys.find(({ key }) => /storage|balances/.test(key))!;
      const split = await value(
        host.edit(run.blockId, [{ kind: 'splitKey', key: hottest.key, ways: 4 }], { label: 'split' }),
      );
      expect(split.matchesOracle).toBe(true);
      expect(split.graph.waves).toBeLessThanOrEqual(run.graph.waves);
      expect(await value(host.checkImport(split.blockId))).toMatchObject({
        readsMatch: true,
        finalValuesMatch: true,
        leftOut: 1,
      });
    },
  );
});
