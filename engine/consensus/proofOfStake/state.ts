import { prngWords } from '../../base/prng.ts';
import type { Lie } from '../../types/consensus.ts';
import { type Block, GENESIS, NIL, type Outputs, type ReplicaSetup } from '../contract.ts';
import { type Chains, type ChainState, chainsOf } from './chain.ts';
import type { EpochState } from './epochs.ts';
import {
  type AttestationData,
  type Checkpoint,
  checkpointOf,
  type ProofOfStakeMessage,
  type SignedData,
  type Slashing,
} from './messages.ts';
import type { ProofOfStakeSettings } from './settings.ts';
import { plantTree, type Tree } from './tree.ts';

/** What a timer is for: parts of a slot, an answer that is overdue, or a block that a liar held back. */
export type ProofOfStakeTimer =
  | { readonly due: 'slot' }
  | { readonly due: 'attestation' | 'aggregate' | 'repetition'; readonly slot: number }
  | { readonly due: 'answer' | 'release'; readonly block: number };

export type ProofOfStakeOutputs = Outputs<ProofOfStakeMessage, ProofOfStakeTimer>;

/** What is out of the ordinary course: blocks and votes that cannot be taken yet, or never. */
export interface Backlog {
  /** Numbers and heights of blocks that were refused. */
  readonly refused: Map<number, number>;
  /** Numbers of blocks that wait. */
  readonly waiting: Set<number>;
  /** Those that wait for their parent, by its number, and those whose slot has not come. */
  readonly held: Map<number, Block[]>;
  early: Block[];
  /** Blocks that were asked for. */
  readonly asked: Map<number, { readonly tries: number; readonly count: number; readonly height: number }>;
  /** Votes for blocks that are missing, by block. */
  readonly votes: Map<number, SignedData[]>;
}

/** What never changes. Frozen, so that copies of a state share it. */
interface Constants {
  readonly validators: number;
  readonly settings: ProofOfStakeSettings;
  readonly chains: Chains;
  readonly leader: (height: number, slot: number) => number | undefined;
}

/** A replica. Where there are many, what most steps look at stands first and close together. */
export interface ProofOfStakeState extends Tree {
  readonly identity: number;
  readonly constants: Constants;
  slot: number;
  phase: 'proposing' | 'attesting' | 'aggregating' | 'following';
  /** The highest in the tree. */
  justified: Checkpoint;
  finalised: Checkpoint;
  head: ChainState;
  /** The chain at the justified checkpoint: what votes count for the fork choice. */
  counted: EpochState;
  /** The block of this slot that came in time; {@link NIL}: none did. */
  boost: number;
  /** Numbers of the final blocks, by height. */
  readonly decided: number[];
  /** Numbers of blocks that are being executed. Never changed, but replaced. */
  executing: readonly number[];
  /** Absent where there is nothing of that: mostly. */
  backlog: Backlog | undefined;
  /** Votes of some epochs, by slot: one piece for each thing that its committee voted for. */
  readonly pool: Map<number, SignedData[]>;
  /** Votes that came last, with those of the same kind before: mostly the next ones are the same again. */
  lastHeard: SignedData;
  /** Of each block in the tree the latest votes for it, gwei; undefined until a fork needs to know. */
  votes: Map<number, number> | undefined;
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

/** What {@link ProofOfStakeState.executing} is where nothing is. */
export const NOTHING: readonly number[] = Object.freeze([]);

const NOTHING_HEARD: SignedData = Object.freeze({
  data: Object.freeze({
    slot: -1,
    head: NIL,
    height: 0,
    digest: 0,
    source: checkpointOf(0, NIL),
    target: checkpointOf(0, NIL),
  }),
  signers: Object.freeze([]),
});

/** A replica that knows nothing but genesis. `life` sets generators of a node's lives apart. */
export function createState(setup: ReplicaSetup<ProofOfStakeSettings>, life = 0): ProofOfStakeState {
  const { identity, node, powers, seed, leader } = setup;
  const validators = powers.length;
  const { genesis } = chainsOf(setup);
  const { epoch } = genesis.progress;
  const tree = plantTree(genesis);
  // Field by field: spread, it would lie in two places.
  return {
    identity,
    constants: constantsOf(chainsOf(setup), leader, validators),
    slot: 0,
    head: genesis,
    root: tree.root,
    newest: tree.newest,
    others: tree.others,
    highestSlot: tree.highestSlot,
    highestId: tree.highestId,
    executing: NOTHING,
    backlog: undefined,
    ownVote: undefined,
    lastHeard: NOTHING_HEARD,
    justified: epoch.justified,
    finalised: epoch.finalised,
    boost: NIL,
    votes: undefined,
    highestSource: 0,
    highestTarget: 0,
    pool: new Map(),
    phase: 'following',
    counted: epoch,
    decided: [GENESIS],
    offenders: new Set(),
    offences: [],
    votedSource: -1,
    votedTarget: -1,
    proposedSlot: 0,
    ownBlock: NIL,
    isOwnVoteOut: false,
    written: 0,
    lies: new Set(),
    words: prngWords(seed, `validator ${node} ${life}`),
    reorganisations: 0,
    nowUs: 0,
  };
}

const constants = new WeakMap<Chains, WeakMap<Constants['leader'], Constants>>();

/** One for all replicas of a simulation. */
function constantsOf(chains: Chains, leader: Constants['leader'], validators: number): Constants {
  const byLeader = constants.get(chains) ?? new WeakMap<Constants['leader'], Constants>();
  constants.set(chains, byLeader);
  const known = byLeader.get(leader);
  if (known !== undefined) return known;
  const made: Constants = Object.freeze({ validators, settings: chains.settings, chains, leader });
  byLeader.set(leader, made);
  return made;
}

/** To put something there. */
export function backlogOf(state: ProofOfStakeState): Backlog {
  state.backlog ??= {
    refused: new Map(),
    waiting: new Set(),
    held: new Map(),
    early: [],
    asked: new Map(),
    votes: new Map(),
  };
  return state.backlog;
}

export function refused(out: ProofOfStakeOutputs, block: Block, why: string): void {
  out.note({ kind: 'refused', height: block.height, round: block.round, value: block.id, why });
}

/** Writes to disk. */
export function record(state: ProofOfStakeState, what: object, out: ProofOfStakeOutputs): void {
  state.written++;
  out.persist(what);
}
