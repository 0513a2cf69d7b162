import { placeholderOf } from './readFlags.ts';
import { pairs } from './report.ts';
import type { Flag, Verb } from './verb.ts';

const COMMAND = 'npm run -s switchyard --';

/** All verbs, a line each. */
export function overview(verbs: readonly Verb[]): string[] {
  return [
    'Switchyard: a chain of modules, executed in parallel, held against a sequential oracle.',
    '',
    `Usage: ${COMMAND} <verb> … [--json]`,
    '',
    ...indented(pairs(verbs.map((verb) => [verb.name, verb.about]))),
    '',
    `${COMMAND} help <verb> explains one of them.`,
    'With --json exactly one JSON document on stdout; integers beyond 2^53 are decimal strings.',
    'Exit codes: 0 fine, 1 a check failed, 2 bad input or usage.',
  ];
}

/** One verb: how it is called, its flags, and what its figures mean. */
export function helpOf(verb: Verb): string[] {
  const operands = verb.operands.map((operand) => `<${operand}>`);
  const flags = Object.entries(verb.flags);
  const required = flags.filter(([, flag]) => flag.required).map(([name, flag]) => flagUsage(name, flag));
  const optional = flags.some(([, flag]) => !flag.required) ? ['[flags]'] : [];
  return [
    verb.about,
    '',
    `Usage: ${[COMMAND, verb.name, ...operands, ...required, ...optional, '[--json]'].join(' ')}`,
    ...(flags.length === 0 ? [] : ['', ...flags.flatMap(([name, flag]) => flagHelp(name, flag))]),
    ...(verb.notes.length === 0 ? [] : ['', ...verb.notes]),
  ];
}

function flagUsage(name: string, flag: Flag): string {
  return `--${name} ${placeholderOf(flag)}`.trimEnd();
}

function flagHelp(name: string, flag: Flag): string[] {
  const range = 'min' in flag ? ` (${flag.min} to ${flag.max})` : '';
  return [`  ${flagUsage(name, flag)}${range}`, `      ${flag.about}`];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
