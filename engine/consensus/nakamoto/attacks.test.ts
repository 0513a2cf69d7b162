import { describe, expect, it } from 'vitest';
import type { Intervention, Lie } from '../../types/consensus.ts';
import { plainApplication } from '../application.ts';
import type { Block } from '../contract.ts';
import { OneMiner } from '../../tests/oneMiner.ts';
import { Simulation } from '../simulator/simulation.ts';
import { nakamoto } from './index.ts';
import { chanceInterval } from './intervals.ts';
import { selfishRevenue, selfishThreshold } from './selfishStrategy.ts';
import { KIND, type MinerState } from './state.ts';

const EVENTS = 100_000_000;
/** Blocks of a chain and attempts of an attacker that are looked at. */
const [BLOCKS, ATTEMPTS] = process.env.FULL ? [40_000, 10_000] : [4000, 1000];
/** By how much what so many show is smaller than what a few hundred show. */
const NARROW = process.env.FULL ? 3 : 1;

/** Node 0 has a share of the hash rate and lies; the rest is shared evenly among ten. Blocks come a second apart, and travel for a microsecond. */
function attacked(
  sharePermille: number,
  lie: Lie,
  own: Readonly<Record<string, number>>,
  seed = 1,
): Simulation {
  const read = nakamoto.readSettings({ blockIntervalUs: 1_000_000, retargetBlocks: 0, ...own });
  if (!read.ok) throw new Error(read.error.message);
  const honest = 1000 - sharePermille;
  return new Simulation(
    {
      protocol: 'nakamoto',
      seed,
      powers: [10 * sharePermille, ...Array.from({ length: 10 }, () => honest)],
      twins: [],
      network: {
        topology: { kind: 'direct' },
        latency: { kind: 'constant', us: 1 },
        bytesPerSecond: 0,
        lossPermille: 0,
        duplicatePermille: 0,
        clockDriftPpm: 0,
        diskUs: 0,
      },
      protocolSettings: {},
      interventions: [{ atUs: 0, intervention: { kind: 'lie', node: 0, lies: [lie] } }],
      blockGas: 0,
      gasPerSecond: 1_000_000_000,
    },
    nakamoto,
    read.value,
    plainApplication(0, 0),
  ).begin();
}

const liar = (simulation: Simulation): MinerState => simulation.nodes[0]!.state as MinerState;

function chainOf(simulation: Simulation, node: number): Block[] {
  const chain: Block[] = [];
  let block = simulation.blocks[simulation.viewOf(node).head]!;
  for (; block.height > 0; block = simulation.blocks[block.parent]!) chain.push(block);
  return chain.reverse();
}

const act = (simulation: Simulation, intervention: Intervention): void => {
  const done = simulation.intervene(intervention);
  if (!done.ok) throw new Error(done.error.message);
};

describe('a selfish miner in the network', () => {
  it('earns what the closed form says, with the γ that comes of how others break ties', () => {
    for (const [permille, gamma] of [
      [200, 0],
      [330, 0.5],
      [300, 1],
      [400, 0],
      [400, 1],
      [450, 0.5],
    ] as const) {
      const simulation = attacked(permille, 'selfishMining', { tieSwitchPermille: 1000 * gamma });
      simulation.run({ heights: BLOCKS, events: EVENTS });
      const chain = chainOf(simulation, 1);
      const share = chain.filter(({ proposer }) => proposer === 0).length / chain.length;
      // A standard deviation is 0.8 to 2 %, the most for 45 %; a third of it in the full run.
      expect(Math.abs(share - selfishRevenue(permille / 1000, gamma))).toBeLessThan(
        (permille === 450 ? 0.06 : 0.03) / NARROW,
      );
    }
  });

  it('loses below the threshold and wins above it', () => {
    expect(selfishThreshold(0)).toBeCloseTo(0.333, 3);
    const gain = (permille: number): number => {
      const simulation = attacked(permille, 'selfishMining', {});
      simulation.run({ heights: BLOCKS, events: EVENTS });
      const chain = chainOf(simulation, 1);
      return chain.filter(({ proposer }) => proposer === 0).length / chain.length - permille / 1000;
    };
    expect(gain(250)).toBeLessThan(-0.02);
    expect(gain(420)).toBeGreaterThan(0.05);
  });

  it('shows what it has when it becomes honest', () => {
    const simulation = attacked(450, 'selfishMining', {});
    while (liar(simulation).attack === undefined || liar(simulation).attack!.secret.length < 4)
      simulation.step();
    const { tip } = liar(simulation).attack!;
    expect(simulation.viewOf(0)).toMatchObject({ phase: 'selfishMining', details: { secretBlocks: 4 } });
    expect(simulation.viewOf(1).height).toBeLessThan(tip.height);
    act(simulation, { kind: 'lie', node: 0, lies: [] });
    simulation.run({ heights: tip.height + 20, events: EVENTS });
    expect(chainOf(simulation, 1).some(({ id }) => id === tip.id)).toBe(true);
    expect(simulation.viewOf(0).phase).toBe('mining');
  });
});

