import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Failure } from './failure.ts';
import { readFlags } from './readFlags.ts';
import { defineVerb } from './verb.ts';

const verb = defineVerb({
  name: 'play',
  about: 'Play something.',
  operands: ['piece'],
  flags: {
    loud: { kind: 'switch', about: 'Loud.' },
    voices: { kind: 'whole', min: 1, max: 8, excludes: ['solo'], about: 'How many.' },
    solo: { kind: 'switch', about: 'One.' },
    keys: { kind: 'wholes', min: 0, max: 100, about: 'Which.' },
    swing: { kind: 'share', min: 0, max: 1, about: 'How much.' },
    tempo: { kind: 'choice', choices: ['slow', 'fast'], about: 'How fast.' },
    by: { kind: 'text', placeholder: 'NAME', required: true, hint: 'In quotes.', about: 'Who.' },
  },
  notes: [],
  run: async () => ({ json: null, report: [], passed: true }),
});

const refusal = (...words: readonly string[]): string => {
  try {
    readFlags(verb, words);
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.message;
    throw thrown;
  }
  return '';
};

it('reads flags in every form and order', () => {
  const words = ['--by', 'Ann', '--voices=3', 'fugue', '--keys', '1,2,30', '--tempo', 'fast', '--json'];
  expect(readFlags(verb, words)).toEqual({
    flags: { loud: false, solo: false, by: 'Ann', voices: 3, keys: [1, 2, 30], tempo: 'fast' },
    operands: ['fugue'],
    json: true,
    help: false,
  });
  expect(readFlags(verb, ['--by', '-', '--', '--loud']).operands).toEqual(['--loud']);
  expect(readFlags(verb, ['-h']).help).toBe(true);
  expect(readFlags(verb, ['--help', '--voices', '1', '--solo']).help).toBe(true);
});

it('says what is wrong in one sentence or two', () => {
  const good = ['fugue', '--by', 'Ann'];
  expect(refusal()).toBe('play needs <piece>: switchyard play <piece>.');
  expect(refusal('fugue')).toBe('play needs --by NAME.');
  expect(refusal('fugue', '--by')).toBe('--by needs a value: --by NAME. In quotes.');
  expect(refusal('fugue', '--by', '--json')).toBe('--by needs a value: --by NAME. In quotes.');
  expect(refusal(...good, 'sonata')).toBe('“sonata” is too much: switchyard play <piece>.');
  expect(refusal(...good, '--by', 'Bob')).toBe('--by is given twice: give it once.');
  expect(refusal(...good, '--loud=yes')).toBe('--loud takes no value: leave out “=yes”.');
  expect(refusal(...good, '--voices', '1', '--solo')).toMatch(/^--voices and --solo exclude each other/);
  expect(refusal(...good, '--tempo', 'brisk')).toBe('--tempo must be slow or fast, not “brisk”.');
  expect(refusal(...good, '--keys', '1,1')).toBe('--keys names a number twice.');
  expect(refusal(...good, '--keys', '1,,2')).toMatch(/separated by commas, not “”/);
  for (const name of ['--no-such', '--constructor', '-x', '--__proto__']) {
    expect(refusal(...good, name)).toContain(`play has no ${name}; it has --loud, --voices`);
  }
  for (const text of ['0', '9', '-1', '8x', '1e0', '1.0', ' 3', '٣', '1e9', '1'.repeat(31), 'NaN']) {
    expect(refusal(...good, `--voices=${text}`)).toContain('--voices must be a whole number from 1 to 8');
  }
});

it('reads decimal numbers as people write them', () => {
  const swingOf = (text: string) => readFlags(verb, ['fugue', '--by', 'Ann', '--swing', text]).flags.swing;
  expect(['0', '1', '0.25', '.5', '1.', '1e-3', '2.5E-1', '0.10'].map(swingOf)).toEqual([
    0, 1, 0.25, 0.5, 1, 0.001, 0.25, 0.1,
  ]);
  for (const text of ['1.01', '-0', '1/3', '0,5', '.', 'NaN', 'Infinity', '0x1', '1e', '1e9999', ' 0']) {
    expect(refusal('fugue', '--by', 'Ann', `--swing=${text}`)).toMatch(
      /^--swing must be a decimal number from 0 to 1/,
    );
  }
});

it('answers or refuses, whatever the words are', () => {
  const names = [
    '--by',
    '--voices',
    '--keys=',
    '--swing',
    '--tempo',
    '--solo',
    '--json',
    '--',
    '-',
    '-h',
    '=',
  ];
  const word = fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 60 }), fc.integer().map(String));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const said = refusal(...words);
      expect(said).not.toContain('\n');
      expect(said.length).toBeLessThan(300);
    }),
    { numRuns: process.env.FULL ? 10_000 : 500 },
  );
});
