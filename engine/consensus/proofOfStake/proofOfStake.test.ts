import { describe, expect, it } from 'vitest';
import { equals, runToSlot, stakeNetwork } from '../../tests/stakeNetwork.ts';
import { Checkers } from '../checkers/index.ts';
import { violationsOf } from '../observer.ts';

describe('proof of stake', () => {
  it('makes a block a slot, justifies an epoch when it ends, and finalises it one later', () => {
    const simulation = stakeNetwork();
    const at = (slot: number): readonly unknown[] => {
      runToSlot(simulation, slot);
      const { details, height } = simulation.viewOf(3);
      return [height, details.justifiedEpoch, details.finalisedEpoch, simulation.decidedHeight()];
    };
    // What an epoch's votes justify is worked out by the first block of the next.
    expect([8, 16, 17, 24, 25, 33].map(at)).toEqual([
      [7, 0, 0, 0],
      [15, 0, 0, 0],
      [16, 1, 0, 0],
      [23, 1, 0, 0],
      [24, 2, 1, 8],
      [32, 3, 2, 16],
    ]);
  });

  it('breaks no rule, whatever the links do, and everybody comes together', () => {
    for (const network of [
      { latency: { kind: 'exponential', minUs: 500, meanUs: 5000 } },
      { lossPermille: 50, duplicatePermille: 50 },
      { topology: { kind: 'gossip', peers: 2 }, diskUs: 500 },
    ] as const) {
      const observers = [Checkers.create()];
      const simulation = stakeNetwork({ powers: equals(20), network, observers });
      runToSlot(simulation, 200);
      expect([network, violationsOf(observers)]).toEqual([network, []]);
      expect(simulation.decidedHeight()).toBeGreaterThan(150);
    }
  });

  it('is the same again, and goes on from a fork as the original does', () => {
    const rough = { powers: equals(12), network: { lossPermille: 50, clockDriftPpm: 200, diskUs: 300 } };
    const simulation = stakeNetwork(rough);
    runToSlot(simulation, 30);
    const fork = simulation.fork();
    for (const one of [fork, simulation]) runToSlot(one, 90);
    const again = stakeNetwork(rough);
    runToSlot(again, 90);
    expect(fork.traceHash()).toBe(simulation.traceHash());
    expect(again.traceHash()).toBe(simulation.traceHash());
    expect(simulation.decidedHeight()).toBeGreaterThan(60);
  });
});
