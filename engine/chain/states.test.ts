import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balances } from '../modules/bank/state.ts';
import { keyIdentity, type StateChange } from '../storage/contract.ts';
import { FlatState } from '../storage/flatMap/flatState.ts';
import { OverlayState } from './overlayState.ts';
import { packChanges, unpackChanges } from './packedChanges.ts';
import { createStateReader } from './stateReader.ts';

/** A change of somebody's balance of asset 0, from nothing; null deletes. */
function change(account: number, amount: bigint | null, before: bigint | null = null): StateChange {
  const key = Uint32Array.of(balances.id, 0, 0, account);
  const words = (value: bigint | null) => {
    if (value === null) return null;
    const memory = new Uint32Array(balances.valueWords);
    balances.writeValue(memory, 0, value);
    return memory;
  };
  return { identity: keyIdentity(key, 0, key.length), key, before: words(before), after: words(amount) };
}

const amounts = fc.uniqueArray(
  fc.record({ account: fc.integer({ min: 0, max: 9 }), amount: fc.option(fc.bigInt({ min: 1n, max: 9n })) }),
  { selector: ({ account }) => account },
);
const changesOf = (list: readonly { account: number; amount: bigint | null }[]) =>
  list.map(({ account, amount }) => change(account, amount));

describe('a state with changes laid over it', () => {
  it('is the state with the changes applied', () => {
    fc.assert(
      fc.property(amounts, amounts, (first, second) => {
        const base = new FlatState();
        base.apply(changesOf(first));
        const overlay = new OverlayState(base, changesOf(second));
        const applied = new FlatState(base);
        applied.apply(changesOf(second));
        const told = (state: FlatState | OverlayState) => [...createStateReader(state).entries(balances)];
        expect(told(overlay)).toEqual(told(applied));
        expect(overlay.size).toBe(applied.size);
        // Asked for as a whole before it changes, a table is kept up; taken back, it is what it was.
        expect([...base.entriesOf(balances.id)]).toHaveLength(base.size);
        base.apply(changesOf(second));
        expect(told(base)).toEqual(told(applied));
        expect([...base.entriesOf(1)]).toEqual([]);
        for (const { account } of [...first, ...second]) {
          const read = (state: FlatState | OverlayState) =>
            createStateReader(state).get(balances, 0, 0, account);
          expect(read(overlay)).toBe(read(applied));
        }
      }),
    );
  });
});

describe('a reader of state', () => {
  it('decodes, and tells entries in the order of their keys', () => {
    const state = new FlatState();
    state.apply([change(300, 3n), change(2, 2n), change(65_536, 1n)]);
    const reader = createStateReader(state);
    expect([...reader.entries(balances)]).toEqual([
      [[0, 0, 2], 2n],
      [[0, 0, 300], 3n],
      [[0, 0, 65_536], 1n],
    ]);
    expect(reader.get(balances, 0, 0, 300)).toBe(3n);
    expect(reader.get(balances, 0, 1, 300)).toBeUndefined();
  });
});

describe('packed changes', () => {
  it('come out as they went in', () => {
    const changes = [change(1, 5n), change(2, null, 7n), change(3, 2n ** 127n, 1n), change(4, null)];
    expect(unpackChanges(packChanges(changes))).toEqual(changes);
    expect(unpackChanges(packChanges([]))).toEqual([]);
  });
});
