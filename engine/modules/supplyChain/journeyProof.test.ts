import { describe, expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { Chain } from '../../chain/chain.ts';
import { canonicalKey, canonicalValue } from '../../chain/laneStorages.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import { type Table, writeKeyWords } from '../../moduleSdk/index.ts';
import type { AppendLogStorage } from '../../storage/appendLog/appendLogStorage.ts';
import { checkLogProof } from '../../storage/appendLog/verifyLog.ts';
import { verifyWrite, type WriteProof } from '../../storage/appendLog/verifyWrite.ts';
import { chainParts, rebuiltRoot, rootsOf, SMALL_GENESIS } from '../../tests/chainParts.ts';
import { items, LANE, STEP, type Step, steps } from './state.ts';
import { type JourneyStep, journeyOf } from './view.ts';

const table = steps as unknown as Table;
const chain = new Chain(
  chainParts(),
  { ...SMALL_GENESIS, modules: ['supplyChain'], mode: 'modular' },
  { transactionsPerBlock: 60, swapPermille: 0, hotPermille: 0, work: 10, shares: { shipments: 1000 } },
);
for (let height = 1; height <= 8; height++) expect(chain.extend(chain.tree.current, []).ok).toBe(true);
const block = chain.tree.current;
const logAt = (at = block) => rootsOf(chain).storages.at(at, LANE) as AppendLogStorage;

/** The item that came furthest. */
const state = createStateReader(chain.stateAfter(block));
const [[maker, serial]] = [...state.entries(items)].reduce((a, b) => (b[1].steps > a[1].steps ? b : a));
const journey = journeyOf(state, maker, serial);

function keyWords(step: number, of = serial): Uint32Array {
  const words = new Uint32Array(table.keyWords);
  writeKeyWords(table, words, 0, [maker, of, step]);
  return words;
}

function valueHex(step: Step): string {
  const words = new Uint32Array(table.valueWords);
  table.writeValue(words, 0, step);
  return toHex(canonicalValue(table, words));
}

const stepOf = (step: JourneyStep): Step => ({ ...step, kind: STEP[step.kind] });

describe('an item’s journey', () => {
  const blockRoot = toHex(rootsOf(chain).after(block).root);
  const stateRoot = toHex(rootsOf(chain).lane(block, LANE)!.stateRoot);

  it('is proven whole to an outsider who knows the root of a block and nothing else', () => {
    expect(journey.length).toBeGreaterThan(3);
    journey.forEach((step, number) => {
      const proof = rootsOf(chain).prove(block, keyWords(number)).proof as WriteProof;
      for (const root of [blockRoot, stateRoot])
        expect(verifyWrite(JSON.stringify(proof), root)).toBe('valid');
      expect(proof.value).toBe(valueHex(stepOf(step)));
      const lies = [
        { value: valueHex({ ...stepOf(step), to: step.to + 1 }) },
        { value: valueHex({ ...stepOf(step), time: step.time + 12 }) },
        { key: toHex(canonicalKey(table, keyWords(number + 1))) },
        { key: toHex(canonicalKey(table, keyWords(number, serial + 1))) },
        { height: proof.height + 1 },
      ];
      for (const lie of lies) {
        expect(verifyWrite(JSON.stringify({ ...proof, ...lie }), blockRoot)).toBe('invalid');
      }
    });
    expect(rootsOf(chain).prove(block, keyWords(journey.length)).proof).toBeUndefined();
  });

  it('was never rewritten: each step is one leaf, and the log only grew', () => {
    const sizes = chain.tree.pathBetween(chain.tree.genesis, block).map((at) => logAt(at).writes);
    const log = logAt();
    const written = Array.from({ length: log.writes }, (_, i) => toHex(log.write(i).key));
    journey.forEach((_, number) => {
      const key = toHex(canonicalKey(table, keyWords(number)));
      expect(written.filter((other) => other === key)).toHaveLength(1);
    });
    expect(sizes.at(-1)).toBe(log.writes);
    for (const size of sizes) expect(checkLogProof(log.consistency(size)).verdict).toBe('valid');
  });

  it('goes back to an earlier block by cutting, and on by another branch', () => {
    const [earlier] = chain.tree.pathBetween(chain.tree.genesis, block);
    const before = rootsOf(chain).lane(earlier!, LANE)!.stateRoot;
    expect(toHex(logAt(earlier).root())).toBe(toHex(before));
    expect(toHex(logAt().root())).toBe(stateRoot);
    expect(chain.extend(earlier!, [{ kind: 'setTraffic', traffic: { work: 11 } }]).ok).toBe(true);
    const branch = chain.tree.current;
    const rebuilt = rebuiltRoot(chain, branch, LANE);
    expect(toHex(rebuilt)).toBe(toHex(logAt(branch).root()));
  });
});
