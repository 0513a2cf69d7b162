import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { genesisWorld, type StateReader } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { healthRecords } from './manifest.ts';
import { accesses, records, WRAPPED_BYTES } from './state.ts';

function started(accounts: number): ReferenceChain {
  const chain = new ReferenceChain([healthRecords]);
  chain.genesis(genesisWorld({ accounts, assets: 0, pools: 0, bankPartition: 'asset' }, [healthRecords]));
  chain.height = 1;
  return chain;
}

function traffic(state: StateReader, seed: number, accounts: number, hotPermille: number, count: number) {
  const world = {
    accounts,
    assets: 1,
    pools: [],
    hotPools: [],
    hotPermille,
    skewPermille: 0,
    work: 5,
    state,
  };
  return healthRecords.workloads[0]!.generate(createPrng(seed), world, count);
}

const small = fc.integer({ min: 0, max: 2 });
const wrapped = fc.constantFrom(new Uint8Array(WRAPPED_BYTES), new Uint8Array(3));
const call = fc.oneof(
  fc.record({
    name: fc.constant('store'),
    args: fc.record({
      patient: small,
      sizeBytes: fc.nat(),
      contentHash: fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }),
      commitment: fc.nat().map(BigInt),
      keys: fc.array(fc.record({ reader: small, wrapped }), { maxLength: 2 }),
    }),
  }),
  fc.record({
    name: fc.constant('grant'),
    args: fc.record({
      reader: small,
      purpose: small,
      until: fc.constantFrom(0, 1_000_030),
      keys: fc.array(fc.record({ record: small, wrapped }), { maxLength: 2 }),
    }),
  }),
  fc.record({ name: fc.constant('withdraw'), args: fc.record({ reader: small, purpose: small }) }),
  fc.record({
    name: fc.constant('read'),
    args: fc.record({ patient: small, record: small, purpose: small }),
  }),
);
const drafts = fc.array(
  fc
    .record({ sender: small, call })
    .map(({ sender, call }): TransactionDraft => ({ sender, module: 'healthRecords', ...call })),
  { maxLength: 40 },
);

/** Who may read whom for what, told by the calls alone: what the module says must be this. */
class Model {
  private readonly consents = new Map<string, number>();
  private readonly keys = new Set<string>();
  private readonly stored = new Map<number, number>();

  succeeds({ sender, name, args }: TransactionDraft, time: number): boolean {
    const { patient, reader, record, purpose, until, keys } = args as Record<string, never>;
    if (name === 'store') {
      if (!this.may(patient, sender, 0, time) || this.anyShort(keys)) return false;
      const number = this.stored.get(patient) ?? 0;
      this.stored.set(patient, number + 1);
      for (const key of keys as readonly { reader: number }[])
        this.keys.add(`${patient}/${number}/${key.reader}`);
      return true;
    }
    if (name === 'grant') {
      const unknown = (keys as readonly { record: number }[]).some((key) => !this.has(sender, key.record));
      if (sender === reader || unknown || this.anyShort(keys)) return false;
      this.consents.set(`${sender}/${reader}/${purpose}`, until);
      for (const key of keys as readonly { record: number }[])
        this.keys.add(`${sender}/${key.record}/${reader}`);
      return true;
    }
    if (name === 'withdraw') return this.consents.delete(`${sender}/${reader}/${purpose}`);
    return (
      this.may(patient, sender, purpose, time) &&
      this.has(patient, record) &&
      this.keys.has(`${patient}/${record}/${sender}`)
    );
  }

  private may(patient: number, reader: number, purpose: number, time: number): boolean {
    const until = this.consents.get(`${patient}/${reader}/${purpose}`);
    return patient === reader || (until !== undefined && (until === 0 || time <= until));
  }

  private has(patient: number, record: number): boolean {
    return record < (this.stored.get(patient) ?? 0);
  }

  private anyShort(keys: readonly { readonly wrapped: Uint8Array }[]): boolean {
    return keys.some((key) => key.wrapped.length !== WRAPPED_BYTES);
  }
}

describe('whatever people do with records', () => {
  it('reads happen exactly where consent and key were there, and leave a trail that stays', () => {
    fc.assert(
      fc.property(fc.array(drafts, { maxLength: 4 }), (blocks) => {
        const chain = started(3);
        const model = new Model();
        for (const block of blocks) {
          const time = chain.timestamp;
          const before = [...chain.state.entries(accesses)];
          const entered = [...chain.state.entries(records)];
          const { receipts } = chain.block(block);
          receipts.forEach(({ status }, i) => {
            expect(status, JSON.stringify([i, block[i]!.name])).toBe(
              model.succeeds(block[i]!, time) ? 'success' : 'reverted',
            );
          });
          const reads = receipts.filter(({ status }, i) => status === 'success' && block[i]!.name === 'read');
          expect([...chain.state.entries(accesses)]).toHaveLength(before.length + reads.length);
          for (const [key, access] of before) expect(chain.state.get(accesses, ...key)).toEqual(access);
          for (const [key, record] of entered) expect(chain.state.get(records, ...key)).toEqual(record);
          expect(chain.complaints()).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('visits', () => {
  it('are the same for the same seed, of every kind, and most succeed', () => {
    const chain = started(30);
    let failed = 0;
    const kinds = new Map<string, number>();
    for (let height = 1; height <= 15; height++) {
      const sent = traffic(chain.state, height, 30, 100, 200);
      expect(traffic(chain.state, height, 30, 100, 200)).toEqual(sent);
      expect(sent).toHaveLength(200);
      for (const { name } of sent) kinds.set(name, (kinds.get(name) ?? 0) + 1);
      const { receipts } = chain.block(sent);
      expect(receipts.filter(({ status }) => status === 'panicked')).toEqual([]);
      failed += receipts.filter(({ status }) => status !== 'success').length;
      expect(chain.complaints()).toEqual([]);
    }
    expect([...kinds.keys()].sort()).toEqual(['grant', 'read', 'store', 'withdraw']);
    expect(kinds.get('read')).toBeGreaterThan(200);
    // Some are withdrawn in the block of a read: that is shown, not avoided.
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(0.1 * 15 * 200);
  });

  it('crowd at one patient as far as asked, and need two people', () => {
    const { state } = started(30);
    const asked = traffic(state, 1, 30, 900, 200).filter(({ args }) => args.patient === 29);
    expect(asked.length).toBeGreaterThan(150);
    expect(traffic(state, 1, 1, 0, 5)).toEqual([]);
    expect(traffic(state, 1, 2, 0, 5)).toHaveLength(5);
  });
});
