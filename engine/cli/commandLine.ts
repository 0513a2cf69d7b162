import { EXIT, Failure } from './failure.ts';
import { helpOf, overview } from './help.ts';
import { readFlags, shown } from './readFlags.ts';
import type { Stage, Verb } from './verb.ts';
import { audit } from './verbs/audit.ts';
import { benchChain, benchScaling, benchThroughput } from './verbs/bench.ts';
import { benchConsensus } from './verbs/benchConsensus.ts';
import { benchHalt, benchLanes } from './verbs/benchLanes.ts';
import { benchStorage } from './verbs/benchStorage.ts';
import { importBlock } from './verbs/import.ts';
import { linkEncode, linkVerify } from './verbs/link.ts';
import { logProofVerify } from './verbs/logProof.ts';
import { odds } from './verbs/odds.ts';
import { proposers } from './verbs/proposers.ts';
import { prove, verifyProof } from './verbs/prove.ts';
import { run } from './verbs/run.ts';
import { scenarios } from './verbs/scenarios.ts';
import { simulate } from './verbs/simulate.ts';

const verbs: readonly Verb[] = [
  scenarios,
  run,
  importBlock,
  linkEncode,
  linkVerify,
  logProofVerify,
  prove,
  verifyProof,
  audit,
  simulate,
  odds,
  proposers,
  benchThroughput,
  benchScaling,
  benchChain,
  benchLanes,
  benchHalt,
  benchStorage,
  benchConsensus,
];

const HELP = ['help', '--help', '-h'];
const JSON_FLAG = '--json';

/** What belongs on stdout, and the exit code. */
export interface Answer {
  /** With `--json` one, which is a JSON document. */
  readonly lines: readonly string[];
  readonly exitCode: number;
}

/** Does what the words of a call ask for. Throws a {@link Failure} for what a person can mend. */
export async function answer(words: readonly string[], stage: Stage): Promise<Answer> {
  if (HELP.includes(words[0] ?? '')) {
    const named = words.slice(1).filter((word) => word !== JSON_FLAG);
    return helped(named.length === 0 ? overview(verbs) : helpFor(named), words.includes(JSON_FLAG));
  }
  const { verb, rest } = findVerb(words);
  const given = readFlags(verb, rest);
  if (given.help) return helped(helpOf(verb), given.json);
  const { json, report, passed, exitCode } = await verb.run(given.flags, given.operands, stage);
  const code = exitCode ?? (passed ? EXIT.fine : EXIT.checkFailed);
  return { lines: given.json ? [toJson(json)] : report, exitCode: code };
}

function helped(lines: readonly string[], asJson: boolean): Answer {
  return { lines: asJson ? [toJson({ help: lines.join('\n') })] : lines, exitCode: EXIT.fine };
}

/** A verb by the words that a person gave, and the words behind its name. */
function findVerb(words: readonly string[]): { readonly verb: Verb; readonly rest: readonly string[] } {
  const [first = '', second = ''] = words;
  const whole = verbs.find(({ name }) => name === first);
  if (whole !== undefined) return { verb: whole, rest: words.slice(1) };
  const part = verbs.find(({ name }) => name === `${first} ${second}`);
  if (part !== undefined) return { verb: part, rest: words.slice(2) };
  const parts = verbs.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name);
  if (first === '') throw new Failure(`Name a verb: ${verbNames()}. --help explains them.`);
  if (parts.length > 0) throw new Failure(`“${shown(first)}” needs a second word: ${parts.join(' or ')}.`);
  if (first.startsWith('-')) throw new Failure(`Name a verb before “${shown(first)}”: ${verbNames()}.`);
  throw new Failure(`There is no verb “${shown(first)}”; there are ${verbNames()}.`);
}

function verbNames(): string {
  return verbs.map(({ name }) => name).join(', ');
}

/** Help for a verb; for the first word of a verb with parts, for all of them. */
function helpFor(words: readonly string[]): readonly string[] {
  const parts = verbs.filter(({ name }) => words.length === 1 && name.startsWith(`${words[0]} `));
  if (parts.length > 0) return parts.flatMap((verb, at) => [...(at === 0 ? [] : ['', '']), ...helpOf(verb)]);
  const { verb, rest } = findVerb(words);
  if (rest.length > 0) throw new Failure(`“${shown(rest[0]!)}” is too much: switchyard help ${verb.name}.`);
  return helpOf(verb);
}

function toJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}
