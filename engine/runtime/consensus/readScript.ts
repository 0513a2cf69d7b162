import { fail, ok, type Result } from '../../base/result.ts';
import type { Lie, ProtocolId, RoundScript, ScheduledIntervention } from '../../types/consensus.ts';
import { PROTOCOL_NAMES } from './protocolNames.ts';

/** What a script says: the rest of a run is as usual. */
export interface ScriptedRun {
  readonly protocol: ProtocolId;
  readonly powers: readonly number[];
  readonly twins: readonly number[];
  readonly script: RoundScript;
  readonly interventions: readonly ScheduledIntervention[];
  readonly heights: number;
  readonly seed: number;
}

const MOST_NODES = 1000;
const MOST_ROUNDS = 1000;
const MOST_HEIGHTS = 10_000;

/** Thrown and caught in this file. */
class Refused {
  readonly code: string;
  readonly message: string;
  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/**
 * Reads a script of rounds: JSON as the README describes it. Fails with `script/bad_json`, `script/bad_field`, `script/unknown_node` and
 * `script/node_twice`; the message says where.
 */
export function readScript(text: string): Result<ScriptedRun> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail('script/bad_json', 'This is no JSON: a script is one JSON object.');
  }
  try {
    return ok(read(json));
  } catch (thrown) {
    if (thrown instanceof Refused) return fail(thrown.code, thrown.message);
    throw thrown;
  }
}

function read(json: unknown): ScriptedRun {
  const script = recordOf(json, 'the script', [
    'protocol',
    'nodes',
    'powers',
    'twins',
    'lies',
    'height',
    'rounds',
    'heights',
    'seed',
  ]);
  const protocol = PROTOCOL_NAMES[textOf(script.protocol ?? 'tendermint', 'protocol')];
  if (protocol === undefined) throw bad('protocol', Object.keys(PROTOCOL_NAMES).join(' or '));
  const nodes = new Nodes(script.nodes);
  const twins = listOf(script.twins ?? [], 'twins').map((one, at) => nodes.identityOf(one, `twins[${at}]`));
  twins.forEach((twin, at) => {
    if (twins.indexOf(twin) < at) throw twice(`twins[${at}]`, twin);
  });
  nodes.addTwins(twins);
  const powers = listOf(script.powers ?? nodes.identities.map(() => 1), 'powers').map((power, at) =>
    wholeOf(power, `powers[${at}]`, 1, 1_000_000_000_000),
  );
  if (powers.length !== nodes.identities.length) throw bad('powers', 'as many as there are nodes');
  const height = wholeOf(script.height ?? 1, 'height', 1, MOST_HEIGHTS);
  const rounds = listOf(script.rounds, 'rounds');
  if (rounds.length > MOST_ROUNDS) throw bad('rounds', `${MOST_ROUNDS} at most`);
  return {
    protocol,
    powers,
    twins,
    script: { height, rounds: rounds.map((round, at) => roundOf(round, nodes, `rounds[${at}]`)) },
    interventions: listOf(script.lies ?? [], 'lies').map((lie, at) => lieOf(lie, nodes, `lies[${at}]`)),
    heights: wholeOf(script.heights ?? height, 'heights', 1, MOST_HEIGHTS),
    seed: wholeOf(script.seed ?? 0, 'seed', 0, 0xffff_ffff),
  };
}

/** Names of nodes, and their numbers: identities first, then the second copies of twins. */
class Nodes {
  readonly identities: readonly string[];
  private readonly numbers = new Map<string, number>();

  constructor(given: unknown) {
    this.identities = Array.isArray(given)
      ? listOf(given, 'nodes').map((name, at) => textOf(name, `nodes[${at}]`))
      : Array.from({ length: wholeOf(given, 'nodes', 1, MOST_NODES) }, (_, at) => String(at));
    if (this.identities.length < 1 || this.identities.length > MOST_NODES) {
      throw bad('nodes', `1 to ${MOST_NODES} names, or how many there are`);
    }
    for (const [at, name] of this.identities.entries()) this.add(name, at);
  }

