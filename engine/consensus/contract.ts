/**
 * What a consensus protocol is to the simulator. A protocol is a step function over a state that it owns: one input in, outputs out,
 * nothing else; so the same code runs fast, under checkers, in a fuzzer, and under a person's hands, who steps, rewinds and branches.
 *
 * **States** are plain data (records, arrays, maps, sets, typed arrays, numbers, texts), which `copyData` copies whole. **Messages, records,
 * timers and blocks** are frozen when they are made (`Object.freeze`) and are shared, never copied. Nothing is read but the state, the
 * setup and the input: no clock, no chance but the state's own generator.
 */
import type { Result } from '../base/result.ts';
import type { Evidence, Lie, ProtocolId } from '../types/consensus.ts';
import type { ProtocolSetting } from '../types/consensusLog.ts';

/** No value: a vote for nothing. */
export const NIL = -1;
/** The block that everybody starts from. */
export const GENESIS = 0;

/** A block, as it stands in the simulation's ledger; its number is its place there. What a proposal or a vote names is such a number. */
export interface Block {
  readonly id: number;
  readonly parent: number;
  readonly height: number;
  /** Round, view or slot in which it was made. */
  readonly round: number;
  readonly proposer: number;
  /** What the proposer's clock said, µs. */
  readonly timeUs: number;
  /** What the proposer says that executing it gives: a number that the application gave out. */
  readonly digest: number;
  /** What the application makes of it: which transactions. */
  readonly payload: number;
  readonly transactions: number;
  readonly sizeBytes: number;
  /** The protocol's own: difficulty, justified checkpoint, … Frozen. */
  readonly extra?: object;
}

/** What every message says, in words that checkers, evidence and pictures understand of every protocol. */
export interface ConsensusMessage {
  /** Place in `messageKinds`. */
  readonly kind: number;
  /** The identity that signed it. Signatures are modelled: no node can make a message of an identity that it does not hold. */
  readonly author: number;
  readonly height: number;
  /** Round, view or slot; 0 where there is none. */
  readonly round: number;
  /** Number of the block it names, or {@link NIL}. */
  readonly value: number;
  /** The digest that the author claims for that block; 0 for {@link NIL}. */
  readonly digest: number;
  /** On the wire, signature included. */
  readonly sizeBytes: number;
}

export interface MessageKind {
  readonly name: string;
  /**
   * `vote`s of one kind, author, height and round may name one value only, and so may `proposal`s; `block`s are proposals of which nobody must make
   * only one (mining); `sync` brings what others said before.
   */
  readonly role: 'proposal' | 'vote' | 'block' | 'sync';
}

/** Votes of one kind, height, round and value together, as a bit for each identity that signed, lowest first. */
export interface VoteBundle {
  readonly kind: number;
  readonly height: number;
  readonly round: number;
  readonly value: number;
  readonly digest: number;
  readonly signers: ArrayLike<number>;
}

/** What a replica is told when it is made: the same for all but `identity` and `node`. */
export interface ReplicaSetup<Settings> {
  readonly identity: number;
  readonly node: number;
  /** Of each identity. */
  readonly powers: readonly number[];
  readonly totalPower: number;
  readonly settings: Settings;
  /** For the state's own generator (`prngWords(seed, …)`). */
  readonly seed: number;
  /** A scripted leader of a height and round, or undefined where the protocol chooses. */
  leader(height: number, round: number): number | undefined;
}

/** What a step answers to. One object is used again and again: keep what it holds, never itself. */
export interface Input<Message, Timer> {
  kind: 'start' | 'message' | 'timer' | 'executed';
  /** Of a message: the node's neighbour that brought it, as an identity; who signed it says `message.author`. */
  from: number;
  message: Message | undefined;
  timer: Timer | undefined;
  /** Of `executed`: the block, and the digest that executing it on its parent gives. */
  block: Block | undefined;
  digest: number;
  /** The node's clock, µs: it may drift. */
  nowUs: number;
}

/** What a replica says of itself as it goes: for checkers and pictures; nothing rests on it. */
export type NoteKind =
  | 'round'
  | 'locked'
  | 'unlocked'
  /** Votes that suffice were seen. `signers` has them. */
  | 'certificate'
  | 'head'
  | 'reorganised'
  | 'justified'
  | 'finalised'
  | 'refused'
  | 'slashed';

export interface Note {
  readonly kind: NoteKind;
  readonly height: number;
  readonly round: number;
  readonly value: number;
  /** Certificates: kind of the votes (place in `messageKinds`) and a bit for each identity that signed, lowest first. */
  readonly votes?: number;
  readonly signers?: Uint32Array;
  /** `refused`: why, a word. `reorganised`: how much was undone, in a few. */
  readonly why?: string;
}

