import { describe, expect, it } from 'vitest';
import { Chronicle, EVENTS, tendermintNetwork } from '../../tests/tendermintNetwork.ts';

describe('loss', () => {
  it('delays decisions and never makes two', () => {
    for (let seed = 0; seed < 60; seed++) {
      const chronicle = new Chronicle();
      const simulation = tendermintNetwork({
        observers: [chronicle],
        network: {
          latency: { kind: 'exponential', minUs: 100, meanUs: 900 },
          lossPermille: 300,
          duplicatePermille: 100,
        },
        rest: { seed },
      });
      const end = simulation.run({ heights: 10, events: EVENTS });
      expect([seed, end]).toEqual([seed, 'heights']);
      expect(chronicle.wrongs).toEqual([]);
    }
  });
});
