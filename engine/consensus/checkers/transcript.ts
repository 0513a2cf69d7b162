import type { Block, ConsensusMessage, VoteBundle } from '../contract.ts';
import type { World } from '../observer.ts';
import { add, emptySigners, has, isHonest, type Signers, take } from './signers.ts';

/** What somebody can say in a kind, height and round, and who said it. */
export interface Choice {
  readonly value: number;
  readonly digest: number;
  power: number;
  readonly signers: Signers;
}

/** All that was said in one kind, height and round. */
export interface Tally {
  readonly choices: Choice[];
}

/** Somebody said something new. One object is used again and again. */
export interface Cast {
  kind: number;
  height: number;
  round: number;
  author: number;
  tally: Tally;
  choice: Choice;
  /** Something else that the author said before in this kind, height and round. */
  other: Choice | undefined;
}

/** A block that was decided at a height, and a bit for each node that did. */
interface DecidedBlock {
  readonly block: number;
  readonly nodes: Signers;
}

interface HeightRecord {
  /** Whose it is to change; a fork that wants to change another's copies it first. */
  owner: Transcript;
  /** By round, then by kind. */
  readonly rounds: Map<number, (Tally | undefined)[]>;
  readonly decided: DecidedBlock[];
}

interface Unsynced {
  readonly node: number;
  readonly leavesUs: number;
  readonly said: Said;
}

/** More different things in one round than this are not told apart: only liars say so many. */
const MOST_CHOICES = 1000;
/** Heights that are kept below the lowest that all honest nodes have decided, and how often it is looked for. */
const KEPT_HEIGHTS = 16;
const PRUNE_EVERY = 64;

/**
 * Who said what and decided what, in all replicas: what the checkers read. A word counts from when it was said, and no longer when a crash kept it and all
 * memory of it from the world: what leaves a node only when the disk has it, and the disk never had. Of heights that all honest nodes have
 * decided, some are kept. A fork shares what neither side changes.
 */
export class Transcript {
  /** Of each node the last decided block; −1 before the first. */
  lastDecided = new Int32Array(0);
  private heights = new Map<number, HeightRecord>();
  private unsynced: Unsynced[] = [];
  private pruned = 0;
  private decisions = 0;
  private readonly cast = {} as Cast;

  /** Takes in a proposal or vote. Answers what is new in it; undefined when its author said so before. */
  take(world: World, node: number, message: ConsensusMessage): Cast | undefined {
    const cast = this.add(world, message, message.author);
    if (cast !== undefined && world.leavesUs > world.nowUs) this.remember(world, node, message);
    return cast;
  }

  /** Takes in its author's own vote in a bundle: from now on it is said, also when it was held back. */
  takeBundle(world: World, node: number, bundle: VoteBundle, author: number): Cast | undefined {
    if (!has(bundle.signers, author)) return undefined;
    if (this.unsynced.length > 0) {
      this.unsynced = this.unsynced.filter(
        (entry) => entry.node !== node || entry.leavesUs <= world.leavesUs || !isSame(entry.said, bundle),
      );
    }
    const cast = this.add(world, bundle, author);
    if (cast !== undefined && world.leavesUs > world.nowUs) this.remember(world, node, bundle);
    return cast;
  }

  tallyOf(kind: number, height: number, round: number): Tally | undefined {
    return this.heights.get(height)?.rounds.get(round)?.[kind];
  }

  /** Rounds of a height in which something was said, with what, by kind; nothing of heights that are no longer kept. */
  roundsOf(height: number): ReadonlyMap<number, readonly (Tally | undefined)[]> | undefined {
    return this.heights.get(height)?.rounds;
  }

  /** Blocks that were decided at a height, and by which nodes. */
  decidedAt(height: number): readonly DecidedBlock[] {
    return this.heights.get(height)?.decided ?? [];
  }

  /** Takes in a decision, which is on disk by then. Answers the node's decision before it; −1: there is none. */
  decide(world: World, node: number, block: Block): number {
    if (this.lastDecided.length === 0) this.lastDecided = new Int32Array(world.identities.length).fill(-1);
    const before = this.lastDecided[node]!;
    this.lastDecided[node] = block.id;
    const { decided } = this.changeable(block.height);
    let entry = decided.find(({ block: other }) => other === block.id);
    if (entry === undefined) {
      entry = { block: block.id, nodes: emptySigners(world.identities.length) };
      decided.push(entry);
    }
    add(entry.nodes, node);
    if (++this.decisions % PRUNE_EVERY === 0) this.prune(world);
    return before;
  }

