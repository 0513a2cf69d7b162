import { prngWords } from '../../base/prng.ts';
import type { Lie } from '../../types/consensus.ts';
import { type Block, GENESIS, NIL, type Outputs, type ReplicaSetup } from '../contract.ts';
import { type Chains, type ChainState, chainsOf } from './chain.ts';
import type { EpochState } from './epochs.ts';
import type { AttestationData, Checkpoint, ProofOfStakeMessage, SignedData, Slashing } from './messages.ts';
import type { ProofOfStakeSettings } from './settings.ts';
import { plantTree, type Tree } from './tree.ts';

/** What a timer is for: parts of a slot, an answer that is overdue, or a block that a liar held back. */
export type ProofOfStakeTimer =
  | { readonly due: 'slot' }
  | { readonly due: 'attestation' | 'aggregate' | 'repetition'; readonly slot: number }
  | { readonly due: 'answer' | 'release'; readonly block: number };

export type ProofOfStakeOutputs = Outputs<ProofOfStakeMessage, ProofOfStakeTimer>;

/** What a replica knows of a block that is neither in its tree nor executed. */
export const STATUS = {
  /** Its parent is missing, or not yet executed. */
  held: 1,
  /** Its slot has not come. */
  early: 2,
  refused: 3,
} as const;
export type Status = (typeof STATUS)[keyof typeof STATUS];

/** What never changes. Frozen, so that copies of a state share it. */
interface Constants {
  readonly identity: number;
  readonly validators: number;
  readonly settings: ProofOfStakeSettings;
  readonly chains: Chains;
  readonly leader: (height: number, slot: number) => number | undefined;
}

/** Votes for one thing, and which members of the slot's committee cast them, as far as a replica heard. */
export interface PoolEntry {
  readonly data: AttestationData;
  /** As in {@link SignedData}; another array when others join. */
  signers: readonly number[];
}

export interface ProofOfStakeState {
  readonly constants: Constants;
  slot: number;
  phase: 'proposing' | 'attesting' | 'aggregating' | 'following';
  tree: Tree;
  /** The highest in the tree. */
  justified: Checkpoint;
  finalised: Checkpoint;
  /** Place in the tree. */
  head: number;
  /** The chain at the justified checkpoint: what votes count for the fork choice. */
  counted: EpochState;
  /** The block of this slot that came in time; {@link NIL}: none did. */
  boost: number;
  /** Numbers of the final blocks, by height. */
  readonly decided: number[];
  readonly statuses: Map<number, Status>;
  /** Numbers of blocks that are being executed. */
  readonly executing: number[];
  /** Blocks that wait for their parent, by its number, and those whose slot has not come. */
  readonly held: Map<number, Block[]>;
  early: Block[];
  /** Blocks that were asked for. */
  readonly asked: Map<number, { readonly tries: number; readonly count: number; readonly height: number }>;
  /** Votes of some epochs, by slot; and those for blocks that are missing, by block. */
  readonly pool: Map<number, PoolEntry[]>;
  readonly waiting: Map<number, SignedData[]>;
  /** Of each place in the tree the latest votes for it, gwei, if `areVotesCounted`: only forks need to know. */
  votes: Float64Array;
  areVotesCounted: boolean;
  /** Highest epochs of sources and targets among all votes that were heard: others that are not lower surround nothing. */
  highestSource: number;
  highestTarget: number;
  /** Who is proven to have broken the rules; and the proofs that no final block has. */
  readonly offenders: Set<number>;
  offences: Slashing[];
  /** Of its own last vote, as they stand on disk; −1 before the first. What contradicts it is never said. */
  votedSource: number;
  votedTarget: number;
  proposedSlot: number;
  /** Its own block while it is executed. */
  ownBlock: number;
  /** What it attested in this slot, and whether an aggregate had it. */
  ownVote: AttestationData | undefined;
  isOwnVoteOut: boolean;
  /** Records on disk that the next finalisation makes needless. */
  written: number;
  lies: ReadonlySet<Lie>;
  readonly words: Uint32Array;
  reorganisations: number;
  nowUs: number;
}

/** Stands for the block that everybody starts from until a replica starts and looks it up. */
const UNSEEN_GENESIS: Block = Object.freeze({
  id: GENESIS,
  parent: GENESIS,
  height: 0,
  round: 0,
  proposer: -1,
  timeUs: 0,
  digest: 0,
  payload: 0,
  transactions: 0,
  sizeBytes: 0,
});

/** A replica that knows nothing but genesis. `life` sets generators of a node's lives apart. */
export function createState(setup: ReplicaSetup<ProofOfStakeSettings>, life = 0): ProofOfStakeState {
  const { identity, node, powers, settings, seed, leader } = setup;
  const validators = powers.length;
  const chains = chainsOf(setup);
  const constants: Constants = Object.freeze({ identity, validators, settings, chains, leader });
  const { epoch } = chains.genesis.progress;
  return {
    constants,
    slot: 0,
    phase: 'following',
    tree: plantTree(UNSEEN_GENESIS, chains.genesis),
    justified: epoch.justified,
    finalised: epoch.finalised,
    head: 0,
    counted: epoch,
    boost: NIL,
    decided: [GENESIS],
    statuses: new Map(),
    executing: [],
    held: new Map(),
    early: [],
    asked: new Map(),
    pool: new Map(),
    waiting: new Map(),
    votes: new Float64Array(0),
    areVotesCounted: false,
    highestSource: 0,
    highestTarget: 0,
    offenders: new Set(),
    offences: [],
    votedSource: -1,
    votedTarget: -1,
    proposedSlot: 0,
    ownBlock: NIL,
    ownVote: undefined,
    isOwnVoteOut: false,
    written: 0,
    lies: new Set(),
    words: prngWords(seed, `validator ${node} ${life}`),
    reorganisations: 0,
    nowUs: 0,
  };
}

export function headBlock({ tree, head }: ProofOfStakeState): Block {
  return tree.nodes[head]!.block;
}

export function headState({ tree, head }: ProofOfStakeState): ChainState {
  return tree.nodes[head]!.chain;
}

export function refused(out: ProofOfStakeOutputs, block: Block, why: string): void {
  out.note({ kind: 'refused', height: block.height, round: block.round, value: block.id, why });
}

/** Writes to disk. */
export function record(state: ProofOfStakeState, what: object, out: ProofOfStakeOutputs): void {
  state.written++;
  out.persist(what);
}
