import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { writeCanonicalKey } from '../../chain/canonicalOrder.ts';
import { Chain } from '../../chain/chain.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import { type Table, writeKeyWords } from '../../moduleSdk/index.ts';
import { AppendLogStorage } from '../../storage/appendLog/appendLogStorage.ts';
import { checkLogProof } from '../../storage/appendLog/verifyLog.ts';
import { verifyWrite } from '../../storage/appendLog/verifyWrite.ts';
import type { StorageWrites } from '../../storage/contract.ts';
import { chainParts, SMALL_GENESIS } from '../../tests/chainParts.ts';
import { bytesFrom, laneWrites } from '../../tests/laneWrites.ts';
import { items, LANE, type Step, steps } from './state.ts';
import { journeyOf } from './view.ts';

const parts = chainParts();
const BLOCKS = 8;

/** A chain of goods, and what each block wrote into their log. */
function made() {
  const genesis = { ...SMALL_GENESIS, modules: ['supplyChain'] };
  const traffic = {
    transactionsPerBlock: 60,
    swapPermille: 0,
    hotPermille: 0,
    work: 10,
    shares: { shipments: 1000 },
  };
  const chain = new Chain(parts, genesis, traffic);
  const begin = [...chain.stateAfter(chain.tree.current).entries()].map(({ key, value }) => ({
    key,
    before: null,
    after: value,
  }));
  const blocks: StorageWrites[] = [laneWrites(parts.modules, 0, LANE, begin)];
  for (let height = 1; height <= BLOCKS; height++) {
    const parent = chain.tree.current;
    const pending = chain.prepare(parent, []);
    if (!pending.ok) throw new Error(pending.error.code);
    blocks.push(laneWrites(parts.modules, height, LANE, pending.value.outcome.changes));
    chain.append(parent, pending.value, '');
  }
  return { state: createStateReader(chain.stateAfter(chain.tree.current)), blocks };
}

function keyBytes(maker: number, serial: number, step: number): Uint8Array {
  const table = steps as unknown as Table;
  const words = new Uint32Array(table.keyWords);
  writeKeyWords(table, words, 0, [maker, serial, step]);
  return bytesFrom((out) => writeCanonicalKey(out, table, words));
}

function valueBytes(step: Step): string {
  const table = steps as unknown as Table;
  const words = new Uint32Array(table.valueWords);
  table.writeValue(words, 0, step);
  return toHex(bytesFrom((out) => table.writeValueCanonical(out, words, 0)));
}

describe('an item’s journey', () => {
  const { state, blocks } = made();
  const log = new AppendLogStorage();
  const sizes = blocks.map((writes) => {
    log.apply(writes);
    return log.writes;
  });
  const root = toHex(log.root());
  const [[maker, serial]] = [...state.entries(items)].reduce((a, b) => (b[1].steps > a[1].steps ? b : a));
  const journey = journeyOf(state, maker, serial);

  it('is proven whole to an outsider who knows a root and nothing else', () => {
    expect(journey.length).toBeGreaterThan(3);
    journey.forEach((step, number) => {
      const proof = log.prove(keyBytes(maker, serial, number))!;
      expect(verifyWrite(JSON.stringify(proof), root)).toBe('valid');
      expect(proof.value).toBe(
        valueBytes({ ...step, kind: ['created', 'passed', 'reading'].indexOf(step.kind) }),
      );
      const other = journey[(number + 1) % journey.length]!;
      const lie = { ...step, kind: 0, by: other.to, to: step.by, time: 1 };
      expect(verifyWrite(JSON.stringify({ ...proof, value: valueBytes(lie) }), root)).toBe('invalid');
      const elsewhere = toHex(keyBytes(maker, serial, number + 1));
      expect(verifyWrite(JSON.stringify({ ...proof, key: elsewhere }), root)).toBe('invalid');
    });
    expect(log.prove(keyBytes(maker, serial, journey.length))).toBeUndefined();
  });

  it('was never rewritten: each step is one leaf, and the log only grew', () => {
    const written = Array.from({ length: log.writes }, (_, i) => toHex(log.write(i).key));
    journey.forEach((_, number) => {
      const key = toHex(keyBytes(maker, serial, number));
      expect(written.filter((other) => other === key)).toHaveLength(1);
    });
    for (const size of sizes.slice(0, -1)) {
      expect(checkLogProof(log.consistency(size)).verdict).toBe('valid');
    }
  });

  it('taken back block by block leaves the log that was there', () => {
    const again = new AppendLogStorage();
    const roots = blocks.map((writes) => {
      again.apply(writes);
      return toHex(again.root());
    });
    for (let height = BLOCKS; height > 0; height--) {
      again.apply(blocks[height]!, true);
      expect(toHex(again.root())).toBe(roots[height - 1]);
    }
  });
});
