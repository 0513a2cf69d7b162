import { describe, expect, it, vi } from 'vitest';
import { namedBy } from '../../consensus/checkers/accountability.ts';
import { createTendermint } from '../../consensus/tendermint/index.ts';
import { orderOf, preparedOf } from '../../tests/simulationOrders.ts';
import { prepareSimulation, runSimulation, type SimulationReport } from './simulating.ts';

vi.setConfig({ testTimeout: 1_800_000 });

/** Seeds of four replicas; of larger networks there are fewer, by the messages that they take. */
const SEEDS = process.env.FULL === '1' ? 20_000 : 200;
/** The full run looks at others each day. */
const FIRST = process.env.FULL === '1' ? Math.floor(Date.now() / 86_400_000) * SEEDS : 0;

describe('Tendermint under the checkers', () => {
  for (const [replicas, byzantine, part] of [
    [4, 0, 1],
    [4, 1, 1],
    [7, 2, 4],
    [10, 3, 10],
  ] as const) {
    it(`keeps every rule with ${byzantine} liars of ${replicas} and random faults`, () => {
      const seeds = Math.ceil(SEEDS / part);
      for (let seed = FIRST; seed < FIRST + seeds; seed++) {
        const report = runSimulation(
          preparedOf({ replicas, byzantine, faults: ['random'], settings: { seed } }),
        );
        const at = `seed ${seed}`;
        expect([at, report.violations]).toEqual([at, []]);
        expect([at, report.endedBy, report.decided]).toEqual([at, 'heights', 10]);
        const honest = report.evidence.filter(({ identity }) => identity < replicas - byzantine);
        expect([at, honest]).toEqual([at, []]);
      }
    });
  }

  it('keeps every rule where it once did not', () => {
    for (const [replicas, byzantine, seeds] of [
      [4, 1, [158, 1323, 2444, 3241, 3335, 3724, 12_089]],
      [7, 2, [920, 3509]],
    ] as const) {
      for (const seed of seeds) {
        const report = runSimulation(
          preparedOf({ replicas, byzantine, faults: ['random'], settings: { seed }, transactions: 100 }),
        );
        expect([seed, report.violations, report.endedBy]).toEqual([seed, [], 'heights']);
      }
    }
  });

  it('also with unequal powers, gossip, little bandwidth and links that lose', () => {
    for (let seed = 0; seed < SEEDS / 10; seed++) {
      const plain = orderOf();
      const prepared = prepareSimulation({
        ...plain,
        settings: {
          ...plain.settings,
          seed,
          powers: [5, 4, 3, 3, 2, 2],
          network: {
            ...plain.settings.network,
            topology: { kind: 'gossip', peers: 2 },
            bytesPerSecond: 1_000_000,
            lossPermille: 20,
          },
        },
        byzantine: 2,
        faults: ['random'],
      });
      if (!prepared.ok) throw new Error(prepared.error.message);
      const report = runSimulation(prepared.value);
      expect([seed, report.violations, report.endedBy]).toEqual([seed, [], 'heights']);
      expect(report.evidence.filter(({ identity }) => identity < 4)).toEqual([]);
    }
  });

  for (const fault of ['equivocation', 'targeted-partition', 'amnesia']) {
    it(`breaks by ${fault} of a third, not of less, and the fork names at least a third`, () => {
      for (const replicas of [4, 5, 7, 10, 13, 16]) {
        // Two quorums share 2q − n replicas: if all of them lie, nobody honest stands between.
        const quorum = Math.floor((2 * replicas) / 3) + 1;
        const enough = 2 * quorum - replicas;
        for (const byzantine of [Math.ceil(replicas / 3) - 1, enough]) {
          const report = runSimulation(preparedOf({ replicas, byzantine, faults: [fault], heights: 2 }));
          const at = `${byzantine} of ${replicas}`;
          if (byzantine < enough) {
            expect([at, report.violations, report.decided]).toEqual([at, [], 2]);
            continue;
          }
          expect([at, report.agreementViolations > 0]).toEqual([at, true]);
          expect([at, ...found(report)]).not.toContain('accountability');
          expect([at, ...found(report)]).not.toContain('validity');
          const named = namedBy(report.evidence);
          expect([at, 3 * named.length > replicas]).toEqual([at, true]);
          expect([at, named.every((identity) => identity >= replicas - byzantine)]).toEqual([at, true]);
        }
      }
    });
  }
});

describe('Tendermint with rules left out is caught', () => {
  const firstCaught = (
    rules: Parameters<typeof createTendermint>[0],
    order: Parameters<typeof preparedOf>[0],
  ): SimulationReport => {
    for (let seed = 0; seed < 200; seed++) {
      const prepared = preparedOf({ ...order, settings: { seed } });
      const report = runSimulation({ ...prepared, protocol: createTendermint(rules) });
      if (report.isBroken) return report;
    }
    throw new Error('nothing was found');
  };

  it('no locking', () => {
    const report = firstCaught({ locking: false }, { byzantine: 1, faults: ['random'] });
    expect(found(report)).toContain('locks');
  });

  it('a quorum of half', () => {
    // Of four, more than half are as many as more than two thirds.
    const report = firstCaught({ quorumNumerator: 1, quorumDenominator: 2 }, { replicas: 7 });
    expect(found(report)).toContain('quorums');
  });

  it('no round in the vote', () => {
    const report = firstCaught({ roundInVote: false }, { byzantine: 1, faults: ['random'] });
    expect(found(report)).toContain('quorums');
  });
});

function found({ violations }: SimulationReport): string[] {
  return [...new Set(violations.map(({ checker }) => checker))];
}
