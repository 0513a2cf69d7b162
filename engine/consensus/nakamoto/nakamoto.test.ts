import { describe, expect, it } from 'vitest';
import type { ConsensusSettings, Intervention } from '../../types/consensus.ts';
import { plainApplication } from '../application.ts';
import type { Block, Note } from '../contract.ts';
import type { Observer, World } from '../observer.ts';
import { Simulation } from '../simulator/simulation.ts';
import type { Proof } from './difficulty.ts';
import { nakamoto } from './index.ts';
import type { MinerState } from './state.ts';

interface Given {
  readonly powers?: readonly number[];
  readonly own?: Readonly<Record<string, number>>;
  readonly network?: Partial<ConsensusSettings['network']>;
  readonly rest?: Partial<ConsensusSettings>;
  readonly observers?: readonly Observer[];
}

function simulated({
  powers = [1, 1, 1, 1],
  own = {},
  network,
  rest,
  observers = [],
}: Given = {}): Simulation {
  const settings: ConsensusSettings = {
    protocol: 'nakamoto',
    seed: 7,
    powers,
    twins: [],
    network: {
      topology: { kind: 'direct' },
      latency: { kind: 'constant', us: 1000 },
      bytesPerSecond: 0,
      lossPermille: 0,
      duplicatePermille: 0,
      clockDriftPpm: 0,
      diskUs: 0,
      ...network,
    },
    protocolSettings: {},
    interventions: [],
    blockGas: 1000,
    gasPerSecond: 1_000_000_000,
    ...rest,
  };
  const read = nakamoto.readSettings({ blockIntervalUs: 1_000_000, retargetBlocks: 0, ...own });
  if (!read.ok) throw new Error(read.error.message);
  return new Simulation(settings, nakamoto, read.value, plainApplication(1000, 10), observers).begin();
}

/** What nodes decided and noted. */
class Diary implements Observer {
  readonly decisions: (readonly [node: number, block: Block])[] = [];
  readonly notes: (readonly [node: number, note: Note])[] = [];
  decided(_world: World, node: number, block: Block): void {
    this.decisions.push([node, block]);
  }
  noted(_world: World, node: number, note: Note): void {
    this.notes.push([node, note]);
  }
  of(node: number): Block[] {
    return this.decisions.filter(([who]) => who === node).map(([, block]) => block);
  }
  whys(node: number, kind: Note['kind']): string[] {
    return this.notes
      .filter(([who, note]) => who === node && note.kind === kind)
      .map(([, { why }]) => why ?? '');
  }
  fork(): Diary {
    return new Diary();
  }
}

const EVENTS = 10_000_000;
const stateOf = (simulation: Simulation, node: number): MinerState =>
  simulation.nodes[node]!.state as MinerState;
const headOf = (simulation: Simulation, node: number): Block =>
  simulation.blocks[simulation.viewOf(node).head]!;
function chainTo(simulation: Simulation, tip: Block): Block[] {
  const chain: Block[] = [];
  for (let block = tip; block.height > 0; block = simulation.blocks[block.parent]!) chain.push(block);
  return chain.reverse();
}
const act = (simulation: Simulation, intervention: Intervention): void => {
  const done = simulation.intervene(intervention);
  if (!done.ok) throw new Error(done.error.message);
};

