import type { Evidence, Intervention, Violation } from '../types/consensus.ts';
import type { MessageMove } from '../types/consensusLog.ts';
import type { AnyProtocol, Block, ConsensusMessage, MessageKind, Note, ReplicaView } from './contract.ts';

/** What observers may look up; nothing of it may be changed. */
export interface World {
  readonly nowUs: number;
  /** Events processed so far. */
  readonly events: number;
  /** Number of the event in progress: the cause of all that happens now. */
  readonly current: number;
  /** Number of the event in which the one in progress was planned; 0: at the beginning, or by hand. */
  readonly currentCause: number;
  /** The node whose step it is; −1 when it is none's. */
  readonly currentNode: number;
  readonly messageKinds: readonly MessageKind[];
  /** What it says of its messages. */
  readonly protocol: Pick<AnyProtocol, 'finality' | 'offence' | 'votesIn'>;
  /** Identity of each node, and power of each identity. */
  readonly identities: readonly number[];
  readonly powers: readonly number[];
  readonly totalPower: number;
  /** Votes of more than so many thousandths of the power are a quorum. */
  readonly quorumPermille: number;
  readonly blocks: readonly Block[];
  /** When what the step in progress says now leaves its node: once all that it wrote before is on disk. */
  readonly leavesUs: number;
  /** What executing a block gives, from genesis on, whatever its proposer claims. */
  digestOf(block: Block): number;
  /** What a node's replica says of itself. */
  viewOf(node: number): ReplicaView;
  digestText(digest: number): string;
  /** Whether a node runs, and whether it has ever lied, had a lying disk, or shares its identity with another. */
  isUp(node: number): boolean;
  isFaulty(node: number): boolean;
}

/**
 * Somebody who looks on: a checker, the pool of evidence, a log for pictures. Called in the midst of events, in the order things happen; must not
 * change anything. Methods that are absent cost nothing.
 */
export interface Observer {
  /** A node hands a message to the network, once for all its receivers. */
  sent?(world: World, node: number, message: ConsensusMessage): void;
  /** A copy goes on a link. `arrivesUs` is −1 when it is lost. `event` is its number while it is under way. */
  copied?(
    world: World,
    event: number,
    from: number,
    to: number,
    message: ConsensusMessage,
    departsUs: number,
    arrivesUs: number,
  ): void;
  /** A copy arrives at a node that runs and is handed to it, unless it had it before. */
  delivered?(world: World, event: number, from: number, to: number, message: ConsensusMessage): void;
  /** An event begins that is no message. */
  timer?(world: World, event: number, node: number, timer: object, plannedBy: number): void;
  executed?(world: World, event: number, node: number, block: Block): void;
  noted?(world: World, node: number, note: Note): void;
  decided?(world: World, node: number, block: Block): void;
  made?(world: World, node: number, block: Block): void;
  /** `moved`: messages whose way it changed. */
  intervened?(world: World, intervention: Intervention, moved: readonly MessageMove[]): void;
  /** After every event, when all the above was said. */
  after?(world: World): void;
  /** A copy that goes on by itself from here: for branches and snapshots. */
  fork(): Observer;
}

/** An observer that says what is wrong. */
export interface Checker extends Observer {
  readonly name: string;
  readonly violations: readonly Violation[];
  /** When the run is over: what must have come by now. `isQuiet`: nothing waits any more, so nothing else will come. */
  finish?(world: World, isQuiet: boolean): void;
  fork(): Checker;
}

export interface EvidencePool extends Observer {
  readonly evidence: readonly Evidence[];
  fork(): EvidencePool;
}

/** What the checkers among these found broken. */
export function violationsOf(observers: readonly Observer[]): readonly Violation[] {
  return observers.flatMap((observer) => ('violations' in observer ? (observer as Checker).violations : []));
}

/** What the pools among these hold. */
export function evidenceOf(observers: readonly Observer[]): readonly Evidence[] {
  return observers.flatMap((observer) => ('evidence' in observer ? (observer as EvidencePool).evidence : []));
}
