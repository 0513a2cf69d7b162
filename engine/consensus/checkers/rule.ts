import type { Intervention, Violation } from '../../types/consensus.ts';
import type { Block, Note } from '../contract.ts';
import type { Checker, World } from '../observer.ts';
import type { Cast, Transcript } from './transcript.ts';

/** Violations that one rule tells of: a protocol that is broken breaks it all the time. */
const MOST_VIOLATIONS = 1000;

/** A checker that reads a transcript which others keep for it, so that it is written once. */
export abstract class Rule
  implements Pick<Checker, 'name' | 'violations' | 'noted' | 'intervened' | 'finish'>
{
  abstract readonly name: string;
  readonly violations: Violation[] = [];
  protected readonly transcript: Transcript;

  constructor(transcript: Transcript) {
    this.transcript = transcript;
  }

  /** Something new was said, a vote or a proposal. */
  voted?(world: World, cast: Cast, isVote: boolean): void;
  /** `before`: what the node decided before this; −1: nothing. */
  decided?(world: World, node: number, block: Block, before: number): void;
  noted?(world: World, node: number, note: Note): void;
  intervened?(world: World, intervention: Intervention): void;
  finish?(world: World, isQuiet: boolean): void;
  /** The same on a fork's transcript. */
  abstract forkOn(transcript: Transcript): Rule;

  protected report(
    world: World,
    nodes: readonly number[],
    height: number,
    round: number,
    message: string,
  ): void {
    if (this.violations.length >= MOST_VIOLATIONS) return;
    const { nowUs, events } = world;
    const { name } = this;
    this.violations.push({ checker: name, atUs: nowUs, event: events, nodes, height, round, message });
  }

  /** Gives a fork what was found so far. */
  protected handOver<R extends Rule>(fork: R): R {
    fork.violations.push(...this.violations);
    return fork;
  }
}

/** Nodes in a sentence: “node 3”, “nodes 0 and 2”. */
export function nodesInWords(nodes: readonly number[]): string {
  const last = nodes.at(-1);
  return nodes.length < 2 ? `node ${last}` : `nodes ${nodes.slice(0, -1).join(', ')} and ${last}`;
}

/** What was voted for in a sentence. */
export function valueInWords(value: number): string {
  return value < 0 ? 'nil' : `block ${value}`;
}
