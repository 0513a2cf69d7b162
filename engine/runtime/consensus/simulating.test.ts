import { describe, expect, it } from 'vitest';
import { attacks } from '../../consensus/attacks/library.ts';
import { createTendermint } from '../../consensus/tendermint/index.ts';
import { protocols } from '../../protocols.ts';
import { orderOf, preparedOf } from '../../tests/simulationOrders.ts';
import { joinSeeds, runSeeds, type SeedsReport, traceHashOf } from './seeds.ts';
import { prepareSimulation, runSimulation } from './simulating.ts';

function seedsOf(order: Parameters<typeof runSeeds>[0], from: number, count: number): SeedsReport {
  const report = runSeeds(order, from, count);
  if (!report.ok) throw new Error(report.error.message);
  return report.value;
}

describe('attacks and faults', () => {
  it('have names, and do something in each protocol that they are for', () => {
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
    for (const { id, title, about, protocols: suited } of attacks) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(title.length * about.length).toBeGreaterThan(0);
      for (const protocol of suited) {
        if (protocols[protocol] === undefined) continue;
        const plain = preparedOf({ protocol, heights: 4, settings: { seed: 3 } });
        const prepared = preparedOf({
          protocol,
          heights: 4,
          byzantine: 1,
          faults: [id],
          settings: { seed: 3 },
        });
        expect([id, prepared.settings]).not.toEqual([id, plain.settings]);
        const report = runSimulation(prepared);
        expect([id, protocol, report.endedBy, report.decided]).toEqual([id, protocol, 'heights', 4]);
        expect([id, report.traceHash]).not.toEqual([id, runSimulation(plain).traceHash]);
      }
    }
  });

  it('that are random are other ones for another seed, and over in time', () => {
    const prepared = (seed: number) =>
      preparedOf({ byzantine: 1, faults: ['random'], settings: { seed } }).settings;
    expect(prepared(1)).toEqual(prepared(1));
    expect(prepared(1).interventions).not.toEqual(prepared(2).interventions);
    for (let seed = 0; seed < 50; seed++) {
      for (const planned of prepared(seed).interventions) {
        if ('atUs' in planned) expect(planned.atUs).toBeLessThan(4_000_000);
      }
    }
  });
});

describe('simulations', () => {
  it('of a third and more liars say that safety is not promised', () => {
    const isPromised = (more: Parameters<typeof preparedOf>[0]) => preparedOf(more).isPromised;
    expect(isPromised({ byzantine: 1, faults: ['silence'] })).toBe(true);
    expect(isPromised({ byzantine: 2, faults: ['silence'] })).toBe(false);
    expect(isPromised({ byzantine: 2, faults: ['crash'] })).toBe(true);
    expect(isPromised({ byzantine: 2, faults: ['twins'] })).toBe(false);
    expect(isPromised({ protocol: 'nakamoto' })).toBe(false);
  });

  it('refuse what they cannot do', () => {
    const codeOf = (more: Parameters<typeof orderOf>[0]) => {
      const prepared = prepareSimulation(orderOf(more));
      return prepared.ok ? 'ok' : prepared.error.code;
    };
    expect(codeOf({ replicas: 0 })).toBe('consensus/bad_setting');
    expect(codeOf({ byzantine: 5 })).toBe('consensus/too_many_liars');
    expect(codeOf({ faults: ['nonsense'] })).toBe('consensus/unknown_fault');
    expect(codeOf({ faults: ['51-percent'], byzantine: 1 })).toBe('consensus/unknown_fault');
    expect(codeOf({ faults: ['twins'] })).toBe('consensus/no_liars');
    expect(codeOf({ settings: { protocolSettings: { nonsense: 1 } } })).toBe('consensus/bad_setting');
    expect(codeOf({ replicas: 200, byzantine: 150, faults: ['twins'] })).toBe('consensus/bad_setting');
  });

  it('end by their budget of events, or when all heights are decided', () => {
    const report = runSimulation(preparedOf({ events: 50 }));
    expect([report.endedBy, report.events, report.livenessStalls]).toEqual(['events', 50, 1]);
    expect(runSimulation(preparedOf()).livenessStalls).toBe(0);
  });

  it('that stand still say who waits for what', () => {
    const half = {
      kind: 'cut',
      groups: [
        [0, 1],
        [2, 3],
      ],
    } as const;
    const interventions = [{ atUs: 500_000, intervention: half }];
    const cut = runSimulation(preparedOf({ settings: { interventions } }));
    expect(cut).toMatchObject({ endedBy: 'time', livenessStalls: 1, violations: [] });
    // Nobody starts timeouts of a day without reason: this protocol's replicas wait for what will not come.
    const settings = {
      protocolSettings: { timeoutProposeUs: 1 },
      network: { ...orderOf().settings.network, lossPermille: 1000 },
    };
    const lost = runSimulation(preparedOf({ settings }));
    expect(lost.violations.map(({ checker }) => checker)).toEqual([
      'liveness',
      'liveness',
      'liveness',
      'liveness',
    ]);
    expect(lost.violations[0]!.message).toMatch(/^Node 0 waits for \d+\.\d{3} s, at height 1 in round \d+: /);
  });
});

describe('seeds', () => {
  const order = orderOf({ byzantine: 1, faults: ['random'], heights: 3 });

  it('give the same together as in parts', () => {
    const whole = seedsOf(order, 7, 20);
    const parts = joinSeeds([seedsOf(order, 7, 5), seedsOf(order, 12, 15)]);
    expect(parts).toEqual(whole);
    expect(traceHashOf(whole)).toMatch(/^[0-9a-f]{64}$/);
    const one = seedsOf(order, 7, 1);
    expect(traceHashOf(one)).toBe(whole.traceHashes[0]);
  });

  it('that fail are kept as settings that show the same again', () => {
    const broken = seedsOf(orderOf({ byzantine: 2, faults: ['equivocation', 'random'], heights: 2 }), 1, 12);
    expect(broken.agreementViolations).toBeGreaterThan(0);
    expect(broken.brokenSeeds).toBe(0);
    const { seed, settings, messages } = broken.failures[0]!;
    const again = prepareSimulation({ ...orderOf({ heights: 2 }), settings });
    if (!again.ok) throw new Error(again.error.message);
    const report = runSimulation(again.value);
    expect(report.seed).toBe(seed);
    expect(report.traceHash).toBe(broken.traceHashes[seed - 1]);
    expect(report.violations.map(({ checker, message }) => `${checker}: ${message}`).slice(0, 10)).toEqual(
      messages,
    );
  });

  it('that break a promise are counted', () => {
    const prepared = preparedOf({ replicas: 7 });
    const careless = createTendermint({ quorumNumerator: 1, quorumDenominator: 2 });
    expect(runSimulation({ ...prepared, protocol: careless }).isBroken).toBe(true);
    expect(runSimulation(prepared).isBroken).toBe(false);
  });
});