  /** A node crashed and lost what was not on disk: it never said what rested on it. */
  lose(world: World, node: number): void {
    const author = world.identities[node]!;
    const isLost = (entry: Unsynced): boolean => entry.node === node && entry.leavesUs > world.nowUs;
    for (const entry of this.unsynced) if (isLost(entry)) this.retract(world, author, entry.said);
    this.unsynced = this.unsynced.filter((entry) => !isLost(entry));
  }

  fork(): Transcript {
    const fork = new Transcript();
    fork.lastDecided = this.lastDecided.slice();
    fork.heights = new Map(this.heights);
    fork.unsynced = this.unsynced.slice();
    fork.pruned = this.pruned;
    fork.decisions = this.decisions;
    // From now on neither may change what both see.
    const nobody = new Transcript();
    for (const record of this.heights.values()) if (record.owner === this) record.owner = nobody;
    return fork;
  }

  private add(world: World, said: Said, author: number): Cast | undefined {
    const { kind, height, round, value, digest } = said;
    const { rounds } = this.changeable(height);
    const kinds = rounds.get(round) ?? [];
    if (kinds.length === 0) rounds.set(round, kinds);
    let tally = kinds[kind];
    if (tally === undefined) {
      tally = { choices: [] };
      kinds[kind] = tally;
    }
    const { choices } = tally;
    let place = 0;
    while (place < choices.length && (choices[place]!.value !== value || choices[place]!.digest !== digest)) {
      place++;
    }
    if (place === MOST_CHOICES) return undefined;
    let choice = choices[place];
    if (choice === undefined) {
      choice = { value, digest, power: 0, signers: emptySigners(world.powers.length) };
      choices.push(choice);
    } else if (has(choice.signers, author)) return undefined;
    add(choice.signers, author);
    choice.power += world.powers[author]!;
    const { cast } = this;
    cast.kind = kind;
    cast.height = height;
    cast.round = round;
    cast.author = author;
    cast.tally = tally;
    cast.choice = choice;
    cast.other =
      choices.length === 1 ? undefined : choices.find((one) => one !== choice && has(one.signers, author));
    return cast;
  }

  private retract(world: World, author: number, said: Said): void {
    const { kind, height, round, value, digest } = said;
    const choice = this.changeable(height)
      .rounds.get(round)
      ?.[kind]?.choices.find((one) => one.value === value && one.digest === digest);
    if (choice === undefined || !has(choice.signers, author)) return;
    take(choice.signers, author);
    choice.power -= world.powers[author]!;
  }

  private remember(world: World, node: number, said: Said): void {
    const { nowUs, leavesUs } = world;
    if (this.unsynced.length >= 4 * world.identities.length) {
      this.unsynced = this.unsynced.filter((entry) => entry.leavesUs > nowUs);
    }
    this.unsynced.push({ node, leavesUs, said });
  }

  private changeable(height: number): HeightRecord {
    let record = this.heights.get(height);
    if (record === undefined) {
      record = { owner: this, rounds: new Map(), decided: [] };
      this.heights.set(height, record);
    } else if (record.owner !== this) {
      record = copyOf(record, this);
      this.heights.set(height, record);
    }
    return record;
  }

  private prune(world: World): void {
    let lowest = Number.POSITIVE_INFINITY;
    for (let node = 0; node < this.lastDecided.length; node++) {
      if (!isHonest(world, node)) continue;
      const last = this.lastDecided[node]!;
      lowest = Math.min(lowest, last < 0 ? 0 : world.blocks[last]!.height);
    }
    const until = Number.isFinite(lowest) ? lowest - KEPT_HEIGHTS : 0;
    while (this.pruned < until) this.heights.delete(this.pruned++);
  }
}

type Said = Pick<ConsensusMessage, 'kind' | 'height' | 'round' | 'value' | 'digest'>;

function isSame(one: Said, other: Said): boolean {
  return (
    one.kind === other.kind &&
    one.height === other.height &&
    one.round === other.round &&
    one.value === other.value &&
    one.digest === other.digest
  );
}

function copyOf({ rounds, decided }: HeightRecord, owner: Transcript): HeightRecord {
  const copy = new Map<number, (Tally | undefined)[]>();
  for (const [round, kinds] of rounds) {
    copy.set(
      round,
      kinds.map((tally) =>
        tally === undefined
          ? undefined
          : {
              choices: tally.choices.map((choice) => ({ ...choice, signers: choice.signers.slice() })),
            },
      ),
    );
  }
  return {
    owner,
    rounds: copy,
    decided: decided.map(({ block, nodes }) => ({ block, nodes: nodes.slice() })),
  };
}
