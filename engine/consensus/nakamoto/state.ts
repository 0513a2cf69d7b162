import { prngWords } from '../../base/prng.ts';
import type { Lie } from '../../types/consensus.ts';
import { type Block, type ConsensusMessage, GENESIS, type Outputs, type ReplicaSetup } from '../contract.ts';
import { workOf } from './difficulty.ts';
import type { NakamotoSettings } from './settings.ts';

/** Places in `messageKinds`. */
export const KIND = { block: 0, getData: 1, blocks: 2 } as const;

export interface BlockMessage extends ConsensusMessage {
  readonly kind: 0;
  readonly block: Block;
}

/** Asks for a block that another one names as its parent. */
export interface GetData extends ConsensusMessage {
  readonly kind: 1;
  readonly wanted: number;
  /** How many of the blocks before it are asked for as well, itself included. */
  readonly count: number;
}

/** The answer: the block asked for and some before it, the oldest first. */
export interface Blocks extends ConsensusMessage {
  readonly kind: 2;
  readonly blocks: readonly Block[];
}

export type NakamotoMessage = BlockMessage | GetData | Blocks;

/** A block is found, if `mine` is still what the miner waits for; or an answer is overdue. */
export type NakamotoTimer = { readonly mine: number } | { readonly overdue: number };

export type NakamotoOutputs = Outputs<NakamotoMessage, NakamotoTimer>;

/** What a node knows of a block. */
export const STATUS = {
  unknown: 0,
  /** Its parent is missing, or not yet executed. */
  held: 1,
  executing: 2,
  valid: 3,
  refused: 4,
} as const;
type Status = (typeof STATUS)[keyof typeof STATUS];

/** The end of a branch. */
export interface Tip {
  readonly id: number;
  readonly height: number;
  readonly work: number;
}

export function tipOf(block: Block): Tip {
  return { id: block.id, height: block.height, work: workOf(block) };
}

const GENESIS_TIP: Tip = { id: GENESIS, height: 0, work: 0 };

/** A branch that a miner keeps to itself. */
export interface Attack {
  readonly lie: 'selfishMining' | 'doubleSpend';
  /** Where its own and the public branch part: there a double spender's payment begins. */
  base: Tip;
  /** What the attacker mines on. */
  tip: Tip;
  /** Its blocks that nobody was shown, ascending. */
  secret: number[];
  /** All is shown, and two equal branches stand against each other. */
  race: boolean;
}

export interface MinerState {
  readonly identity: number;
  readonly identities: number;
  readonly power: number;
  readonly totalPower: number;
  readonly settings: NakamotoSettings;
  readonly words: Uint32Array;
  /** A {@link Status} for each number of a block. */
  status: Uint8Array;
  /** Blocks that wait for their parent, by its number. */
  readonly held: Map<number, Block[]>;
  heldCount: number;
  /** Blocks that were asked for. */
  readonly asked: Map<number, { readonly tries: number; readonly count: number; readonly height: number }>;
  /** Of the public chain with the most work, the one seen first among equals. */
  head: Tip;
  decided: number;
  decidedHeight: number;
  /** Counts timers for mining: all but the last are void. */
  mining: number;
  /** The block on which it mines, and the difficulty of the one on it; −1 and 0 before the start. */
  miningOn: number;
  difficulty: number;
  meanWaitUs: number;
  lies: ReadonlySet<Lie>;
  attack: Attack | undefined;
  found: number;
  reorganisations: number;
  deepest: number;
  /** Attempts of a double spender, and those that went well. */
  attempts: number;
  successes: number;
}

/** `life` sets generators of a node's lives apart. */
export function createMiner(setup: ReplicaSetup<NakamotoSettings>, life = 0): MinerState {
  const { identity, node, powers, totalPower, settings, seed } = setup;
  return {
    identity,
    identities: powers.length,
    power: powers[identity]!,
    totalPower,
    settings,
    words: prngWords(seed, `miner ${node} ${life}`),
    status: new Uint8Array(64).fill(STATUS.valid, GENESIS, GENESIS + 1),
    held: new Map(),
    heldCount: 0,
    asked: new Map(),
    head: GENESIS_TIP,
    decided: GENESIS,
    decidedHeight: 0,
    mining: 0,
    miningOn: -1,
    difficulty: 0,
    meanWaitUs: 0,
    lies: new Set(),
    attack: undefined,
    found: 0,
    reorganisations: 0,
    deepest: 0,
    attempts: 0,
    successes: 0,
  };
}

export function statusOf(state: MinerState, id: number): Status {
  return (state.status[id] ?? STATUS.unknown) as Status;
}

export function setStatus(state: MinerState, id: number, status: Status): void {
  if (id >= state.status.length) {
    let capacity = 2 * state.status.length;
    while (capacity <= id) capacity *= 2;
    const grown = new Uint8Array(capacity);
    grown.set(state.status);
    state.status = grown;
  }
  state.status[id] = status;
}

export function refused(out: NakamotoOutputs, block: Block, why: string): void {
  out.note({ kind: 'refused', height: block.height, round: 0, value: block.id, why });
}

export function blockMessage(state: MinerState, block: Block): BlockMessage {
  return Object.freeze({
    kind: KIND.block,
    author: state.identity,
    height: block.height,
    round: 0,
    value: block.id,
    digest: block.digest,
    sizeBytes: block.sizeBytes,
    block,
  });
}
