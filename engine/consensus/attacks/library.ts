import type { Lie, ProtocolId } from '../../types/consensus.ts';
import {
  type Attack,
  type AttackPatch,
  canFork,
  honestOf,
  liesFromStart,
  sidesOf,
  type Target,
} from './attack.ts';
import { forgetfulFork, splitBrain, splitGroups } from './forks.ts';
import { randomFaults } from './randomFaults.ts';

const VOTING: readonly ProtocolId[] = ['proofOfStake', 'tendermint'];
const ALL: readonly ProtocolId[] = ['nakamoto', ...VOTING];

/** Liars who do nothing but lie, from the beginning on. */
function lying(
  id: string,
  title: string,
  about: string,
  protocols: readonly ProtocolId[],
  lies: readonly Lie[],
): Attack {
  const patch = ({ liars }: Target): AttackPatch => ({ interventions: liesFromStart(liars, lies) });
  return { id, title, about, protocols, needsLiars: true, patch };
}

/** Of the time that the heights take, in thousandths: when trouble begins and when it is over. */
const BEGINS = 100;
const ENDS = 600;
/** What an attacker with most of the hash rate has of it. */
const MAJORITY_PERCENT = 51;
const SLOW_PERMILLE = 20_000;

function momentUs({ paceUs, heights }: Target, permille: number): number {
  return Math.floor((paceUs * heights * permille) / 1000);
}

/** A cut that is healed. */
function cutFor(
  target: Target,
  groups: readonly (readonly number[])[],
  begins = BEGINS,
): AttackPatch['interventions'] {
  return [
    { atUs: momentUs(target, begins), intervention: { kind: 'cut', groups } },
    { atUs: momentUs(target, ENDS), intervention: { kind: 'heal' } },
  ];
}

