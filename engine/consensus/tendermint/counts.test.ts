import { describe, expect, it } from 'vitest';
import { Chronicle, equals, EVENTS, tendermintNetwork } from '../../tests/tendermintNetwork.ts';

const formula = (n: number): number => (n - 1) * (2 * n + 1);
const HEIGHTS = 10;

describe('messages of a decision', () => {
  it('are (n−1)(2n+1) copies without faults on direct links', () => {
    for (const n of [1, 4, 7, 16, 31, 64, 100]) {
      const chronicle = new Chronicle();
      const simulation = tendermintNetwork({ powers: equals(n), observers: [chronicle] });
      expect(simulation.run({ heights: HEIGHTS, events: EVENTS })).toBe('heights');
      for (let height = 1; height <= HEIGHTS; height++) {
        expect(chronicle.copiesAt.get(height) ?? 0).toBe(formula(n));
      }
      expect(simulation.messages).toBe(HEIGHTS * formula(n));
      // Votes of heights that are over take no room on disk.
      for (const { disk } of simulation.nodes) expect(disk.records.length).toBeLessThan(HEIGHTS + 4);
    }
  });

  it('are as many when links, clocks and disks take all kinds of time, as long as no timeout ends', () => {
    for (let seed = 0; seed < 20; seed++) {
      const chronicle = new Chronicle();
      const simulation = tendermintNetwork({
        powers: equals(7),
        observers: [chronicle],
        own: { timeoutProposeUs: 1_000_000 },
        network: {
          latency: { kind: 'exponential', minUs: 100, meanUs: 900 },
          clockDriftPpm: 200,
          diskUs: 300,
          bytesPerSecond: 10_000_000,
        },
        rest: { seed },
      });
      expect(simulation.run({ heights: HEIGHTS, events: EVENTS })).toBe('heights');
      for (let height = 1; height <= HEIGHTS; height++) {
        expect(chronicle.copiesAt.get(height)).toBe(formula(7));
      }
      expect(chronicle.wrongs).toEqual([]);
    }
  });
});
