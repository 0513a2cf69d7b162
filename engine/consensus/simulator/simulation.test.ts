import { describe, expect, it } from 'vitest';
import { belowOf, prngWords } from '../../base/prng.ts';
import { ok } from '../../base/result.ts';
import type { ConsensusSettings, Intervention } from '../../types/consensus.ts';
import { plainApplication } from '../application.ts';
import { type ConsensusMessage, NIL, type Protocol } from '../contract.ts';
import type { Observer } from '../observer.ts';
import { Simulation } from './simulation.ts';

/** Everybody says hello now and then, and counts who said it. */
interface HelloState {
  identity: number;
  heard: number[];
  words: Uint32Array;
  said: number;
}
const hello: Protocol<HelloState, ConsensusMessage, { readonly again: true }, object> = {
  id: 'tendermint',
  title: 'hello',
  source: 'made up for this test',
  messageKinds: [{ name: 'hello', role: 'vote' }],
  quorumPermille: 667,
  finality: 'absolute',
  lies: ['silence'],
  settings: [],
  readSettings: () => ok({}),
  create: ({ identity, powers, seed }) => ({
    identity,
    heard: powers.map(() => 0),
    words: prngWords(seed, `hello ${identity}`),
    said: 0,
  }),
  step(state, input, out) {
    if (input.kind === 'message') state.heard[input.message!.author]!++;
    else if (input.kind !== 'executed') {
      out.persist(Object.freeze({ said: ++state.said }));
      out.broadcast(
        Object.freeze({
          kind: 0,
          author: state.identity,
          height: state.said,
          round: 0,
          value: NIL,
          digest: 0,
          sizeBytes: 100,
        }),
      );
      out.startTimer(500 + belowOf(state.words, 1000), Object.freeze({ again: true }));
    }
  },
  restore(setup, records) {
    const state = hello.create(setup);
    state.said = records.length;
    return state;
  },
  view: (state) => ({
    height: state.said,
    round: 0,
    phase: 'hello',
    locked: NIL,
    head: 0,
    decided: 0,
    details: {},
  }),
  setLies() {},
  contradict: () => undefined,
};

const settings = (network: Partial<ConsensusSettings['network']> = {}): ConsensusSettings => ({
  protocol: 'tendermint',
  seed: 5,
  powers: [1, 1, 1, 1, 1],
  twins: [],
  network: {
    topology: { kind: 'direct' },
    latency: { kind: 'exponential', minUs: 100, meanUs: 400 },
    bytesPerSecond: 0,
    lossPermille: 0,
    duplicatePermille: 0,
    clockDriftPpm: 0,
    diskUs: 0,
    ...network,
  },
  protocolSettings: {},
  interventions: [],
  blockGas: 0,
  gasPerSecond: 1_000_000,
});

const simulated = (given: ConsensusSettings, observers: Observer[] = []): Simulation =>
  new Simulation(given, hello, {}, plainApplication(0, 0), observers).begin();

/** Copies that were sent, and those of them that were lost. */
class Counter implements Observer {
  copies = 0;
  lost = 0;
  copied(...[, , , , , , arrivesUs]: Parameters<NonNullable<Observer['copied']>>): void {
    this.copies++;
    if (arrivesUs < 0) this.lost++;
  }
  fork(): Counter {
    return Object.assign(new Counter(), { copies: this.copies, lost: this.lost });
  }
}

const heard = (simulation: Simulation): number[][] =>
  simulation.nodes.map(({ state }) => (state as HelloState).heard);