describe('mining', () => {
  it('finds blocks at the interval on average, each miner by its share, and decides them once they are deep', () => {
    const diary = new Diary();
    const simulation = simulated({ powers: [5, 3, 1, 1], observers: [diary], own: { confirmations: 3 } });
    expect(simulation.run({ heights: 4000, events: EVENTS })).toBe('heights');
    const chain = chainTo(simulation, headOf(simulation, 1));
    // The mean of 4,000 exponential times is off by 1.6 % (a standard deviation); a chance by 0.8 % of itself.
    expect(simulation.nowUs / 1e6 / chain.length).toBeGreaterThan(0.95);
    expect(simulation.nowUs / 1e6 / chain.length).toBeLessThan(1.05);
    const found = [0, 1, 2, 3].map((who) => chain.filter(({ proposer }) => proposer === who).length);
    expect(found[0]! / chain.length).toBeCloseTo(0.5, 1);
    expect(found[1]! / chain.length).toBeCloseTo(0.3, 1);
    for (let node = 0; node < 4; node++) {
      const decided = diary.of(node);
      expect(decided.map(({ height }) => height)).toEqual(decided.map((_, i) => i + 1));
      expect(headOf(simulation, node).height - decided.at(-1)!.height).toBe(2);
      expect(decided.slice(0, 3990).map(({ id }) => id)).toEqual(chain.slice(0, 3990).map(({ id }) => id));
    }
  });

  it('loses more blocks the nearer the interval comes to the latency', () => {
    const stale = (us: number): number => {
      const simulation = simulated({ network: { latency: { kind: 'constant', us } } });
      simulation.run({ heights: 1000, events: EVENTS });
      return simulation.blocks.length / headOf(simulation, 0).height - 1;
    };
    const [fast, slow] = [stale(1000), stale(300_000)];
    expect(fast).toBeLessThan(0.01);
    expect(slow).toBeGreaterThan(0.1);
  });

  it('adjusts the difficulty to the hash rate that is there', () => {
    const simulation = simulated({
      own: { retargetBlocks: 100, startDifficultyPermille: 20, blockIntervalUs: 1_000_000 },
    });
    simulation.run({ heights: 1000, events: EVENTS });
    const difficulties = chainTo(simulation, headOf(simulation, 0)).map(
      ({ extra }) => (extra as Proof).difficulty / 1_000_000,
    );
    expect(difficulties[98]).toBe(0.02);
    expect(difficulties[99]).toBe(0.08);
    expect(difficulties[199]).toBe(0.32);
    expect(difficulties.at(-1)).toBeGreaterThan(0.7);
    expect(difficulties.at(-1)).toBeLessThan(1.4);
    act(simulation, { kind: 'crash', node: 2, loseUnsynced: false });
    act(simulation, { kind: 'crash', node: 3, loseUnsynced: false });
    simulation.run({ heights: 2000, events: EVENTS });
    const later = (headOf(simulation, 0).extra as Proof).difficulty / 1_000_000;
    expect(later).toBeGreaterThan(0.35);
    expect(later).toBeLessThan(0.7);
  });
});

