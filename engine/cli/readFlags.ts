import { parseArgs } from 'node:util';
import { Failure } from './failure.ts';
import type { Flag, Verb } from './verb.ts';

/** Letters of something given that are repeated in a message. */
const SHOWN = 40;

export interface Given {
  readonly flags: Readonly<Record<string, unknown>>;
  readonly operands: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads what stands behind a verb by its description. Throws a {@link Failure} that says what to do. */
export function readFlags(verb: Verb, words: readonly string[]): Given {
  const texts = new Map<string, string | true>();
  const operands: string[] = [];
  const { tokens } = parseArgs({
    args: [...words],
    options: parserOptions(verb),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const name = token.name;
    const flag = flagOf(verb, name);
    if (flag === undefined) throw new Failure(unknownFlag(verb, token.rawName));
    const text = textOf(name, flag, token.value, token.inlineValue === true);
    const before = texts.get(name);
    if (before !== undefined && !flag.repeats) throw new Failure(`--${name} is given twice: give it once.`);
    texts.set(name, before === undefined ? text : `${before},${text}`);
  }
  const help = texts.has('help');
  if (!help) requireOperands(verb, operands);
  return {
    flags: help ? {} : valuesOf(verb, texts),
    operands,
    json: texts.has('json'),
    help,
  };
}

const COMMON: { readonly [name: string]: Flag } = {
  json: { kind: 'switch', about: 'Print one JSON document and nothing else.' },
  help: { kind: 'switch', about: 'Explain the verb.' },
};

function flagOf(verb: Verb, name: string): Flag | undefined {
  if (Object.hasOwn(COMMON, name)) return COMMON[name];
  return Object.hasOwn(verb.flags, name) ? verb.flags[name] : undefined;
}

function parserOptions(verb: Verb) {
  const flags = Object.entries({ ...verb.flags, ...COMMON });
  return Object.fromEntries(
    flags.map(([name, { kind }]) => [
      name,
      {
        type: kind === 'switch' ? ('boolean' as const) : ('string' as const),
        ...(name === 'help' ? { short: 'h' } : {}),
      },
    ]),
  );
}

function textOf(name: string, flag: Flag, value: string | undefined, inline: boolean): string | true {
  if (flag.kind === 'switch') {
    if (value !== undefined) throw new Failure(`--${name} takes no value: leave out “=${shown(value)}”.`);
    return true;
  }
  if (value === undefined || value === '' || (!inline && value.startsWith('--'))) {
    const hint = flag.hint === undefined ? '' : ` ${flag.hint}`;
    throw new Failure(`--${name} needs a value: --${name} ${placeholderOf(flag)}.${hint}`);
  }
  return value;
}

function valuesOf(verb: Verb, texts: ReadonlyMap<string, string | true>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(verb.flags)) {
    const text = texts.get(name);
    if (text === undefined) {
      if (flag.required) throw new Failure(`${verb.name} needs --${name} ${placeholderOf(flag)}.`);
      if (flag.kind === 'switch') values[name] = false;
      continue;
    }
    const other = flag.excludes?.find((excluded) => texts.has(excluded));
    if (other !== undefined) {
      throw new Failure(`--${name} and --${other} exclude each other: leave out one of them.`);
    }
    values[name] = text === true ? true : readValue(name, flag, text);
  }
  return values;
}

function readValue(name: string, flag: Flag, text: string): unknown {
  switch (flag.kind) {
    case 'whole':
      return wholeNumber(name, text, flag, 'a whole number');
    case 'share': {
      const value = /^(\d+\.?\d*|\.\d+)(e-?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
      if (value >= flag.min && value <= flag.max) return value;
      throw new Failure(
        `--${name} must be a decimal number from ${flag.min} to ${flag.max}, not “${shown(text)}”.`,
      );
    }
    case 'wholes': {
      const numbers = text.split(',').map((part) => wholeNumber(name, part, flag, 'whole numbers'));
      if (new Set(numbers).size < numbers.length) throw new Failure(`--${name} names a number twice.`);
      return numbers;
    }
    case 'choice':
      if (flag.choices.includes(text)) return text;
      throw new Failure(`--${name} must be ${flag.choices.join(' or ')}, not “${shown(text)}”.`);
    default:
      return text;
  }
}

function wholeNumber(
  name: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
  what: string,
): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const separated = what === 'whole numbers' ? ' separated by commas' : '';
  throw new Failure(`--${name} must be ${what} from ${min} to ${max}${separated}, not “${shown(text)}”.`);
}

function requireOperands(verb: Verb, operands: readonly string[]): void {
  const missing = verb.operands[operands.length];
  if (missing !== undefined) {
    throw new Failure(`${verb.name} needs <${missing}>: switchyard ${usageOf(verb)}.`);
  }
  if (operands.length > verb.operands.length) {
    const extra = shown(operands[verb.operands.length]!);
    throw new Failure(`“${extra}” is too much: switchyard ${usageOf(verb)}.`);
  }
}

function usageOf(verb: Verb): string {
  return [verb.name, ...verb.operands.map((operand) => `<${operand}>`)].join(' ');
}

function unknownFlag(verb: Verb, rawName: string): string {
  const names = Object.keys(verb.flags).map((name) => `--${name}`);
  return `${verb.name} has no ${shown(rawName)}; it has ${[...names, '--json', '--help'].join(', ')}.`;
}

/** How a flag's value is called in usage lines. */
export function placeholderOf(flag: Flag): string {
  switch (flag.kind) {
    case 'switch':
      return '';
    case 'whole':
      return 'N';
    case 'share':
      return 'X';
    case 'wholes':
      return 'N,N,…';
    case 'choice':
      return flag.choices.join('|');
    default:
      return flag.placeholder;
  }
}

/** What was given, on one line and not too long. */
export function shown(text: string): string {
  const line = text.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