  /** The second copy of “A” is “A'”; of a node that has a number, also the next number that is free. */
  addTwins(twins: readonly number[]): void {
    twins.forEach((twin, at) => {
      const number = this.identities.length + at;
      this.add(`${this.identities[twin]}'`, number);
      if (!this.numbers.has(String(number))) this.numbers.set(String(number), number);
    });
  }

  numberOf(given: unknown, where: string): number {
    const number =
      typeof given === 'string' || typeof given === 'number' ? this.numbers.get(String(given)) : undefined;
    if (number !== undefined) return number;
    const known = [...this.numbers.keys()].slice(0, 20).join(', ');
    throw new Refused(
      'script/unknown_node',
      `${where}: there is no node ${JSON.stringify(given) ?? 'undefined'}; there are ${known}.`,
    );
  }

  identityOf(given: unknown, where: string): number {
    const number = this.numberOf(given, where);
    if (number < this.identities.length) return number;
    throw new Refused('script/unknown_node', `${where}: name the node itself, not its second copy.`);
  }

  private add(name: string, number: number): void {
    if (this.numbers.has(name)) throw twice('nodes', name);
    this.numbers.set(name, number);
  }
}

function roundOf(given: unknown, nodes: Nodes, where: string): RoundScript['rounds'][number] {
  const round = recordOf(given, where, ['leader', 'partition', 'lost']);
  const seen = new Set<number>();
  const groups = listOf(round.partition, `${where}.partition`).map((group, g) =>
    listOf(group, `${where}.partition[${g}]`).map((one, at) => {
      const number = nodes.numberOf(one, `${where}.partition[${g}][${at}]`);
      if (seen.has(number)) throw twice(`${where}.partition`, String(one));
      seen.add(number);
      return number;
    }),
  );
  const lost = listOf(round.lost ?? [], `${where}.lost`).map((one, at) => {
    const place = `${where}.lost[${at}]`;
    const { messages, from, to } = recordOf(one, place, ['messages', 'from', 'to']);
    const numbers = (some: unknown, name: string): number[] =>
      listOf(some, `${place}.${name}`).map((node) => nodes.numberOf(node, `${place}.${name}`));
    return {
      messages: listOf(messages, `${place}.messages`).map((name) => textOf(name, `${place}.messages`)),
      from: numbers(from, 'from'),
      to: numbers(to, 'to'),
    };
  });
  const leader = nodes.identityOf(round.leader, `${where}.leader`);
  return lost.length === 0 ? { leader, groups } : { leader, groups, lost };
}

function lieOf(given: unknown, nodes: Nodes, where: string): ScheduledIntervention {
  const { node, lies } = recordOf(given, where, ['node', 'lies']);
  const named = listOf(lies, `${where}.lies`).map((lie) => textOf(lie, `${where}.lies`) as Lie);
  return { atUs: 0, intervention: { kind: 'lie', node: nodes.numberOf(node, `${where}.node`), lies: named } };
}

function recordOf(
  given: unknown,
  where: string,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw bad(where, `an object with ${known.join(', ')}`);
  }
  const strange = Object.keys(given).find((name) => !known.includes(name));
  if (strange !== undefined) {
    throw new Refused(
      'script/bad_field',
      `${where} has no field “${strange.slice(0, 40)}”; it has ${known.join(', ')}.`,
    );
  }
  return given as Readonly<Record<string, unknown>>;
}

function listOf(given: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(given)) throw bad(where, 'a list');
  return given;
}

function textOf(given: unknown, where: string): string {
  if (typeof given !== 'string' || given === '') throw bad(where, 'a name');
  return given;
}

function wholeOf(given: unknown, where: string, min: number, max: number): number {
  if (!Number.isInteger(given) || (given as number) < min || (given as number) > max) {
    throw bad(where, `a whole number from ${min} to ${max}`);
  }
  return given as number;
}

function bad(where: string, must: string): Refused {
  return new Refused('script/bad_field', `${where} must be ${must}.`);
}

function twice(where: string, name: string | number): Refused {
  return new Refused('script/node_twice', `${where}: node ${name} is named twice.`);
}
