import { describe, expect, it, vi } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { namedBy } from '../../consensus/checkers/accountability.ts';
import { orderOf } from '../../tests/simulationOrders.ts';
import type { RoundScript } from '../../types/consensus.ts';
import { prepareSimulation, runSimulation, type SimulationReport } from './simulating.ts';

vi.setConfig({ testTimeout: 1_800_000 });

const IS_FULL = process.env.FULL === '1';
const REPLICAS = 4;

/** All ways to make one or two groups of so many nodes. */
function partitionsOf(nodes: number): number[][][] {
  return Array.from({ length: 2 ** (nodes - 1) }, (_, bits) => {
    const inSecond = (node: number): boolean => node > 0 && (bits & (1 << (node - 1))) !== 0;
    const all = Array.from({ length: nodes }, (__, node) => node);
    return [all.filter((node) => !inSecond(node)), all.filter(inSecond)].filter(({ length }) => length > 0);
  });
}

function scripted(twins: readonly number[], rounds: RoundScript['rounds']): SimulationReport {
  const plain = orderOf();
  const prepared = prepareSimulation({
    ...plain,
    heights: 2,
    settings: {
      ...plain.settings,
      twins,
      script: { height: 1, rounds },
      protocolSettings: {
        timeoutProposeUs: 200_000,
        timeoutPrevoteUs: 150_000,
        timeoutPrecommitUs: 150_000,
      },
    },
  });
  if (!prepared.ok) throw new Error(prepared.error.message);
  return runSimulation(prepared.value);
}

/** Twins (Bano et al. 2020): every leader and every partition of two rounds in a row, or some of them by chance. */
function* scriptsOf(nodes: number, sampled: number): IterableIterator<RoundScript['rounds']> {
  const one = partitionsOf(nodes).flatMap((groups) =>
    Array.from({ length: REPLICAS }, (_, leader) => ({ leader, groups })),
  );
  if (IS_FULL) {
    for (const first of one) for (const second of one) yield [first, second];
    return;
  }
  const prng = createPrng(nodes, 'scripts');
  for (let i = 0; i < sampled; i++) yield [one[prng.below(one.length)]!, one[prng.below(one.length)]!];
}

describe('scripts of twins', () => {
  it('never make four replicas disagree of which one runs twice', () => {
    for (const rounds of scriptsOf(REPLICAS + 1, 300)) {
      const report = scripted([3], rounds);
      const at = JSON.stringify(rounds);
      expect([at, report.violations, report.endedBy]).toEqual([at, [], 'heights']);
      expect(report.evidence.every(({ identity }) => identity === 3)).toBe(true);
    }
  });

  it('do so with two that run twice; every fork is found and names both', () => {
    let forks = 0;
    for (const rounds of scriptsOf(REPLICAS + 2, 600)) {
      const report = scripted([2, 3], rounds);
      expect(report.evidence.every(({ identity }) => identity >= 2)).toBe(true);
      if (report.agreementViolations === 0) continue;
      forks++;
      expect([JSON.stringify(rounds), namedBy(report.evidence)]).toEqual([JSON.stringify(rounds), [2, 3]]);
    }
    expect(forks).toBeGreaterThan(0);
  });
});
