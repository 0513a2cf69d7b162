import { describe, expect, it } from 'vitest';
import {
  act,
  Chronicle,
  equals,
  EVENTS,
  type Network,
  tendermintNetwork,
} from '../../tests/tendermintNetwork.ts';
import type { Simulation } from '../simulator/simulation.ts';
import { KIND } from './messages.ts';

const heightsOf = (simulation: Simulation): number[] =>
  simulation.nodes.map((_, node) => simulation.viewOf(node).height);

/** Runs for so long, and further until all have decided some more heights. */
function runAndRecover(simulation: Simulation, forUs: number, recover: () => void): string {
  simulation.run({ events: EVENTS, untilUs: simulation.nowUs + forUs });
  recover();
  const heights = Math.max(...heightsOf(simulation)) + 3;
  return simulation.run({ heights, events: EVENTS });
}

describe('the network', () => {
  it('may lose, double and reorder messages: decisions take longer and stay one', () => {
    for (let seed = 0; seed < 40; seed++) {
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
      expect([seed, end, chronicle.wrongs]).toEqual([seed, 'heights', []]);
      expect(chronicle.copiesOf.get(KIND.status)).toBeGreaterThan(0);
    }
  });

  it('may be cut in two halves: nobody decides until it is healed, and then all do', () => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({ observers: [chronicle] });
    simulation.run({ heights: 5, events: EVENTS });
    const halves = [
      [0, 1],
      [2, 3],
    ];
    act(simulation, { kind: 'cut', groups: halves });
    simulation.run({ events: EVENTS, untilUs: simulation.nowUs + 20_000 });
    const before = chronicle.chain.size;
    const end = runAndRecover(simulation, 2_000_000, () => {
      expect(chronicle.chain.size).toBe(before);
      act(simulation, { kind: 'heal' });
    });
    expect([end, chronicle.wrongs]).toEqual(['heights', []]);
  });

  it('may cut off a minority, which comes after by hundreds of heights', () => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({ observers: [chronicle] });
    act(simulation, { kind: 'cut', groups: [[0, 1, 2], [3]] });
    const end = runAndRecover(simulation, 3_000_000, () => {
      expect(heightsOf(simulation)[0]).toBeGreaterThan(150);
      expect(heightsOf(simulation)[3]).toBe(1);
      act(simulation, { kind: 'heal' });
    });
    expect([end, chronicle.wrongs]).toEqual(['heights', []]);
    expect(chronicle.copiesOf.get(KIND.commits)).toBeGreaterThan(2);
  });

  it('may be slower than the timeouts: these grow until rounds succeed', () => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({
      observers: [chronicle],
      network: { latency: { kind: 'constant', us: 60_000 } },
    });
    expect(simulation.run({ heights: 2, events: EVENTS })).toBe('heights');
    expect(Math.max(...chronicle.notes.map(([, { round }]) => round))).toBeGreaterThan(2);
    expect(chronicle.wrongs).toEqual([]);
  });

  it('may hand messages on among peers', () => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({
      powers: equals(12),
      observers: [chronicle],
      network: { topology: { kind: 'gossip', peers: 2 } },
    });
    expect(simulation.run({ heights: 20, events: EVENTS })).toBe('heights');
    expect(chronicle.copiesOf.get(KIND.status)).toBeUndefined();
    expect(chronicle.wrongs).toEqual([]);
  });

  it('may have a proposer down: its rounds are passed over, and it comes after', () => {
    const chronicle = new Chronicle();
    const simulation = tendermintNetwork({ observers: [chronicle] });
    act(simulation, { kind: 'crash', node: 0, loseUnsynced: true });
    const end = runAndRecover(simulation, 2_000_000, () => {
      const proposers = new Set([...chronicle.chain.values()].map(({ proposer }) => proposer));
      expect(proposers).toEqual(new Set([1, 2, 3]));
      expect(chronicle.chain.get(1)!.round).toBe(1);
      act(simulation, { kind: 'restart', node: 0 });
    });
    expect([end, chronicle.wrongs]).toEqual(['heights', []]);
  });
});

describe('a run', () => {
  it('goes on from a fork as the original does, at any time', () => {
    const rough: Network = {
      powers: [5, 1, 1, 1, 1, 1],
      network: {
        latency: { kind: 'exponential', minUs: 100, meanUs: 900 },
        lossPermille: 100,
        clockDriftPpm: 300,
        diskUs: 400,
      },
    };
    const whole = tendermintNetwork(rough);
    whole.run({ events: 6000 });
    for (const at of [0, 1, 50, 777, 4000]) {
      const simulation = tendermintNetwork(rough);
      simulation.run({ events: at });
      const fork = simulation.fork();
      simulation.run({ events: 500 });
      fork.run({ events: 6000 - at });
      expect(fork.traceHash()).toBe(whole.traceHash());
    }
  });

  it('follows a script of leaders, and its own turns after it', () => {
    const chronicle = new Chronicle();
    const everybody = [[0, 1, 2, 3]];
    const script = {
      height: 2,
      rounds: [
        { leader: 3, groups: [[0], [1], [2], [3]] },
        { leader: 2, groups: everybody },
      ],
    };
    const simulation = tendermintNetwork({ observers: [chronicle], rest: { script } });
    expect(simulation.run({ heights: 4, events: EVENTS })).toBe('heights');
    const chain = [1, 2, 3, 4].map((height) => chronicle.chain.get(height)!);
    expect(chain.map(({ proposer }) => proposer)).toEqual([0, 2, 2, 3]);
    expect(chain.map(({ round }) => round)).toEqual([0, 1, 0, 0]);
  });
});
