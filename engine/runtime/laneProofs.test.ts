import type { Progress } from '../api/index.ts';
import { describe, expect, it } from 'vitest';
import { moduleSet } from './modules.ts';
import { produce, SETTINGS, started, value } from '../tests/testHost.ts';
import { verifyStorageProof } from './verifyStorageProof.ts';

const MODULES = ['bank', 'amm', 'identity', 'supplyChain', 'gameAssets', 'healthRecords'];
const modular = {
  ...SETTINGS,
  genesis: { ...SETTINGS.genesis, modules: MODULES, mode: 'modular' as const },
  traffic: {
    ...SETTINGS.traffic,
    transactionsPerBlock: 120,
    shares: { credentials: 200, shipments: 200, games: 200, visits: 200 },
  },
};

/** A chain of some blocks, and the last one's id. */
async function grown(settings: typeof SETTINGS = modular) {
  const host = await started(settings);
  let blockId = '';
  for (let i = 0; i < 3; i++) ({ blockId } = await produce(host));
  return { host, blockId };
}

type Grown = Awaited<ReturnType<typeof grown>>;

async function firstKeyOf({ host, blockId }: Grown, table: string): Promise<{ key: string; value: unknown }> {
  const { rows } = await value(host.readTable(blockId, table, 0, 1));
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

async function codeOf(
  answer: Promise<{ ok: boolean; error?: { code: string } }>,
): Promise<string | undefined> {
  return (await answer).error?.code;
}

describe('roots of lanes', () => {
  it('are each lane’s own where the chain is modular, and one for all where it is not', async () => {
    const { host, blockId } = await grown();
    const { blockRoot, lanes } = await value(host.readLanes(blockId));
    expect(blockRoot).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(lanes.map(({ stateRoot }) => stateRoot)).size).toBe(lanes.length);
    expect(new Set(lanes.map(({ orderRoot }) => orderRoot)).size).toBe(lanes.length);
    const plain = await grown(SETTINGS);
    const one = await value(plain.host.readLanes(plain.blockId));
    expect(new Set(one.lanes.map(({ stateRoot }) => stateRoot)).size).toBe(1);
  });
});

describe('a proof of a key', () => {
  it('is given by every kind of storage that can, and leads to the block’s root', async () => {
    const chain = await grown();
    const tables = moduleSet.modules
      .filter(({ id, storage }) => MODULES.includes(id) && storage !== undefined && storage !== 'flatMap')
      .flatMap(({ tables }) => tables.map(({ name }) => name));
    expect(tables.length).toBeGreaterThan(3);
    const { blockRoot } = await value(chain.host.readLanes(chain.blockId));
    const kinds = new Set<string>();
    for (const table of tables) {
      const { total } = await value(chain.host.readTable(chain.blockId, table, 0, 1));
      if (total === 0) continue;
      const entry = await firstKeyOf(chain, table);
      const proven = await value(chain.host.proveKey(chain.blockId, entry.key));
      expect(proven).toMatchObject({
        key: entry.key,
        present: true,
        value: entry.value,
        verdict: 'valid',
        blockRoot,
      });
      kinds.add(proven.storage);
      const text = JSON.stringify(proven.proof);
      expect(proven.sizeBytes).toBe(text.length);
      expect(verifyStorageProof(text, proven.stateRoot)).toBe('valid');
      expect(verifyStorageProof(text, 'ab'.repeat(32))).toBe('invalid');
    }
    expect([...kinds].sort()).toEqual(['appendLog', 'encryptedBlob', 'merkleTree']);
  });

  it('shows that a key is absent, and that it was absent before it was written', async () => {
    const { host, blockId } = await grown(SETTINGS);
    const none = await value(host.proveKey(blockId, 'bank/supply/4294967295'));
    expect(none).toMatchObject({ present: false, value: null, verdict: 'valid' });
    const fees = (await value(host.readTable(blockId, 'kernel/fees', 0, 1))).rows[0]!.key;
    expect(await value(host.proveKey(blockId, fees))).toMatchObject({ present: true });
    const { blocks } = await host.history();
    const genesis = blocks.find(({ height }) => height === 0)!;
    expect(await value(host.proveKey(genesis.blockId, fees))).toMatchObject({
      present: false,
      verdict: 'valid',
    });
  });

  it('is refused in words where there is none, and for what is no key', async () => {
    const chain = await grown();
    const { host, blockId } = chain;
    const { key } = await firstKeyOf(chain, 'bank/supply');
    expect(await codeOf(host.proveKey(blockId, key))).toBe('proof/not_provable');
    expect(await codeOf(host.proveKey(blockId, 'supplyChain/items/4294967295/0'))).toBe('proof/not_provable');
    expect(await codeOf(host.proveKey('nowhere', key))).toBe('history/unknown_block');
    for (const [text, code] of [
      ['bank', 'key/not_a_key'],
      ['bank/supply', 'key/not_a_key'],
      ['bank/supply/1/2', 'key/not_a_key'],
      ['bank/secrets/1', 'key/unknown_table'],
      ['__proto__/constructor/1', 'key/unknown_table'],
      ['bank/supply/', 'schema/not_an_integer'],
      ['bank/supply/1.5', 'schema/not_an_integer'],
      ['bank/supply/-1', 'schema/out_of_range'],
      ['bank/supply/4294967296', 'schema/out_of_range'],
      [7, 'key/not_a_key'],
    ] as const) {
      expect(await codeOf(host.proveKey(blockId, text as string)), String(text)).toBe(code);
    }
  });
});

