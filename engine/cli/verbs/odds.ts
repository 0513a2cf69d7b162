import {
  doubleSpendOdds,
  MOST_BLOCKS_PLAYED,
  MOST_CONFIRMATIONS,
  type Odds,
  selfishOdds,
} from '../../consensus/nakamoto/odds.ts';
import { answered, Failure } from '../failure.ts';
import { figure, pairs } from '../report.ts';
import { defineVerb, type Outcome, type Values } from '../verb.ts';

const DEFAULT_TRIALS = 1_000_000;
const DEFAULT_BLOCKS = 1_000_000;
const DEFAULT_SEED = 0;

const flags = {
  attack: {
    kind: 'choice',
    choices: ['double-spend', 'selfish'],
    about: 'Undo a payment with a secret branch, or keep blocks secret to waste others’ work.',
    required: true,
  },
  q: {
    kind: 'share',
    min: 0,
    max: 1,
    about: 'Double spend: the attacker’s share of the hash rate.',
    excludes: ['alpha', 'gamma', 'blocks'],
  },
  z: {
    kind: 'whole',
    min: 0,
    max: MOST_CONFIRMATIONS,
    about: 'Double spend: confirmations that the payee waits for.',
    excludes: ['alpha', 'gamma', 'blocks'],
  },
  trials: {
    kind: 'whole',
    min: 1,
    max: MOST_BLOCKS_PLAYED,
    about: `Double spend: how often it is played; ${figure(DEFAULT_TRIALS)} if not given.`,
    excludes: ['alpha', 'gamma', 'blocks'],
  },
  alpha: { kind: 'share', min: 0, max: 1, about: 'Selfish mining: the miner’s share of the hash rate.' },
  gamma: {
    kind: 'share',
    min: 0,
    max: 1,
    about: 'Selfish mining: the share of the others who mine on its block in a race; 0 if not given.',
  },
  blocks: {
    kind: 'whole',
    min: 1,
    max: MOST_BLOCKS_PLAYED / 2,
    about: `Selfish mining: blocks that all miners find; ${figure(DEFAULT_BLOCKS)} if not given.`,
  },
  seed: {
    kind: 'whole',
    min: 0,
    max: 0xffff_ffff,
    about: `Another seed, other chances; ${DEFAULT_SEED} if not given.`,
  },
} as const;

export const odds = defineVerb({
  name: 'odds',
  about: 'Play attacks on proof of work and hold the outcome against the formulas.',
  operands: [],
  flags,
  notes: [
    'double-spend (Nakamoto 2008): the attacker mines a secret branch from the block before the payment. It succeeds when the branch',
    'catches up, once the honest have found z blocks. estimate: the part of the trials in which it does; exact: by the negative',
    'binomial distribution (Rosenfeld 2014); paper: by the Bitcoin paper’s Poisson distribution.',
    'selfish (Eyal and Sirer 2013): estimate: the miner’s share of the blocks of the chain; exact: their closed form; threshold: the',
    'share of the hash rate above which it pays, (1 − γ)/(3 − 2γ).',
    'interval: from and to; of a hundred seeds, in 99 the exact value lies in it.',
    '',
    '--json: {attack, q, z, trials, seed, estimate, interval, exact, paper}',
    '     or {attack, alpha, gamma, blocks, seed, estimate, interval, exact, threshold}',
    '',
    'Examples: odds --attack double-spend --q 0.1 --z 6 --trials 1000000',
    '          odds --attack selfish --alpha 0.4 --gamma 0.5 --blocks 1000000',
  ],
  run: async (given) => (given.attack === 'selfish' ? selfish(given) : doubleSpend(given)),
});

type Given = Values<typeof flags>;

function doubleSpend({ q, z, trials = DEFAULT_TRIALS, seed = DEFAULT_SEED }: Given): Outcome {
  if (q === undefined) throw new Failure('odds --attack double-spend needs --q X.');
  if (z === undefined) throw new Failure('odds --attack double-spend needs --z N.');
  const played = answered(doubleSpendOdds(q, z, trials, seed));
  return outcome({ attack: 'double-spend', q, z, trials, seed }, played, { paper: played.paper });
}

function selfish(given: Given): Outcome {
  const { alpha, gamma = 0, blocks = DEFAULT_BLOCKS, seed = DEFAULT_SEED } = given;
  const other = (['q', 'z', 'trials'] as const).find((name) => given[name] !== undefined);
  if (other !== undefined) throw new Failure(`odds --attack selfish takes no --${other}: leave it out.`);
  if (alpha === undefined) throw new Failure('odds --attack selfish needs --alpha X.');
  const played = answered(selfishOdds(alpha, gamma, blocks, seed));
  return outcome({ attack: 'selfish', alpha, gamma, blocks, seed }, played, { threshold: played.threshold });
}

function outcome(
  asked: Readonly<Record<string, string | number>>,
  { estimate, interval, exact }: Odds,
  more: Readonly<Record<string, number>>,
): Outcome {
  const lines = Object.entries({ ...asked, estimate, exact, ...more }).map(
    ([name, value]) => [name, String(value)] as const,
  );
  const within = interval[0] <= exact && exact <= interval[1];
  return {
    json: { ...asked, estimate, interval, exact, ...more },
    report: pairs([
      ...lines,
      ['99 % interval', `${interval[0]} to ${interval[1]}${within ? '' : '; the exact value is not in it'}`],
    ]),
    passed: true,
  };
}