describe('branches', () => {
  it('come together when a cut heals: the shorter is undone, deeper than what was decided, and that is said', () => {
    const diary = new Diary();
    const simulation = simulated({ powers: [3, 3, 2, 1], observers: [diary], own: { confirmations: 4 } });
    simulation.run({ heights: 10, events: EVENTS });
    act(simulation, {
      kind: 'cut',
      groups: [
        [0, 1],
        [2, 3],
      ],
    });
    simulation.run({ untilUs: simulation.nowUs + 300_000_000, events: EVENTS });
    expect(headOf(simulation, 0)).toBe(headOf(simulation, 1));
    expect(headOf(simulation, 2)).toBe(headOf(simulation, 3));
    const lost = headOf(simulation, 3);
    expect(lost.height).toBeGreaterThan(50);
    expect(headOf(simulation, 0).height).toBeGreaterThan(lost.height + 20);
    const before = diary.of(3).length;
    act(simulation, { kind: 'heal' });
    simulation.run({ untilUs: simulation.nowUs + 100_000_000, events: EVENTS });
    const chain = chainTo(simulation, headOf(simulation, 0));
    for (let node = 1; node < 4; node++) {
      expect(
        chain.slice(0, -5).every(({ id }, i) => id === chainTo(simulation, headOf(simulation, node))[i]!.id),
      ).toBe(true);
    }
    expect(chain.some(({ id }) => id === lost.id)).toBe(false);
    const deep = diary.whys(3, 'reorganised').filter((why) => why.includes('decided'));
    expect(deep).toHaveLength(1);
    const { deepest } = stateOf(simulation, 3);
    expect(deep[0]).toBe(`undoes ${deepest}, of which ${deepest - 3} decided`);
    // It decided a height once only, and then what the others decided.
    const decided = diary.of(3);
    expect(decided.map(({ height }) => height)).toEqual(decided.map((_, i) => i + 1));
    expect(decided.slice(before).map(({ id }) => id)).toEqual(
      chain.slice(before, decided.length).map(({ id }) => id),
    );
    const differ = decided.filter(({ id }, i) => id !== chain[i]!.id);
    expect(differ.length).toBe(deepest - 3);
  });

  it('are asked for, block by block and then many at once, when only their end is heard of', () => {
    const simulation = simulated();
    act(simulation, { kind: 'cut', groups: [[0, 1, 2], [3]] });
    act(simulation, { kind: 'lie', node: 3, lies: ['withheldBlock'] });
    simulation.run({ heights: 0, events: 1 });
    simulation.run({ untilUs: 300_000_000, events: EVENTS });
    act(simulation, { kind: 'heal' });
    const behind = headOf(simulation, 0).height - headOf(simulation, 3).height;
    expect(behind).toBeGreaterThan(100);
    const sent = simulation.messages;
    simulation.run({ untilUs: simulation.nowUs + 20_000_000, events: EVENTS });
    expect(headOf(simulation, 3)).toBe(headOf(simulation, 0));
    expect(stateOf(simulation, 3)).toMatchObject({ heldCount: 0 });
    expect(stateOf(simulation, 3).held.size + stateOf(simulation, 3).asked.size).toBe(0);
    const found = simulation.blocks.filter(({ timeUs }) => timeUs > 300_000_000).length;
    // Three copies of each block, and some twenty questions and answers.
    expect(simulation.messages - sent).toBeLessThan(3 * found + 60);
  });

  it('are whole again though messages get lost', () => {
    const simulation = simulated({ network: { lossPermille: 300 } });
    simulation.run({ heights: 300, events: EVENTS });
    const heads = [0, 1, 2, 3].map((node) => chainTo(simulation, headOf(simulation, node)));
    for (const chain of heads) expect(chain[289]).toBe(heads[0]![289]);
  });
});

describe('a restart', () => {
  it('takes up what is on disk, asks for the rest and decides no height twice', () => {
    const diary = new Diary();
    const simulation = simulated({ observers: [diary], network: { diskUs: 500 } });
    simulation.run({ heights: 30, events: EVENTS });
    // Until what it decided last is on disk.
    const decidedUs = simulation.nowUs;
    while (simulation.nowUs < decidedUs + 500) simulation.step();
    act(simulation, { kind: 'crash', node: 2, loseUnsynced: true });
    const before = headOf(simulation, 2);
    simulation.run({ heights: 60, events: EVENTS });
    act(simulation, { kind: 'restart', node: 2 });
    expect(headOf(simulation, 2)).toBe(before);
    simulation.run({ heights: 90, events: EVENTS });
    expect(headOf(simulation, 2).height).toBeGreaterThan(90);
    expect(diary.of(2).map(({ height }) => height)).toEqual(diary.of(2).map((_, i) => i + 1));
    expect(stateOf(simulation, 2).found).toBeGreaterThan(3);
  });

  it('leaves it right which height all have decided', () => {
    const simulation = simulated({ powers: [4, 3, 2, 1], network: { lossPermille: 100 } });
    const lowest = (): number =>
      Math.min(
        ...simulation.nodes
          .filter(({ up, faulty }) => up && !faulty)
          .map(({ decided }) => simulation.blocks[decided]!.height),
      );
    for (let i = 0; i < 3000; i++) {
      if (i === 900) act(simulation, { kind: 'crash', node: 3, loseUnsynced: true });
      if (i === 1200) act(simulation, { kind: 'lie', node: 2, lies: ['silence'] });
      if (i === 1500) act(simulation, { kind: 'restart', node: 3 });
      simulation.step();
      expect(simulation.decidedHeight()).toBe(lowest());
    }
    expect(lowest()).toBeGreaterThan(200);
    const fork = simulation.fork();
    for (let i = 0; i < 300; i++) {
      fork.step();
      simulation.step();
      expect(fork.decidedHeight()).toBe(lowest());
    }
  });

  it('begins with nothing when the disk lied', () => {
    const simulation = simulated();
    act(simulation, { kind: 'lyingDisk', node: 1 });
    simulation.run({ heights: 30, events: EVENTS });
    act(simulation, { kind: 'crash', node: 1, loseUnsynced: false });
    act(simulation, { kind: 'restart', node: 1 });
    expect(headOf(simulation, 1).height).toBe(0);
    simulation.run({ heights: 60, events: EVENTS });
    expect(headOf(simulation, 1).height).toBeGreaterThan(59);
  });
});