describe('an audit of a module', () => {
  it('finds invariants, root and history in order, of every module and for itself alone', async () => {
    const { host, blockId } = await grown();
    const { lanes } = await value(host.readLanes(blockId));
    for (const module of MODULES) {
      const found = await value(host.auditModule(blockId, module));
      const lane = lanes.find((one) => one.module === module)!;
      expect(found).toMatchObject({ module, height: 3, storage: lane.storage, rootMatches: true });
      expect(found.recordedRoot).toBe(lane.stateRoot);
      expect(found.invariants.filter(({ holds }) => !holds)).toEqual([]);
      expect(found.invariants.length).toBeGreaterThan(0);
      expect(found.keys).toBe(lane.keys);
      expect(found.history.transactions).toBeGreaterThan(0);
    }
  });

  it('tells how far the root has come, entry by entry, and in which blocks the lane had transactions', async () => {
    const { host, blockId } = await grown();
    for (const module of MODULES) {
      const heard: Progress[] = [];
      const found = await value(host.auditModule(blockId, module, (progress) => heard.push(progress)));
      const { total } = heard[0]!;
      expect(heard[0]).toEqual({ done: 0, total });
      expect(heard.at(-1)).toEqual({ done: total, total });
      expect(heard.map(({ done }) => done)).toEqual(heard.map(({ done }) => done).sort((a, b) => a - b));
      // A log takes every write, also those of keys that were written again.
      if (found.storage === 'appendLog') expect(total).toBeGreaterThanOrEqual(found.keys);
      else expect(total).toBe(found.keys);
      const { blocks, transactions, failed, each } = found.history;
      expect(each).toHaveLength(blocks);
      expect(each.reduce((sum, one) => sum + one.transactions, 0)).toBe(transactions);
      expect(each.reduce((sum, one) => sum + one.failed, 0)).toBe(failed);
    }
  });

  it('finds any entry that was changed in secret, whatever keeps it, by the root', async () => {
    const chain = await grown();
    const { host, blockId } = chain;
    let broken = 0;
    const elsewhere = new Set<string>();
    for (const module of moduleSet.modules.filter(({ id }) => MODULES.includes(id))) {
      const clean = await value(host.auditModule(blockId, module.id));
      for (const { name } of module.tables) {
        const page = await value(host.readTable(blockId, name, 0, 3));
        for (const { key, value: before } of page.rows) {
          const answer = await host.auditModule(blockId, module.id, undefined, key);
          if (!answer.ok) {
            // What is only written at genesis is in the common lane, and a balance in its owner's.
            expect(answer.error.code).toBe('audit/other_lane');
            elsewhere.add(name);
            continue;
          }
          const found = answer.value;
          expect(found.altered).toMatchObject({ key, before });
          expect(found.altered!.after).not.toEqual(before);
          expect(found.rootMatches).toBe(false);
          expect(found.recordedRoot).toBe(clean.recordedRoot);
          broken += found.invariants.filter(({ holds }) => !holds).length;
        }
      }
      expect(await value(host.auditModule(blockId, module.id))).toMatchObject({
        recomputedRoot: clean.recomputedRoot,
        rootMatches: true,
      });
    }
    expect(elsewhere).toContain('gameAssets/recipes');
    expect(elsewhere.size).toBeLessThan(6);
    expect(broken).toBeGreaterThan(3);
  });

  it('changes nothing that the module does not hold', async () => {
    const { host, blockId } = await grown();
    const altered = async (key: unknown) =>
      codeOf(host.auditModule(blockId, 'amm', undefined, key as string));
    expect(await altered('bank/supply/0')).toBe('audit/not_its_key');
    expect(await altered('amm/pools/4294967295')).toBe('audit/not_its_key');
    expect(await altered('amm/pools')).toBe('key/not_a_key');
    expect(await altered('amm/nothing/0')).toBe('key/unknown_table');
    expect(await altered(7)).toBe('key/not_a_key');
  });

  it('is refused for a module that takes no part', async () => {
    const { host, blockId } = await grown(SETTINGS);
    for (const module of ['casino', 'identity', '__proto__', 5]) {
      expect(await codeOf(host.auditModule(blockId, module as string))).toBe('module/unknown');
    }
    expect(await codeOf(host.auditModule('nowhere', 'bank'))).toBe('history/unknown_block');
  });
});

