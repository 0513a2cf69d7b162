import { describe, expect, it, vi } from 'vitest';
import { namedBy } from '../../consensus/checkers/accountability.ts';
import { preparedOf } from '../../tests/simulationOrders.ts';
import { runSimulation } from './simulating.ts';

vi.setConfig({ testTimeout: 1_800_000 });

const SEEDS = process.env.FULL === '1' ? 4000 : 80;
/** The full run looks at others each day. */
const FIRST = process.env.FULL === '1' ? Math.floor(Date.now() / 86_400_000) * SEEDS : 0;
const protocol = 'proofOfStake';

describe('proof of stake under the checkers', () => {
  for (const [replicas, byzantine, slotsPerEpoch, part] of [
    [4, 0, 8, 2],
    [4, 1, 4, 1],
    [7, 2, 4, 2],
    [10, 3, 8, 4],
  ] as const) {
    it(`keeps every rule with ${byzantine} liars of ${replicas} and random faults`, () => {
      const seeds = Math.ceil(SEEDS / part);
      for (let seed = FIRST; seed < FIRST + seeds; seed++) {
        const settings = { seed, protocolSettings: { slotsPerEpoch } };
        const order = { protocol, replicas, byzantine, faults: ['random'], heights: 40, settings } as const;
        const report = runSimulation(preparedOf(order));
        const at = `seed ${seed}`;
        expect([at, report.violations]).toEqual([at, []]);
        expect([at, report.endedBy, report.decided]).toEqual([at, 'heights', 40]);
        const honest = report.evidence.filter(({ identity }) => identity < replicas - byzantine);
        expect([at, honest]).toEqual([at, []]);
      }
    });
  }

  it('also with committees that aggregate, unequal stakes, gossip, little bandwidth and links that lose', () => {
    for (let seed = FIRST; seed < FIRST + SEEDS / 10; seed++) {
      const plain = preparedOf({ protocol, replicas: 24 });
      const { network } = plain.settings;
      const report = runSimulation(
        preparedOf({
          protocol,
          byzantine: 6,
          faults: ['random'],
          heights: 40,
          settings: {
            seed,
            powers: Array.from({ length: 24 }, (_, at) => 5 + (at % 4)),
            network: {
              ...network,
              topology: { kind: 'gossip', peers: 3 },
              bytesPerSecond: 1_000_000,
              lossPermille: 20,
            },
            protocolSettings: { slotsPerEpoch: 4, aggregators: 1 },
          },
        }),
      );
      expect([seed, report.violations, report.endedBy]).toEqual([seed, [], 'heights']);
      expect(report.evidence.filter(({ identity }) => identity < 18)).toEqual([]);
    }
  });

  it('parts for good by a third in a partition, not by less, and what they signed names at least a third', () => {
    for (const replicas of [4, 7, 9, 10, 12, 15]) {
      // The sides of the honest differ by one at most: the smaller makes two thirds with the liars.
      const enough = [...new Array(replicas).keys()].find(
        (liars) => 3 * (Math.floor((replicas - liars) / 2) + liars) > 2 * replicas,
      )!;
      for (const byzantine of [Math.ceil(replicas / 3) - 1, enough]) {
        const settings = { protocolSettings: { slotsPerEpoch: 4 } };
        const order = {
          protocol,
          replicas,
          byzantine,
          faults: ['targeted-partition'],
          heights: 60,
          settings,
        } as const;
        const report = runSimulation(preparedOf(order));
        const at = `${byzantine} of ${replicas}`;
        const found = [...new Set(report.violations.map(({ checker }) => checker))];
        const named = namedBy(report.evidence);
        expect([at, named.every((identity) => identity >= replicas - byzantine)]).toEqual([at, true]);
        if (byzantine < enough) {
          expect([at, found, report.decided]).toEqual([at, [], 60]);
          continue;
        }
        expect([at, report.agreementViolations > 0]).toEqual([at, true]);
        expect([at, ...found]).not.toContain('accountability');
        expect([at, ...found]).not.toContain('validity');
        expect([at, 3 * named.length >= replicas]).toEqual([at, true]);
      }
    }
  });
});