describe('the simulation', () => {
  const rough = settings({
    lossPermille: 50,
    duplicatePermille: 50,
    bytesPerSecond: 1_000_000,
    clockDriftPpm: 200,
    diskUs: 70,
  });

  it('is the same for the same settings, and another for another seed', () => {
    const run = (given: ConsensusSettings): string => {
      const simulation = simulated(given);
      expect(simulation.run({ events: 5000 })).toBe('events');
      return simulation.traceHash();
    };
    expect(run(rough)).toBe(run(rough));
    expect(run({ ...rough, seed: 6 })).not.toBe(run(rough));
  });

  it('goes on from a fork as the original does, also when it is looked at or not', () => {
    const simulation = simulated(rough);
    simulation.run({ events: 1234 });
    const fork = simulation.fork();
    const counter = new Counter();
    const watched = simulated(rough, [counter]);
    watched.run({ events: 4000 });
    expect(counter.copies - counter.lost).toBe(watched.messages);
    expect(counter.lost).toBeGreaterThan(0);
    simulation.run({ events: 4000 - 1234 });
    fork.run({ events: 4000 - 1234 });
    expect(fork.traceHash()).toBe(simulation.traceHash());
    expect(heard(fork)).toEqual(heard(simulation));
    expect(watched.traceHash()).toBe(simulation.traceHash());
  });

  it('brings each message once to everybody, directly or among peers', () => {
    for (const topology of [{ kind: 'direct' }, { kind: 'gossip', peers: 2 }] as const) {
      const simulation = simulated(settings({ topology }));
      simulation.run({ events: 1_000_000, untilUs: 100_000 });
      const said = simulation.nodes.map(({ state }) => (state as HelloState).said);
      heard(simulation).forEach((counts, node) => {
        counts.forEach((count, author) => {
          if (author === node) return;
          // What was said last may be under way.
          expect(count).toBeGreaterThan(said[author]! * 0.9 - 5);
          expect(count).toBeLessThanOrEqual(said[author]!);
        });
      });
    }
  });

  it('keeps apart what is cut, until it is healed', () => {
    const simulation = simulated(settings());
    expect(
      simulation.intervene({
        kind: 'cut',
        groups: [
          [0, 1],
          [2, 3],
        ],
      }).ok,
    ).toBe(true);
    simulation.run({ events: 1_000_000, untilUs: 20_000 });
    const [zero, , two, , four] = heard(simulation);
    expect(zero!.map((count) => count > 0)).toEqual([false, true, false, false, false]);
    expect(two!.map((count) => count > 0)).toEqual([false, false, false, true, false]);
    expect(four!.every((count) => count === 0)).toBe(true);
    expect(simulation.intervene({ kind: 'heal' }).ok).toBe(true);
    simulation.run({ events: 1_000_000, untilUs: 40_000 });
    expect(heard(simulation)[4]!.filter((count) => count > 0)).toHaveLength(4);
  });

  it('loses in a crash what is not on disk, when asked to, and what rested on it was never sent', () => {
    for (const [loseUnsynced, kept] of [
      [true, 0],
      [false, 1],
    ] as const) {
      const counter = new Counter();
      const simulation = simulated(settings({ diskUs: 300, latency: { kind: 'constant', us: 10 } }), [
        counter,
      ]);
      // The starts; nothing has left yet.
      simulation.run({ events: 5 });
      expect(simulation.intervene({ kind: 'crash', node: 0, loseUnsynced }).ok).toBe(true);
      expect(simulation.nodes[0]!.disk.records).toHaveLength(kept);
      simulation.run({ events: 1000, untilUs: 400 });
      expect(heard(simulation)[1]).toEqual([0, 0, 1, 1, 1]);
      expect(simulation.intervene({ kind: 'restart', node: 0 }).ok).toBe(true);
      simulation.run({ events: 1000, untilUs: 710 });
      expect(simulation.viewOf(0).height).toBe(kept + 1);
      expect(heard(simulation)[1]![0]).toBe(1);
    }
  });

  it('delays, drops, doubles and prefers a single message', () => {
    const fresh = (): { simulation: Simulation; message: number } => {
      const simulation = simulated(settings({ latency: { kind: 'constant', us: 100 } }));
      simulation.run({ events: 5 });
      const found = [...simulation.queue.waiting()].find(
        ({ from, node, type }) => type === 1 && from === 3 && node === 0,
      );
      return { simulation, message: found!.number };
    };
    const heardBy = (untilUs: number, change: (event: number) => Intervention): number => {
      const { simulation, message } = fresh();
      expect(simulation.intervene(change(message)).ok).toBe(true);
      simulation.run({ events: 1000, untilUs });
      return heard(simulation)[0]![3]!;
    };
    expect(heardBy(99, (event) => ({ kind: 'nextStep', event }))).toBe(1);
    expect(heardBy(100, (event) => ({ kind: 'delayMessage', event, byUs: 50 }))).toBe(0);
    expect(heardBy(150, (event) => ({ kind: 'delayMessage', event, byUs: 50 }))).toBe(1);
    expect(heardBy(400, (event) => ({ kind: 'dropMessage', event }))).toBe(0);
    expect(heardBy(400, (event) => ({ kind: 'duplicateMessage', event }))).toBe(2);
  });

  it('goes the same way again from what was recorded', () => {
    const simulation = simulated(rough);
    simulation.run({ events: 100 });
    simulation.intervene({ kind: 'crash', node: 1, loseUnsynced: true });
    simulation.run({ events: 200 });
    simulation.intervene({ kind: 'restart', node: 1 });
    simulation.intervene({ kind: 'lie', node: 2, lies: ['silence'] });
    simulation.run({ events: 700 });
    const again = simulated({ ...rough, interventions: simulation.recorded });
    again.run({ events: 1000 });
    expect(again.traceHash()).toBe(simulation.traceHash());
  });

  it('says what it cannot do, and does nothing then', () => {
    const simulation = simulated(settings());
    const hash = simulation.traceHash();
    const codes = (
      [
        { kind: 'crash', node: 5, loseUnsynced: false },
        { kind: 'restart', node: 0 },
        { kind: 'cut', groups: [[0], [0]] },
        { kind: 'cut', groups: [[9]] },
        { kind: 'dropMessage', event: 77 },
        { kind: 'lie', node: 0, lies: ['selfishMining'] },
      ] as const
    ).map((intervention) => {
      const done = simulation.intervene(intervention);
      return done.ok ? 'ok' : done.error.code;
    });
    expect(codes).toEqual([
      'consensus/unknown_node',
      'consensus/node_runs',
      'consensus/node_twice',
      'consensus/unknown_node',
      'consensus/not_waiting',
      'consensus/unknown_lie',
    ]);
    expect(simulation.traceHash()).toBe(hash);
    expect(simulation.recorded).toEqual([]);
  });
});