describe('a double spender in the network', () => {
  /** The branch must have more work: of a tie nobody goes over to it. Given up `giveUp` behind. */
  function overtakes(q: number, z: number, giveUp: number): number {
    const p = 1 - q;
    // Chance to get from so many behind to one ahead, before being `giveUp` behind (gambler's ruin).
    const fromBehind = (behind: number): number => {
      if (behind < 0) return 1;
      if (behind >= giveUp) return 0;
      const ratio = p / q;
      return (ratio ** (giveUp - behind) - 1) / (ratio ** (giveUp + 1) - 1);
    };
    let sum = 0;
    let ways = 1;
    let won = 0;
    for (let k = 0; k < z; k++) {
      const chance = ways * p ** z * q ** k;
      sum += chance;
      won += chance * fromBehind(z - k);
      ways = (ways * (k + z)) / (k + 1);
    }
    // As many or more: equal ones still need one block.
    const equal = ways * p ** z * q ** z;
    return won + equal * fromBehind(0) + (1 - sum - equal);
  }

  it('succeeds as often as the race says, and each time undoes what was decided', () => {
    for (const [permille, z] of [
      [300, 1],
      [200, 2],
      [400, 3],
    ] as const) {
      const giveUp = z + 8;
      const simulation = attacked(permille, 'doubleSpend', { confirmations: z, giveUpBlocks: giveUp });
      while (liar(simulation).attempts <= ATTEMPTS) simulation.run({ events: 10_000 });
      // Until what was sent last has arrived.
      simulation.run({ untilUs: simulation.nowUs + 10, events: EVENTS });
      const { attempts, successes } = liar(simulation);
      const [low, high] = chanceInterval(successes, attempts - 1);
      const exact = overtakes(permille / 1000, z, giveUp);
      expect(exact).toBeGreaterThan(low);
      expect(exact).toBeLessThan(high);
      expect(high - low).toBeLessThan(0.1 / NARROW);
      const { reorganisations, deepest } = simulation.nodes[1]!.state as MinerState;
      expect(reorganisations).toBe(successes);
      expect(deepest).toBeGreaterThanOrEqual(z);
    }
  });

  it('with more than half of the hash rate always succeeds', () => {
    const simulation = attacked(600, 'doubleSpend', { confirmations: 6 });
    while (liar(simulation).attempts < 50) simulation.run({ events: 1000 });
    expect(liar(simulation).successes).toBe(liar(simulation).attempts - 1);
    const lost = chainOf(simulation, 1).filter(({ proposer }) => proposer === 0).length;
    expect(lost).toBeGreaterThan(200);
  });
});

describe('an attacker alone', () => {
  const attacking = (lie: Lie, own: Readonly<Record<string, number>>): OneMiner => {
    const miner = new OneMiner(own);
    nakamoto.setLies(miner.state, new Set([lie]));
    miner.step({ kind: 'start' });
    return miner;
  };

  it('answers only to blocks that make the public chain longer', () => {
    const miner = attacking('selfishMining', { tieSwitchPermille: 1000 });
    const [a, b] = [miner.made(miner.genesis, 1), miner.made(miner.genesis, 2)];
    miner.take(a);
    const secret = miner.mine();
    expect(secret.parent).toBe(a.id);
    miner.take(b);
    expect(miner.head).toBe(b.id);
    expect(miner.sentOf(KIND.block)).toEqual([]);
    const c = miner.made(b);
    miner.take(c);
    expect(miner.sentOf(KIND.block).map(({ message }) => message.value)).toEqual([secret.id]);
  });

  it('gives up when it is so many blocks behind, and begins anew from there', () => {
    const miner = attacking('doubleSpend', { confirmations: 5, giveUpBlocks: 3 });
    const blocks = miner.chain(miner.genesis, 4);
    miner.take(...blocks.slice(0, 2));
    expect(miner.state).toMatchObject({ attempts: 1, attack: { tip: { id: 0 } } });
    expect(miner.mine().parent).toBe(0);
    miner.take(blocks[2]!);
    expect(miner.state.attempts).toBe(1);
    miner.take(blocks[3]!);
    expect(miner.state).toMatchObject({
      attempts: 2,
      successes: 0,
      attack: { tip: { id: blocks[3]!.id }, secret: [] },
    });
    expect(miner.mine().parent).toBe(blocks[3]!.id);
    expect(miner.sentOf(KIND.block)).toEqual([]);
  });

  it('that changes its lie shows what it has and begins the other', () => {
    const miner = attacking('selfishMining', {});
    const secrets = [miner.mine(), miner.mine(), miner.mine()];
    nakamoto.setLies(miner.state, new Set<Lie>(['doubleSpend']));
    miner.step({ kind: 'start' });
    expect(miner.sentOf(KIND.block).map(({ message }) => message.value)).toEqual(secrets.map(({ id }) => id));
    expect(miner.state.attack).toMatchObject({
      lie: 'doubleSpend',
      base: { id: secrets[2]!.id },
      secret: [],
    });
  });
});

describe('an eclipsed miner', () => {
  it('works for a branch that nobody else sees, and loses it when it hears of the others again', () => {
    const simulation = attacked(300, 'silence', { confirmations: 2 });
    act(simulation, { kind: 'lie', node: 0, lies: [] });
    act(simulation, { kind: 'cut', groups: [[1], [0, 2, 3, 4, 5, 6, 7, 8, 9, 10]] });
    simulation.run({ untilUs: 300_000_000, events: EVENTS });
    const own = chainOf(simulation, 1);
    expect(own.length).toBeGreaterThan(5);
    expect(own.every(({ proposer }) => proposer === 1)).toBe(true);
    act(simulation, { kind: 'heal' });
    simulation.run({ untilUs: 320_000_000, events: EVENTS });
    expect(chainOf(simulation, 1)[0]).toBe(chainOf(simulation, 2)[0]);
    expect((simulation.nodes[1]!.state as MinerState).deepest).toBe(own.length);
  });
});
