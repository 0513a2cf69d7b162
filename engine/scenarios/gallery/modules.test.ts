import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BlockLanes, BlockRun, LaneReport, Scenario } from '../../api/index.ts';
import { fromHex } from '../../base/bytes.ts';
import { openBlob, unwrapKey } from '../../storage/encryptedBlob/seal.ts';
import { testHost, value } from '../../tests/testHost.ts';
import { city } from './city.ts';
import { consent } from './consent.ts';
import { credential } from './credential.ts';
import { feeStorm } from './feeStorm.ts';
import { hotDrop } from './hotDrop.ts';
import { recall } from './recall.ts';
import { unpartitionedBank } from './unpartitionedBank.ts';

interface Played {
  readonly blockId: string;
  readonly run: BlockRun;
  readonly lanes: BlockLanes;
}

/** Executes a scenario as the page does: the host, and each block with its run and lanes. */
async function played(scenario: Scenario) {
  const host = testHost();
  const { verification } = await value(host.openScenario(scenario));
  expect(verification.verdict).toBe(scenario.expected === undefined ? 'not_comparable' : 'verified');
  const { blocks } = await host.history();
  const all: Played[] = [];
  for (const { blockId, height } of [...blocks].sort((a, b) => a.height - b.height)) {
    if (height === 0) continue;
    const run = await value(host.rerun(blockId, scenario.settings.execution));
    expect(run.matchesOracle).toBe(true);
    all.push({ blockId, run, lanes: await value(host.readLanes(blockId)) });
  }
  return { host, blocks: all };
}

/** The scenario with something of its genesis chosen otherwise. It expects nothing: it is another chain. */
function otherwise(scenario: Scenario, genesis: Partial<Scenario['settings']['genesis']>): Scenario {
  const { expected: _, ...rest } = scenario;
  const { settings } = scenario;
  return { ...rest, settings: { ...settings, genesis: { ...settings.genesis, ...genesis } } };
}

const laneOf = ({ lanes }: Played, module: string): LaneReport =>
  lanes.lanes.find((lane) => lane.module === module)!;
const textAt = ({ captions }: Scenario, height: number): string =>
  captions!.find((caption) => caption.height === height)!.text;
/** What became of the first transactions of a block: an error's code, or how it ended. */
const fates = ({ run }: Played, count: number): string[] =>
  run.transactions.slice(0, count).map(({ error, status }) => error ?? status);
const words = (count: number): string => count.toLocaleString('en');

