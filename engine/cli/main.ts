import { argv, exit, stderr, stdout } from 'node:process';
import { EXIT, Failure } from './failure.ts';
import { helpOf, overview } from './help.ts';
import { readFlags, shown } from './readFlags.ts';
import type { Stage, Verb } from './verb.ts';
import { benchChain, benchScaling, benchThroughput } from './verbs/bench.ts';
import { importBlock } from './verbs/import.ts';
import { linkEncode, linkVerify } from './verbs/link.ts';
import { run } from './verbs/run.ts';
import { scenarios } from './verbs/scenarios.ts';

/** The command line: `npm run -s switchyard -- <verb> …`. All that is printed is printed here. */
const verbs: readonly Verb[] = [
  scenarios,
  run,
  importBlock,
  linkEncode,
  linkVerify,
  benchThroughput,
  benchScaling,
  benchChain,
];

const HELP = ['help', '--help', '-h'];
const ERASE_LINE = '\r\x1b[2K';

/** A verb by the words that a person gave, and the words behind its name. */
function findVerb(words: readonly string[]): { readonly verb: Verb; readonly rest: readonly string[] } {
  const [first = '', second = ''] = words;
  const whole = verbs.find(({ name }) => name === first);
  if (whole !== undefined) return { verb: whole, rest: words.slice(1) };
  const part = verbs.find(({ name }) => name === `${first} ${second}`);
  if (part !== undefined) return { verb: part, rest: words.slice(2) };
  const parts = verbs.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  if (first === '') throw new Failure(`Name a verb: ${verbNames().join(', ')}. --help explains them.`);
  if (parts.length > 0) throw new Failure(`“${shown(first)}” needs a second word: ${parts.join(' or ')}.`);
  throw new Failure(`There is no verb “${shown(first)}”; there are ${verbNames().join(', ')}.`);
}

function verbNames(): string[] {
  return verbs.map(({ name }) => name);
}

/** Prints what the words ask for; answers the exit code. */
async function answer(words: readonly string[], stage: Stage): Promise<number> {
  if (HELP.includes(words[0] ?? '')) {
    print(words.length === 1 ? overview(verbs) : helpFor(words.slice(1)));
    return EXIT.fine;
  }
  const { verb, rest } = findVerb(words);
  const given = readFlags(verb, rest);
  if (given.help) {
    print(helpOf(verb));
    return EXIT.fine;
  }
  const outcome = await verb.run(given.flags, given.operands, stage);
  stage.progress('');
  print(given.json ? [toJson(outcome.json)] : outcome.report);
  return outcome.passed ? EXIT.fine : EXIT.checkFailed;
}

/** Help for a verb; for the first word of a verb with parts, for all of them. */
function helpFor(words: readonly string[]): string[] {
  const parts = verbs.filter(({ name }) => words.length === 1 && name.startsWith(`${words[0]} `));
  if (parts.length > 0) return parts.flatMap((verb, at) => [...(at === 0 ? [] : ['', '']), ...helpOf(verb)]);
  return helpOf(findVerb(words).verb);
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}

function print(lines: readonly string[]): void {
  stdout.write(`${lines.join('\n')}\n`);
}

const interrupted: (() => void)[] = [];
const stage: Stage = {
  progress: (line) => {
    if (stderr.isTTY) stderr.write(`${ERASE_LINE}${line}`);
  },
  onInterrupt: (stop) => {
    interrupted.push(stop);
  },
};

// A reader that has seen enough (`| head`) is no error.
for (const stream of [stdout, stderr]) {
  stream.on('error', (error: { readonly code?: string }) => {
    if (error.code !== 'EPIPE') throw error;
    exit();
  });
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const stop of interrupted) stop();
    stage.progress('');
    exit(signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated);
  });
}

try {
  process.exitCode = await answer(argv.slice(2), stage);
} catch (thrown) {
  stage.progress('');
  const known = thrown instanceof Failure;
  const message = (thrown instanceof Error ? thrown.message : String(thrown)).replaceAll(/\s+/g, ' ');
  stderr.write(`${known ? message : `Switchyard failed: ${message}`}\n`);
  process.exitCode = known ? thrown.exitCode : EXIT.checkFailed;
}