/** Attacks and faults, in the order in which they are shown. */
export const attacks: readonly Attack[] = [
  lying('silence', 'Silence', 'Liars send nothing. A quorum of the others goes on without them.', ALL, [
    'silence',
  ]),
  {
    id: 'crash',
    title: 'Crashes',
    about:
      'As many nodes as there are liars crash one after another, lose what was not on disk, and are started again.',
    protocols: ALL,
    needsLiars: true,
    patch: (target) => ({
      interventions: target.liars.flatMap((node, at) => {
        const part = Math.floor((ENDS * (at + 1)) / (target.liars.length + 1));
        return [
          {
            atUs: momentUs(target, part),
            intervention: { kind: 'crash', node, loseUnsynced: true } as const,
          },
          { atUs: momentUs(target, part + BEGINS), intervention: { kind: 'restart', node } as const },
        ];
      }),
    }),
  },
  {
    id: 'twins',
    title: 'Twins',
    about:
      'Each liar runs twice with one key (Bano et al. 2020). The copies see other things and vote for other things, and whoever compares their votes has the proof.',
    protocols: ALL,
    needsLiars: true,
    patch: ({ liars }) => ({ twins: liars }),
  },
  {
    id: 'equivocation',
    title: 'Equivocation',
    about:
      'Liars make two proposals and cast two votes where one is due. If they have a third of the power, they vote for one block before half of the honest and for another before the rest, which makes a fork.',
    protocols: VOTING,
    needsLiars: true,
    patch: (target) =>
      target.settings.protocol === 'tendermint' && canFork(target)
        ? splitBrain(target)
        : { interventions: liesFromStart(target.liars, ['twoProposals', 'twoVotes']) },
  },
  {
    id: 'targeted-partition',
    title: 'Targeted partition',
    about:
      'The network is cut between two halves of the honest, and a copy of each liar is in both. With a third of the power each half decides by itself.',
    protocols: ALL,
    needsLiars: true,
    patch: (target) => {
      const { protocol } = target.settings;
      if (protocol === 'tendermint' && canFork(target)) return splitBrain(target);
      // Where double votes are slashed, copies that voted while all hear each other would be found out before they can part them.
      const begins = protocol === 'proofOfStake' && canFork(target) ? 0 : BEGINS;
      return { twins: target.liars, interventions: cutFor(target, splitGroups(target), begins) };
    },
  },
  {
    id: 'amnesia',
    title: 'Amnesia',
    about:
      'Liars forget what they locked. If they have a third of the power, half of the honest decide with precommits that the liars then forget; their later prevotes prove it.',
    protocols: ['tendermint'],
    needsLiars: true,
    patch: forgetfulFork,
  },
  {
    id: 'lying-disk',
    title: 'Lying disks',
    about: 'Disks of the liars keep nothing. After a crash they vote again as if they never had.',
    protocols: ALL,
    needsLiars: true,
    patch: (target) => ({
      interventions: target.liars.flatMap((node) => [
        { atUs: 0, intervention: { kind: 'lyingDisk', node } as const },
        {
          atUs: momentUs(target, BEGINS),
          intervention: { kind: 'crash', node, loseUnsynced: true } as const,
        },
        { atUs: momentUs(target, BEGINS) + 1, intervention: { kind: 'restart', node } as const },
      ]),
    }),
  },
  lying(
    'wrong-digest',
    'Wrong digests',
    'Liars claim what executing a block does not give. Everybody else can recompute it: they are outvoted and named.',
    ALL,
    ['wrongDigest'],
  ),
  lying(
    'withholding',
    'Withholding',
    'Liars show nobody the blocks that they make. The others wait for their timeouts.',
    ALL,
    ['withheldBlock'],
  ),
  lying(
    'late-votes',
    'Long delay before a round’s end',
    'Liars hold their votes back until just before a round ends, so that it ends as late as it can.',
    VOTING,
    ['lateVotes'],
  ),
  {
    id: 'partition',
    title: 'Partition',
    about: 'The network is cut in two halves and healed later. No half has a quorum.',
    protocols: ALL,
    needsLiars: false,
    patch: (target) => {
      const [one, other] = sidesOf({ ...target, liars: [] });
      return { interventions: cutFor(target, [one, other]) };
    },
  },
  {
    id: 'eclipse',
    title: 'Eclipse',
    about:
      'The first honest node hears copies of the liars and nobody else for a while. Where blocks are final after some confirmations it takes theirs for final.',
    protocols: ALL,
    needsLiars: false,
    patch: (target) => {
      const [victim, ...others] = honestOf(target);
      const { powers } = target.settings;
      const copies = target.liars.map((_, at) => powers.length + at);
      const inside = victim === undefined ? copies : [victim, ...copies];
      return { twins: target.liars, interventions: cutFor(target, [inside, [...others, ...target.liars]]) };
    },
  },
  {
    id: 'slow',
    title: 'Slow links',
    about: 'The last node’s links take twenty times as long for a while.',
    protocols: ALL,
    needsLiars: false,
    patch: (target) => {
      const node = target.settings.powers.length - 1;
      return {
        interventions: [
          {
            atUs: momentUs(target, BEGINS),
            intervention: { kind: 'slow', node, permille: SLOW_PERMILLE } as const,
          },
          {
            atUs: momentUs(target, ENDS),
            intervention: { kind: 'slow', node, permille: 1000 } as const,
          },
        ],
      };
    },
  },
  lying(
    'selfish-mining',
    'Selfish mining',
    'Liars mine in secret and publish when that wastes others’ work (Eyal and Sirer 2013). Their share of the chain grows beyond their share of the hash rate.',
    ['nakamoto'],
    ['selfishMining'],
  ),
  {
    id: '51-percent',
    title: 'Majority of the hash rate',
    about: `The first liar has ${MAJORITY_PERCENT} % of the hash rate and mines a branch in which a payment was never made. However many confirmations there are, it undoes them.`,
    protocols: ['nakamoto'],
    needsLiars: true,
    patch: ({ settings, liars }) => {
      const [attacker] = liars;
      const rest = settings.powers.reduce((sum, power, at) => (at === attacker ? sum : sum + power), 0);
      const others = 100 - MAJORITY_PERCENT;
      const powers = settings.powers.map((power, at) =>
        at === attacker ? Math.max(others * power, MAJORITY_PERCENT * rest) : others * power,
      );
      return { powers, interventions: liesFromStart(liars.slice(0, 1), ['doubleSpend']) };
    },
  },
  lying(
    'nothing-at-stake',
    'Nothing at stake',
    'Liars vote for every branch, since it costs them nothing; where it is punished, it does.',
    ['proofOfStake'],
    ['nothingAtStake'],
  ),
  {
    id: 'random',
    title: 'Random faults',
    about:
      'Crashes, restarts, slow links, cuts, losses, messages meddled with, and lies of the liars, by the seed; all of it is over before half of the time.',
    protocols: ALL,
    needsLiars: false,
    patch: randomFaults,
  },
];

/** The attack of an id. */
export function attackOf(id: string): Attack | undefined {
  return attacks.find((attack) => attack.id === id);
}