describe('what the texts of the modules claim', () => {
  it('the city: who does not need the halted module does exactly as without the halt, and nothing is lost', async () => {
    const { blocks } = await played(city);
    const { expected: _, ...rest } = city;
    const { blocks: unharmed } = await played({ ...rest, actions: [] });
    const others = ({ run }: Played) =>
      run.transactions
        .filter(({ module }) => module !== 'supplyChain')
        .map(({ module, name, sender, args, status, error }) => ({
          module,
          name,
          sender,
          args,
          status,
          error,
        }));
    blocks.forEach((block, at) => {
      expect(others(block)).toEqual(others(unharmed[at]!));
      expect(block.lanes.lanes).toHaveLength(6);
      expect(block.lanes.lanes.map(({ crossing }) => crossing)).toEqual([0, 0, 0, 0, 0, 0]);
    });
    const goods = blocks.map((block) => laneOf(block, 'supplyChain'));
    expect(goods.map(({ health }) => health.status)).toEqual(['running', 'halted', 'halted', 'running']);
    expect(textAt(city, 2)).toContain(
      `${goods[1]!.transactions} of its transactions are in, ${goods[1]!.queued}`,
    );
    expect(goods[2]!.transactions).toBe(0);
    expect(textAt(city, 3)).toContain(`${goods[2]!.queued} of its transactions wait`);
    expect(goods[3]!.queued).toBe(0);
    const waited = goods[2]!.queued;
    expect(textAt(city, 4)).toContain(`the ${waited} that waited`);
    expect(textAt(city, 4)).toContain(`${goods[3]!.transactions - waited} new ones`);
    expect(blocks[3]!.run.transactions.slice(0, waited).every(({ module }) => module === 'supplyChain')).toBe(
      true,
    );
    const made = (all: readonly Played[]) =>
      all.reduce((sum, block) => sum + laneOf(block, 'supplyChain').transactions, 0);
    expect(made(blocks)).toBe(made(unharmed));
    expect(blocks.every(({ run }) => run.metrics.speedup > 2.5)).toBe(true);
  });

  it('an unpartitioned bank: every transaction needs its lane; partitioned, three lanes run side by side', async () => {
    const { blocks } = await played(unpartitionedBank);
    const { lanes, run } = blocks[0]!;
    const bank = lanes.lanes.findIndex(({ module }) => module === 'bank');
    expect(lanes.lanesOfTransaction.every((touched) => touched.includes(bank))).toBe(true);
    expect(run.metrics.speedup).toBeLessThan(1.05);
    const { blocks: apart } = await played(otherwise(unpartitionedBank, { bankPartition: 'lane' }));
    expect(apart[0]!.lanes.lanes.map(({ crossing }) => crossing)).toEqual([0, 0, 0]);
    expect(apart[0]!.run.metrics.speedup).toBeGreaterThan(2.5);
    const drafts = (block: Played) =>
      block.run.transactions.map(({ sender, name, args }) => [sender, name, args]);
    expect(drafts(apart[0]!)).toEqual(drafts(blocks[0]!));
  });

  it('a fee storm: only the games pay more; with one fee for all, everybody does', async () => {
    const { blocks } = await played(feeStorm);
    const fees = (module: string) => blocks.map((block) => laneOf(block, module).baseFee!);
    const [games, bank, amm] = [fees('gameAssets'), fees('bank'), fees('amm')];
    expect([games[0], bank[0], amm[0]]).toEqual([1000, 1000, 1000]);
    const queued = blocks.map((block) => laneOf(block, 'gameAssets').queued);
    const inLane = laneOf(blocks[1]!, 'gameAssets').transactions;
    expect(textAt(feeStorm, 2)).toContain(`${inLane} transactions, and ${queued[1]} wait`);
    expect(textAt(feeStorm, 3)).toContain(`costs ${words(games[2]!)} in the games’ lane`);
    expect(textAt(feeStorm, 3)).toContain(`Bank asks ${bank[2]}, for its lane has room: ${queued[2]} wait`);
    expect(textAt(feeStorm, 4)).toContain(
      `${words(games[3]!)} for the games, ${bank[3]} at the bank, ${amm[3]}`,
    );
    expect(textAt(feeStorm, 4)).toContain(`${queued[3]} wait`);
    expect(textAt(feeStorm, 5)).toContain(`${words(games[4]!)}, ${bank[4]} and ${amm[4]}: the storm stays`);
    expect(blocks.every((block) => laneOf(block, 'bank').queued + laneOf(block, 'amm').queued === 0)).toBe(
      true,
    );
    expect(Math.max(...bank, ...amm)).toBeLessThan(1010);
    const { blocks: shared } = await played(otherwise(feeStorm, { fees: 'global', mode: 'monolithic' }));
    const last = shared.at(-1)!;
    const everybody = last.lanes.lanes.map(({ baseFee }) => baseFee!);
    expect(new Set(everybody).size).toBe(1);
    expect(textAt(feeStorm, 5)).toContain(`everybody pays ${words(everybody[0]!)} by now`);
    expect(textAt(feeStorm, 5)).toContain(`${laneOf(last, 'bank').queued} payments wait`);
  });

  it('a hot drop: one chain, and three of five fans get theirs', async () => {
    const { blocks } = await played(hotDrop);
    const [market, drop, rare] = blocks as [Played, Played, Played];
    expect(new Set(market.run.transactions.map(({ name }) => name))).toEqual(
      new Set(['offer', 'give', 'craft']),
    );
    expect(drop.run.metrics.criticalPath).toBe(drop.run.metrics.transactions);
    expect(market.run.metrics.criticalPath).toBeLessThan(drop.run.metrics.criticalPath / 4);
    expect(fates(rare, 6)).toEqual([
      ...Array.from({ length: 4 }, () => 'success'),
      ...['gameAssets/sold_out', 'gameAssets/sold_out'],
    ]);
  });

  it('a credential: attested in block 2, marked as revoked in block 3', async () => {
    const { host, blocks } = await played(credential);
    const entry = async ({ blockId }: Played) => {
      const { total } = await value(host.readTable(blockId, 'identity/attestations', 0, 1));
      for (let from = 0; from < total; from += 200) {
        const { rows } = await value(host.readTable(blockId, 'identity/attestations', from, 200));
        const row = rows.find(({ key }) => key === 'identity/attestations/1/2/900');
        if (row !== undefined) return row.value;
      }
      return undefined;
    };
    expect(blocks.map((block) => fates(block, 1)[0])).toEqual(['success', 'success', 'success']);
    expect(await entry(blocks[0]!)).toBeUndefined();
    expect(await entry(blocks[1]!)).toMatchObject({ issued: 2, revoked: 0 });
    expect(await entry(blocks[2]!)).toMatchObject({ issued: 2, revoked: 1 });
    const roots = blocks.map((block) => laneOf(block, 'identity').stateRoot);
    expect(new Set(roots).size).toBe(3);
  });

  it('a recall: refused in the same block, back to the maker, and four steps in the log', async () => {
    const { host, blocks } = await played(recall);
    const [, warm, back] = blocks as [Played, Played, Played];
    expect(fates(blocks[0]!, 1)).toEqual(['success']);
    expect(fates(warm, 3)).toEqual(['success', 'success', 'supplyChain/batch_recalled']);
    expect(fates(back, 2)).toEqual(['success', 'supplyChain/unknown_batch']);
    const { rows } = await value(host.readTable(back.blockId, 'supplyChain/steps', 0, 200));
    const journey = rows.filter(({ key }) => key.startsWith('supplyChain/steps/3/5/'));
    expect(journey.map(({ value: step }) => (step as { kind: number }).kind)).toEqual([0, 1, 2, 1]);
  });

  it('consent withdrawn: the order decides, and what the chain holds opens the record for the clinic alone', async () => {
    const { blocks } = await played(consent);
    expect(fates(blocks[0]!, 2)).toEqual(['success', 'success']);
    expect(fates(blocks[1]!, 1)).toEqual(['success']);
    expect(fates(blocks[2]!, 3)).toEqual(['success', 'success', 'healthRecords/no_consent']);

    const word = (text: unknown): Uint8Array =>
      fromHex(
        BigInt(text as string)
          .toString(16)
          .padStart(64, '0'),
      )!;
    const { args: key } = blocks[0]!.run.transactions[0]!;
    const { args: stored } = blocks[0]!.run.transactions[1]!;
    const [{ wrapped }] = blocks[1]!.run.transactions[0]!.args.keys as [{ wrapped: string }];
    const hash = word(stored.contentHash);
    const sealed = { contentHash: hash, commitment: word(stored.commitment) };
    const reader = { publicKey: Uint8Array.from(word(key.key)), privateKey: await CLINIC };
    const opening = await unwrapKey(crypto, fromHex(wrapped.replace(/^0x/, ''))!, hash, reader);
    if (!opening.ok) throw new Error(opening.error.code);
    const text = await openBlob(crypto, fromHex(BLOB)!, opening.value, sealed);
    expect(text.ok && new TextDecoder().decode(text.value)).toBe('Blood pressure 118 over 76.');
    const other = await webcrypto.subtle.generateKey('X25519', true, ['deriveBits']);
    const stranger = { ...reader, privateKey: (other as CryptoKeyPair).privateKey };
    expect(await unwrapKey(crypto, fromHex(wrapped.replace(/^0x/, ''))!, hash, stranger)).toMatchObject({
      ok: false,
      error: { code: 'blob/wrong_key' },
    });
  });
});

/** The blob that the patient kept, and the key that the clinic kept. */
const BLOB =
  '0192077d086953a682651cce03a51c0b7392218858020da7ee957d0b5a8a98436fe52078c36c4b9f74cebd8152c00e288ef8c8c9c41189b7ea740285bf5a56dac56b4a8dd67c708347ed9ff5eda1640c76a11b5d9155b52e';
const CLINIC = webcrypto.subtle.importKey(
  'jwk',
  {
    kty: 'OKP',
    crv: 'X25519',
    d: '-Be-LrK1LxaSLYry8BitmEQCWDeRPX6JQbLUShxoIG4',
    x: '4_jlge8O8k9TWLZ5g3KFkA23PApNI3oQ88DX6PiSUEk',
  },
  'X25519',
  false,
  ['deriveBits'],
);
