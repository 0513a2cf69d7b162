import { proposerSequence } from '../../consensus/tendermint/proposerPriority.ts';
import { answered, Failure } from '../failure.ts';
import { shown } from '../readFlags.ts';
import { pairs } from '../report.ts';
import { defineVerb } from '../verb.ts';

const MOST_VALIDATORS = 10_000;
const MOST_STEPS = 1_000_000;
/** Steps times validators: some seconds. */
const MOST_WORK = 100_000_000;

export const proposers = defineVerb({
  name: 'proposers',
  about: 'Say who proposes, height by height, by CometBFT’s weighted priority.',
  operands: [],
  flags: {
    powers: {
      kind: 'text',
      placeholder: 'P,P,…',
      about:
        'Voting power of each validator: whole numbers from 1, together at most 1,152,921,504,606,846,975.',
      required: true,
    },
    steps: {
      kind: 'whole',
      min: 0,
      max: MOST_STEPS,
      about: 'How many heights, from the first of a fresh set of validators.',
      required: true,
    },
  },
  notes: [
    'Each height everybody gains priority by its power; the highest proposes and pays the power of all. Ties go to the validator',
    'that stands first (in CometBFT: to the lower address). A fresh set starts even, after it was scaled and centred.',
    '',
    '--json: {sequence}: indices into the powers, from 0.',
  ],
  run: async ({ powers: text, steps }) => {
    const powers = powersOf(text);
    if (powers.length * steps > MOST_WORK) {
      throw new Failure(`--steps times the validators may be ${MOST_WORK} at most: ask for fewer steps.`);
    }
    const sequence = answered(proposerSequence(powers, steps));
    const turns = new Array<number>(powers.length).fill(0);
    for (const index of sequence) turns[index]!++;
    return {
      json: { sequence },
      report: [
        ...wrapped(sequence),
        '',
        ...pairs(powers.map((power, index) => [`${index} (power ${power})`, `${turns[index]} of ${steps}`])),
      ],
      passed: true,
    };
  },
});

function powersOf(text: string): bigint[] {
  const parts = text.split(',');
  if (parts.length > MOST_VALIDATORS) {
    throw new Failure(`--powers takes ${MOST_VALIDATORS} validators at most, not ${parts.length}.`);
  }
  return parts.map((part) => {
    if (/^\d{1,19}$/.test(part) && BigInt(part) > 0n) return BigInt(part);
    throw new Failure(
      `--powers must be whole numbers from 1 separated by commas, at most 19 digits each, not “${shown(part)}”.`,
    );
  });
}

const A_LINE = 40;

function wrapped(sequence: readonly number[]): string[] {
  const lines: string[] = [];
  for (let i = 0; i < sequence.length; i += A_LINE) lines.push(sequence.slice(i, i + A_LINE).join(' '));
  return lines;
}
