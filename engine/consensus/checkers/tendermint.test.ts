import { describe, expect, it } from 'vitest';
import { act, EVENTS, equals, tendermintNetwork } from '../../tests/tendermintNetwork.ts';
import { Checkers } from './index.ts';

describe('the checkers on Tendermint', () => {
  it('find nothing where nobody lies, whatever links, clocks, disks and crashes do', () => {
    for (let seed = 0; seed < 40; seed++) {
      const checkers = Checkers.create();
      const simulation = tendermintNetwork({
        observers: [checkers],
        network: {
          latency: { kind: 'exponential', minUs: 100, meanUs: 3000 },
          clockDriftPpm: 200,
          diskUs: 300,
          lossPermille: 20,
          duplicatePermille: 20,
        },
        rest: { seed },
      });
      for (let crash = 0; crash < 6; crash++) {
        const node = (seed + crash) % 4;
        simulation.run({ events: 40 + 13 * ((seed * 7 + crash) % 17) });
        act(simulation, { kind: 'crash', node, loseUnsynced: crash % 2 === 0 });
        simulation.run({ events: 60 });
        act(simulation, { kind: 'restart', node });
      }
      expect(simulation.run({ heights: 10, events: EVENTS })).toBe('heights');
      expect(checkers.violations).toEqual([]);
      expect(checkers.evidence).toEqual([]);
    }
  });

  it('name who lies, find nothing else, and go on from forks', () => {
    for (const [lie, kinds] of [
      ['twoVotes', ['twoVotes']],
      ['twoProposals', ['twoProposals']],
      ['wrongDigest', ['wrongDigest']],
      ['amnesia', []],
      ['silence', []],
      ['lateVotes', []],
      ['withheldBlock', []],
    ] as const) {
      const checkers = Checkers.create();
      const simulation = tendermintNetwork({ powers: equals(7), observers: [checkers] });
      act(simulation, { kind: 'lie', node: 2, lies: [lie] });
      simulation.run({ events: 500 });
      const fork = simulation.fork();
      expect(simulation.run({ heights: 14, events: EVENTS })).toBe('heights');
      fork.run({ heights: 14, events: EVENTS });
      expect(checkers.violations).toEqual([]);
      expect([...new Set(checkers.evidence.map(({ kind }) => kind))]).toEqual(kinds);
      expect(checkers.evidence.every(({ identity }) => identity === 2)).toBe(true);
      expect((fork.observers[0] as Checkers).evidence).toEqual(checkers.evidence);
    }
  });
});
