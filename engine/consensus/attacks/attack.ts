import type { ConsensusSettings, Lie, ScheduledIntervention } from '../../types/consensus.ts';
import type { AttackDescription } from '../../types/consensusLog.ts';

/** What an attack is made for. */
export interface Target {
  readonly settings: ConsensusSettings;
  /** Identities that attack, ascending; the others are honest. */
  readonly liars: readonly number[];
  /** Lies that the protocol knows. */
  readonly lies: readonly Lie[];
  /** About how long a height takes where nothing is wrong, µs; and how many are wanted. */
  readonly paceUs: number;
  readonly heights: number;
}

/** Settings that an attack replaces; its interventions come to those that are there. */
export type AttackPatch = Partial<
  Pick<ConsensusSettings, 'powers' | 'twins' | 'script' | 'interventions' | 'network'>
>;

export interface Attack extends AttackDescription {
  patch(target: Target): AttackPatch;
}

/** From the beginning on, somebody lies so. */
export function liesFromStart(liars: readonly number[], lies: readonly Lie[]): ScheduledIntervention[] {
  return liars.map((node) => ({ atUs: 0, intervention: { kind: 'lie', node, lies } }));
}

export function honestOf({ settings, liars }: Target): number[] {
  return [...settings.powers.keys()].filter((identity) => !liars.includes(identity));
}

export function nodesOf({ settings }: Target): number[] {
  return [...settings.powers.keys(), ...settings.twins.map((_, at) => settings.powers.length + at)];
}

/** The honest in two sides of about equal power. */
export function sidesOf(target: Target): readonly [readonly number[], readonly number[]] {
  const { powers } = target.settings;
  const byPower = honestOf(target).sort((a, b) => powers[b]! - powers[a]! || a - b);
  const sides = [[], []] as [number[], number[]];
  const sums = [0, 0] as [number, number];
  for (const identity of byPower) {
    const side = sums[0] <= sums[1] ? 0 : 1;
    sides[side].push(identity);
    sums[side] += powers[identity]!;
  }
  return [sides[0].sort((a, b) => a - b), sides[1].sort((a, b) => a - b)];
}

/** Whether each side of the honest makes a quorum of two thirds with the liars: then a fork can be made. */
export function canFork(target: Target): boolean {
  const { powers } = target.settings;
  const powerOf = (identities: readonly number[]): number =>
    identities.reduce((sum, identity) => sum + powers[identity]!, 0);
  const total = powerOf([...powers.keys()]);
  const liars = powerOf(target.liars);
  return sidesOf(target).every((side) => side.length > 0 && 3 * (powerOf(side) + liars) > 2 * total);
}
