import { Checkers } from '../consensus/checkers/index.ts';
import {
  type AnyProtocol,
  type Block,
  type ConsensusMessage,
  GENESIS,
  type MessageKind,
  type Note,
} from '../consensus/contract.ts';
import type { World } from '../consensus/observer.ts';
import type { Intervention } from '../types/consensus.ts';

export const PROPOSAL = 0;
export const PREVOTE = 1;
export const PRECOMMIT = 2;
const BLOCK = 3;

/** A world in which a test says what is sent and decided, event by event, and checkers look on. */
export class CheckedWorld implements World {
  nowUs = 0;
  events = 0;
  current = 0;
  currentCause = 0;
  currentNode = -1;
  leavesUs = 0;
  readonly messageKinds: readonly MessageKind[] = [
    { name: 'proposal', role: 'proposal' },
    { name: 'prevote', role: 'vote' },
    { name: 'precommit', role: 'vote' },
    { name: 'block', role: 'block' },
    { name: 'votes', role: 'sync' },
  ];
  protocol: Pick<AnyProtocol, 'finality' | 'offence' | 'votesIn'> = { finality: 'absolute' };
  readonly identities: readonly number[];
  readonly powers: readonly number[];
  readonly totalPower: number;
  readonly quorumPermille = 667;
  readonly blocks: Block[] = [];
  readonly faulty = new Set<number>();
  readonly down = new Set<number>();
  checkers: Checkers;

  constructor(powers: readonly number[], boundUs?: number) {
    this.powers = powers;
    this.identities = [...powers.keys()];
    this.totalPower = powers.reduce((sum, power) => sum + power, 0);
    this.checkers = Checkers.create(boundUs);
    this.block(GENESIS, 0);
  }

  /** A new block on a parent. Executing a block gives its number and a thousand. */
  block(parent: number, proposer = 0, digest?: number): Block {
    const id = this.blocks.length;
    const block = Object.freeze({
      id,
      parent,
      height: id === GENESIS ? 0 : this.blocks[parent]!.height + 1,
      round: 0,
      proposer,
      timeUs: this.nowUs,
      digest: digest ?? id + 1000,
      payload: 0,
      transactions: 0,
      sizeBytes: 0,
    });
    this.blocks.push(block);
    return block;
  }

  say(kind: number, author: number, round: number, value: number, height = 1, more: object = {}): void {
    const digest = value < 0 ? 0 : this.blocks[value]!.digest;
    const message: ConsensusMessage = { kind, author, height, round, value, digest, sizeBytes: 1, ...more };
    this.step(() => this.checkers.sent(this, author, message));
  }

  mine(author: number, value: number): void {
    this.say(BLOCK, author, 0, value, this.blocks[value]!.height);
  }

  all(kind: number, authors: readonly number[], round: number, value: number, height = 1): void {
    for (const author of authors) this.say(kind, author, round, value, height);
  }

  decide(node: number, block: Block): void {
    this.step(() => this.checkers.decided(this, node, block));
  }

  note(node: number, note: Note): void {
    this.step(() => this.checkers.noted(this, node, note));
  }

  intervene(intervention: Intervention): void {
    this.checkers.intervened(this, intervention);
  }

  /** Violations, as the checkers' names, each as often as it complained. */
  get found(): string[] {
    return this.checkers.violations.map(({ checker }) => checker);
  }

  /** Evidence in a few words each. */
  get proven(): string[] {
    return this.checkers.evidence.map(({ kind, identity, height, round }) =>
      [kind, identity, height, round].join(' '),
    );
  }

  isUp(node: number): boolean {
    return !this.down.has(node);
  }

  isFaulty(node: number): boolean {
    return this.faulty.has(node);
  }

  digestOf(block: Block): number {
    return block.id + 1000;
  }

  digestText(digest: number): string {
    return String(digest);
  }

  viewOf(node: number): ReturnType<World['viewOf']> {
    return { height: node, round: 3, phase: 'propose', locked: -1, head: 0, decided: 0, details: {} };
  }

  private step(what: () => void): void {
    this.events++;
    what();
  }
}

/** A bit for each of some identities. */
export function signersOf(...identities: number[]): Uint32Array {
  return Uint32Array.of(identities.reduce((bits, identity) => bits | (1 << identity), 0));
}
