import type { RoundScript } from '../../types/consensus.ts';
import { type AttackPatch, canFork, liesFromStart, nodesOf, sidesOf, type Target } from './attack.ts';

/** Rounds that are scripted after the first: one is enough when its leader is there. */
const LATER_ROUNDS = 6;

/** What replicas send to those who missed something: the precommits of others among it. */
const HELP = ['votes', 'commits'];

/** Copies of the liars: nodes beyond the identities. */
function copiesOf({ settings, liars }: Target): number[] {
  return liars.map((_, at) => settings.powers.length + at);
}

/** The sides of the honest, each with a copy of every liar. */
export function splitGroups(target: Target): number[][] {
  const [one, other] = sidesOf(target);
  return [
    [...one, ...target.liars],
    [...other, ...copiesOf(target)],
  ];
}

/**
 * Each side of the honest is alone with one copy of every liar for the first rounds of the first height. Enough liars make each side decide: one
 * in the first round, whose leader is there, the other in the next.
 */
export function splitBrain(target: Target): AttackPatch {
  const { liars } = target;
  const [one, other] = sidesOf(target);
  const groups = splitGroups(target);
  const leaders = [one[0] ?? liars[0]!, ...leadersOf(other, liars)];
  const rounds = leaders.map((leader) => ({ leader, groups }));
  return { twins: liars, script: { height: 1, rounds } };
}

/**
 * In the first round one side of the honest decides with the liars' precommits, which nobody else hears, not even the liars. Then they forget them and
 * decide something else with the other side.
 */
export function forgetfulFork(target: Target): AttackPatch {
  const { liars } = target;
  const interventions = liesFromStart(liars, ['amnesia']);
  if (!canFork(target)) return { interventions };
  const [one, other] = sidesOf(target);
  const all = nodesOf(target);
  const first: RoundScript['rounds'][number] = {
    leader: one[0]!,
    groups: [all],
    lost: [
      { messages: ['proposal'], from: all, to: other },
      { messages: ['precommit'], from: [...one, ...liars], to: other },
      { messages: ['precommit'], from: liars.slice(heardLiars(target)), to: liars },
      { messages: HELP, from: all, to: all },
    ],
  };
  const groups = [one, [...other, ...liars]];
  const lost = [{ messages: HELP, from: all, to: all }];
  const later = leadersOf(other, liars).map((leader) => ({ leader, groups, lost }));
  return { interventions, script: { height: 1, rounds: [first, ...later] } };
}

/** How many of the liars the other liars hear, so that they have a quorum of precommits for a timeout and none for a value. */
function heardLiars({ settings, liars }: Target): number {
  const identities = settings.powers.length;
  const quorum = Math.floor((2 * identities) / 3) + 1;
  const missing = quorum - (identities - liars.length + 1);
  return Math.max(0, missing);
}

function leadersOf(side: readonly number[], liars: readonly number[]): number[] {
  const leaders = side.length > 0 ? side : liars;
  return Array.from({ length: LATER_ROUNDS }, (_, at) => leaders[at % leaders.length]!);
}
