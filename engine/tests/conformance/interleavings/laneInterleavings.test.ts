import { describe, expect, it } from 'vitest';
import { onTrack } from '../laneBlocks.ts';
import { script } from '../scriptBlocks.ts';
import { OP, op } from '../scriptModule.ts';
import { exploreAll, moduleLanes } from './explore.ts';
import { blockOf, bump, type Shape, tinyBlocks } from './tinyBlocks.ts';

const FULL = process.env.FULL !== undefined;
const track = (sender: number, ...[operations]: [Parameters<typeof script>[1]]) =>
  onTrack(script(sender, operations));

/** Cell c lies in lane c mod 3. */
const shapes: readonly Shape[] = [
  {
    name: 'three lanes side by side, and one crosses two of them',
    drafts: [
      track(0, [...bump(0), op(OP.note)]),
      track(1, bump(1)),
      track(2, [...bump(0), op(OP.readMore, 1), op(OP.write, 1)]),
      track(1, bump(2)),
    ],
  },
  {
    name: 'two cross the same two lanes from either side',
    drafts: [
      track(0, [op(OP.add, 3), op(OP.write, 0), op(OP.readMore, 1), op(OP.write, 1)]),
      track(1, [op(OP.read, 1), op(OP.write, 0), op(OP.note)]),
      track(2, bump(0)),
    ],
  },
  {
    name: 'two lanes side by side, with one sender in both',
    drafts: [track(0, bump(0)), track(0, bump(1)), track(0, bump(0)), track(1, bump(1))],
  },
  {
    name: 'a crossing one reverts, another panics',
    drafts: [
      track(0, [op(OP.add, 5), op(OP.write, 0)]),
      track(1, [op(OP.read, 0), op(OP.write, 1), op(OP.revertIf, 5, 0)]),
      track(2, [op(OP.read, 1), op(OP.write, 2), op(OP.divide, 7)]),
      track(1, [op(OP.skipIfAbsent, 1, 1), op(OP.add, 50), op(OP.add, 1), op(OP.write, 2)]),
    ],
  },
  {
    name: 'three lanes side by side, cut by the gas limit',
    drafts: [track(0, bump(0)), track(1, bump(1)), track(2, bump(2)), track(0, bump(1))],
    gasLimit: 1800,
  },
  {
    name: 'a cell is removed in one lane and asked for from another',
    drafts: [
      track(0, bump(0)),
      track(1, [op(OP.read, 0), op(OP.remove, 0), op(OP.write, 1)]),
      track(2, [op(OP.skipIfAbsent, 0, 1), op(OP.add, 9), op(OP.write, 2)]),
    ],
  },
];
const laneBlocks = shapes.map((shape) => ({ name: shape.name, block: blockOf(shape) }));

describe('every interleaving of module lanes equals the oracle', { timeout: 120_000 }, () => {
  it.each(laneBlocks)('$name', ({ name, block }) => {
    const { interleavings, endings } = exploreAll(name, block, { workers: 2 }, moduleLanes);
    // Where each waits for the one before, whoever takes the first runs them all.
    expect(interleavings).toBeGreaterThan(/side by side/.test(name) ? 1000n : 1n);
    expect(endings).toBeGreaterThan(0);
  });

  it.each(laneBlocks)('$name, with the fee recipient as one more lock', ({ name, block }) => {
    const { endings } = exploreAll(name, block, { workers: 2, trackFees: true }, moduleLanes);
    expect(endings).toBeGreaterThan(0);
  });

  it.each(tinyBlocks)('one lane: $name', ({ name, block }) => {
    expect(exploreAll(name, block, { workers: 2 }, moduleLanes).endings).toBeGreaterThan(0);
  });

  it('counts as many schedules when each is walked on its own', () => {
    const block = blockOf({
      name: 'pair',
      drafts: [track(0, [op(OP.write, 0)]), track(1, [op(OP.write, 1)])],
    });
    const merged = exploreAll('pair', block, { workers: 2 }, moduleLanes);
    const walked = exploreAll('pair', block, { workers: 2, oneByOne: true }, moduleLanes);
    expect(walked.interleavings).toBe(merged.interleavings);
    expect(walked.longest).toBe(merged.longest);
    expect(BigInt(walked.endings)).toBe(walked.interleavings);
  });
});

describe.runIf(FULL)('every interleaving of module lanes on three workers', () => {
  it.each(laneBlocks)(
    '$name',
    ({ name, block }) => {
      expect(exploreAll(name, block, { workers: 3 }, moduleLanes).endings).toBeGreaterThan(0);
    },
    3_600_000,
  );
});
