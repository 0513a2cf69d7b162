import { describe, expect, it } from 'vitest';
import { OneValidator } from '../../tests/oneValidator.ts';
import { drawCommittees, drawProposers } from './committees.ts';

describe('committees', () => {
  it('cut all validators into slots, each once an epoch, sizes one apart at most', () => {
    for (const [validators, slots] of [
      [1000, 32],
      [7, 8],
      [33, 8],
      [1, 2],
    ] as const) {
      for (let epoch = 0; epoch < 5; epoch++) {
        const { committees, slotOf, placeOf } = drawCommittees(3, epoch, validators, slots);
        expect(committees).toHaveLength(slots);
        const all = committees.flatMap((committee) => [...committee]).sort((a, b) => a - b);
        expect(all).toEqual([...new Array(validators).keys()]);
        const sizes = committees.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        for (let identity = 0; identity < validators; identity++) {
          expect(committees[slotOf[identity]!]![placeOf[identity]!]).toBe(identity);
        }
      }
    }
  });

  it('are others in each epoch and for each seed, and the same for everybody', () => {
    const drawn = (seed: number, epoch: number) => drawCommittees(seed, epoch, 64, 8).committees;
    expect(drawn(1, 2)).toEqual(drawn(1, 2));
    expect(drawn(1, 2)).not.toEqual(drawn(1, 3));
    expect(drawn(1, 2)).not.toEqual(drawn(2, 2));
    const [one, other] = [0, 5].map((identity) => new OneValidator({ identity }));
    for (const slot of [0, 5, 17]) expect(one!.committee(slot)).toEqual(other!.committee(slot));
  });

  it('put everybody into every slot about as often', () => {
    const counts = new Map<number, number>();
    for (let epoch = 0; epoch < 4000; epoch++) {
      const slot = drawCommittees(11, epoch, 8, 8).slotOf[3]!;
      counts.set(slot, (counts.get(slot) ?? 0) + 1);
    }
    // 7 degrees of freedom: beyond 24.3 once in a thousand.
    expect(chiSquare([...counts.values()], new Array<number>(8).fill(500))).toBeLessThan(24.3);
  });
});

describe('proposers', () => {
  it('are drawn by stake', () => {
    const stakes = Float64Array.of(1, 2, 3, 4, 10, 0, 20);
    const counts = new Array<number>(stakes.length).fill(0);
    for (let epoch = 0; epoch < 500; epoch++) {
      for (const proposer of drawProposers(5, epoch, stakes, 40)) counts[proposer]!++;
    }
    expect(counts[5]).toBe(0);
    const drawn = counts.filter((_, identity) => identity !== 5);
    // 20,000 draws over a sum of 40; 5 degrees of freedom: beyond 20.5 once in a thousand.
    expect(chiSquare(drawn, [500, 1000, 1500, 2000, 5000, 10_000])).toBeLessThan(20.5);
  });

  it('also of stakes that only differ far behind the point', () => {
    const counts = [0, 0, 0];
    const stakes = Float64Array.of(2 ** 49, 2 ** 48, 2 ** 48);
    for (let epoch = 0; epoch < 300; epoch++) {
      for (const proposer of drawProposers(9, epoch, stakes, 40)) counts[proposer]!++;
    }
    expect(chiSquare(counts, [6000, 3000, 3000])).toBeLessThan(13.8);
  });

  it('are the same for everybody, and nobody where there is no stake', () => {
    const stakes = Float64Array.of(5, 6, 7);
    expect(drawProposers(1, 4, stakes, 8)).toEqual(drawProposers(1, 4, stakes, 8));
    expect(drawProposers(1, 4, stakes, 8)).not.toEqual(drawProposers(1, 5, stakes, 8));
    expect([...drawProposers(1, 4, new Float64Array(3), 3)]).toEqual([-1, -1, -1]);
  });
});

function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, at) => sum + (count - expected[at]!) ** 2 / expected[at]!, 0);
}