describe('checking a proof again', () => {
  it('shows how it climbs to the root, and that with any byte changed it is no proof any more', async () => {
    const chain = await grown();
    const { host, blockId } = chain;
    for (const table of ['identity/identities', 'supplyChain/items', 'healthRecords/records']) {
      const { key } = await firstKeyOf(chain, table);
      const proven = await value(host.proveKey(blockId, key));
      const text = JSON.stringify(proven.proof);
      const whole = await value(host.checkProof(text, proven.blockRoot));
      expect(whole.verdict).toBe('valid');
      const { start, levels, root } = whole.trail!;
      expect(root).toBe(proven.stateRoot);
      expect(levels.length).toBeGreaterThan(0);
      expect(new Set([start, ...levels.map(({ hash }) => hash)]).size).toBe(levels.length + 1);
      const given = JSON.stringify(proven.proof);
      for (const { sibling } of levels) expect(given).toContain(sibling);
      // A flipped byte of one sibling: everything above it comes out otherwise, and nothing below.
      const at = levels.length >> 1;
      const { sibling } = levels[at]!;
      const flipped = `${sibling.slice(0, -1)}${sibling.endsWith('0') ? '1' : '0'}`;
      const spoiled = await value(host.checkProof(text.replace(sibling, flipped), proven.blockRoot));
      expect(spoiled.verdict).toBe('invalid');
      spoiled.trail!.levels.forEach(({ hash }, i) => {
        expect(hash === levels[i]!.hash).toBe(i < at);
      });
      expect(spoiled.trail!.root).not.toBe(root);
    }
  });

  it('answers whatever it is given', async () => {
    const { host } = await grown(SETTINGS);
    for (const [text, root] of [
      ['', undefined],
      ['{}', undefined],
      [7, undefined],
      [undefined, undefined],
      ['{}', 7],
      ['[]', 'ab'],
    ] as const) {
      const found = await value(host.checkProof(text as string, root as string));
      expect(found).toMatchObject({ verdict: 'malformed', trail: null });
    }
  });
});