/** Where a step's effects go. Order counts. */
export interface Outputs<Message, Timer> {
  /** To all nodes of an identity. */
  send(to: number, message: Message): void;
  /** To all other nodes; who sends hears nothing of it. */
  broadcast(message: Message): void;
  /** An input after `delayUs` on the node's own clock. It cannot be taken back: a timer that is no longer wanted is ignored. */
  startTimer(delayUs: number, timer: Timer): void;
  /**
   * Writes to disk; what is sent or decided after it, in this step and later ones, takes effect when it is there. After a restart `restore` gets what the disk kept.
   * `instead`: so many records before it are no longer needed once it is there; `restore` may get them all the same.
   */
  persist(record: object, instead?: number): void;
  /**
   * A new block on `parent`, filled by the application; its digest is what execution gives. Takes no virtual time by itself: a proposer
   * that has to execute before it proposes calls `execute` and proposes when `executed` comes.
   */
  makeBlock(parent: Block, round: number, nowUs: number, extra?: object): Block;
  /** The block of a number. Ask only for those whose number the replica was told. */
  block(id: number): Block;
  /** Executes a block: the input `executed` follows after the virtual time that its gas takes. */
  execute(block: Block): void;
  /** Final for this node: the next block of its chain. Heights follow each other. */
  decide(block: Block): void;
  note(note: Note): void;
  /** True while nobody listens to notes: they need not be made. */
  readonly ignoresNotes?: boolean;
}

/** A replica in a few words, for pictures and for the inspector. */
export interface ReplicaView {
  readonly height: number;
  readonly round: number;
  /** A word from the paper: `propose`, `prevote`, `precommit`, `mining`, `attesting`, … */
  readonly phase: string;
  /** Block numbers; {@link NIL} for none. */
  readonly locked: number;
  readonly head: number;
  readonly decided: number;
  /** What else is worth showing, by name: numbers, texts. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** What a liar makes other messages with. */
export interface Forge extends Pick<Outputs<never, never>, 'makeBlock' | 'block'> {
  /** The same block with a digest that its execution does not give. */
  claimOtherwise(block: Block): Block;
  /** The other of two blocks that a liar proposed in one round, or undefined: liars know of each other's. */
  other(block: Block): Block | undefined;
  /** The liar's clock. */
  readonly nowUs: number;
}

/**
 * A protocol: one folder, one line of the registry. `State` is plain data.
 */
export interface Protocol<State, Message extends ConsensusMessage, Timer extends object, Settings> {
  readonly id: ProtocolId;
  readonly title: string;
  /** The paper and, where it has one, the specification that its names come from. */
  readonly source: string;
  readonly messageKinds: readonly MessageKind[];
  /** What it asks of honest replicas' power, in thousandths of the whole: quorums hold more than this. 667 stands for two thirds, and 666 for two thirds or more. */
  readonly quorumPermille: number;
  /** When `decide` is final whatever the network does, and when only probably. */
  readonly finality: 'absolute' | 'probable';
  readonly lies: readonly Lie[];
  /** What `readSettings` knows, in the order in which it is shown. */
  readonly settings: readonly ProtocolSetting[];
  /** Checks settings by name and fills up defaults. Fails with `consensus/bad_setting`. */
  readSettings(given: Readonly<Record<string, number>>): Result<Settings>;
  create(setup: ReplicaSetup<Settings>): State;
  /** The one step function. Never throws, whatever the message says. */
  step(state: State, input: Input<Message, Timer>, out: Outputs<Message, Timer>): void;
  /** What is left of a replica after a crash: made from what its disk kept, in the order it was written. `start` is its next input. */
  restore(
    setup: ReplicaSetup<Settings>,
    records: readonly object[],
    out: Pick<Outputs<Message, Timer>, 'block'>,
  ): State;
  view(state: State): ReplicaView;
  /** How long votes can be held back from now so that they come just before the round ends, µs; for `lateVotes`. Absent: it has no such end. */
  lateUs?(state: State): number;
  /**
   * From now on this replica lies so (an empty set: no longer), as far as that takes more than to change what it sends: what is left to
   * the network is `silence`, `lateVotes`, and, by `contradict`, two proposals, two votes and wrong digests.
   */
  setLies(state: State, lies: ReadonlySet<Lie>): void;
  /** Another message that its author may not send beside this one; undefined where there is none to be made. */
  contradict(message: Message, lie: Lie, forge: Forge): Message | undefined;
  /** What two messages of one author prove, if anything, beyond two votes or two proposals of one kind, height and round. */
  offence?(earlier: Message, later: Message): Evidence['kind'] | undefined;
  /** Votes that a message brings along beside its own word: a liar may say in there what it never sent alone. Absent: none do. */
  votesIn?(message: Message): readonly VoteBundle[];
}

/** A protocol whose parts nobody outside of it looks into. */
export type AnyProtocol = Protocol<object, ConsensusMessage, object, object>;

/** What orders of blocks are about: what executing them gives. */
export interface Application {
  /** Digest of the state that everybody starts from. */
  readonly genesisDigest: number;
  /** What a proposer puts on a parent. The same arguments give the same answer. */
  fill(
    parent: Block,
    proposer: number,
    round: number,
  ): { payload: number; transactions: number; sizeBytes: number };
  /** Executes content on a parent whose execution is known. Memoised by whoever asks. `digest` is from 1 up; `gas` at least 0. */
  execute(parent: Block, payload: number): { digest: number; gas: number };
  /** The digest a number stands for, hex. */
  digestText(digest: number): string;
}
