import { describe, expect, it } from 'vitest';
import { byteAt, bytesOf, flipped, levelOf, nextPlace, partsOf, siblingByte } from './proofBytes.ts';

const PROOF = {
  format: 'switchyard/merkle/1',
  key: '0a0b0c',
  value: null,
  keys: 3,
  steps: ['07aa', '03bbcc'],
  root: 'ff00',
  block: { before: '00', lanes: ['0102'], root: '99' },
};

describe('bytes of a proof', () => {
  const parts = partsOf(PROOF);

  it('are those of its hex texts, in their order', () => {
    expect(parts.map(({ path, bytes }) => [path.join('.'), bytes])).toEqual([
      ['key', 3],
      ['steps.0', 2],
      ['steps.1', 3],
      ['root', 2],
      ['block.before', 1],
      ['block.lanes.0', 2],
      ['block.root', 1],
    ]);
    expect(bytesOf(parts)).toBe(14);
    expect(byteAt(parts, 4)).toMatchObject({ part: { path: ['steps', 0] }, byte: 1 });
    expect(byteAt(parts, 14)).toBeUndefined();
  });

  it('are flipped one at a time: each makes another text, and leaves all else alone', () => {
    const texts = new Set([JSON.stringify(PROOF)]);
    for (let place = 0; place < 14; place++) {
      const byte = byteAt(parts, place)!;
      const spoiled = flipped(PROOF, byte);
      texts.add(JSON.stringify(spoiled));
      expect(partsOf(spoiled)).toEqual(parts);
      expect(flipped(spoiled, byte)).toEqual(PROOF);
    }
    expect(texts.size).toBe(15);
    expect(flipped(PROOF, byteAt(parts, 0)!)).toEqual({ ...PROOF, key: '0b0b0c' });
  });

  it('of a sibling are found by its level, in a tree and in a log', () => {
    expect(parts.map(levelOf)).toEqual([undefined, 0, 1, undefined, undefined, undefined, undefined]);
    expect(siblingByte(parts, 1)).toMatchObject({ part: { path: ['steps', 1] }, byte: 2 });
    expect(siblingByte(parts, 2)).toBeUndefined();
    expect(siblingByte(partsOf({ path: ['aa'.repeat(32)] }), 0)).toMatchObject({ byte: 31 });
  });

  it('are gone through without coming back before all had their turn', () => {
    for (const count of [14, 980, 1024, 2047]) {
      const places = Array.from({ length: count }, (_, turn) => nextPlace(count, turn));
      expect(new Set(places).size).toBe(count);
    }
  });
});