describe('lies', () => {
  it('about digests are refused by all, and the liar works in vain', () => {
    const diary = new Diary();
    const simulation = simulated({ observers: [diary] });
    act(simulation, { kind: 'lie', node: 0, lies: ['wrongDigest'] });
    simulation.run({ heights: 100, events: EVENTS });
    expect(chainTo(simulation, headOf(simulation, 1)).some(({ proposer }) => proposer === 0)).toBe(false);
    for (let node = 1; node < 4; node++) {
      expect(diary.whys(node, 'refused').length).toBeGreaterThan(10);
      expect(new Set(diary.whys(node, 'refused'))).toEqual(new Set(['digest']));
    }
    expect(headOf(simulation, 0).height).toBeGreaterThan(98);
  });

  it('of more than half of the hash rate rewrite what was decided, once it is shown', () => {
    const diary = new Diary();
    const simulation = simulated({ powers: [6, 2, 2], observers: [diary], own: { confirmations: 3 } });
    simulation.run({ heights: 5, events: EVENTS });
    act(simulation, { kind: 'lie', node: 0, lies: ['withheldBlock'] });
    const from = headOf(simulation, 1).height;
    simulation.run({ heights: 60, events: EVENTS });
    const publicChain = chainTo(simulation, headOf(simulation, 1));
    expect(publicChain.slice(from + 1).some(({ proposer }) => proposer === 0)).toBe(false);
    act(simulation, { kind: 'lie', node: 0, lies: [] });
    simulation.run({ untilUs: simulation.nowUs + 50_000_000, events: EVENTS });
    const after = chainTo(simulation, headOf(simulation, 1));
    const liars = after.slice(from, 60).filter(({ proposer }) => proposer === 0).length;
    expect(liars).toBeGreaterThan(0.9 * (60 - from));
    expect(diary.whys(1, 'reorganised').some((why) => why.includes('decided'))).toBe(true);
  });

  it('by silence leave the liar alone on its chain', () => {
    const simulation = simulated();
    act(simulation, { kind: 'lie', node: 0, lies: ['silence'] });
    simulation.run({ heights: 50, events: EVENTS });
    expect(chainTo(simulation, headOf(simulation, 1)).some(({ proposer }) => proposer === 0)).toBe(false);
  });
});

describe('a fork of the simulation', () => {
  it('goes on as the original does, whatever lies and faults there are', () => {
    for (const lies of [['selfishMining'], ['doubleSpend'], ['wrongDigest']] as const) {
      const simulation = simulated({
        powers: [3, 2, 2, 2],
        own: { tieSwitchPermille: 300, retargetBlocks: 10 },
        network: {
          topology: { kind: 'gossip', peers: 2 },
          lossPermille: 50,
          diskUs: 70,
          clockDriftPpm: 100,
          latency: { kind: 'exponential', minUs: 100, meanUs: 200_000 },
        },
      });
      act(simulation, { kind: 'lie', node: 0, lies });
      simulation.run({ events: 1500 });
      act(simulation, { kind: 'crash', node: 2, loseUnsynced: true });
      simulation.run({ events: 500 });
      act(simulation, { kind: 'restart', node: 2 });
      simulation.run({ events: 100 });
      const fork = simulation.fork();
      simulation.run({ events: 3000 });
      fork.run({ events: 3000 });
      expect(fork.traceHash()).toBe(simulation.traceHash());
      expect(headOf(simulation, 1).height).toBeGreaterThan(100);
    }
  });
});
