import type { Evidence, Intervention, Lie, ProtocolId, Violation } from './consensus.ts';

/** A setting of a protocol: a whole number. */
export interface ProtocolSetting {
  readonly name: string;
  readonly title: string;
  /** One sentence: what it is, and what to look at when it changes. */
  readonly about: string;
  readonly unit: 'µs' | 'blocks' | 'slots' | 'count' | 'permille' | 'gwei';
  readonly initial: number;
  readonly min: number;
  readonly max: number;
}

export interface ProtocolDescription {
  readonly id: ProtocolId;
  readonly title: string;
  readonly source: string;
  readonly finality: 'absolute' | 'probable';
  readonly messageKinds: readonly {
    readonly name: string;
    readonly role: 'proposal' | 'vote' | 'block' | 'sync';
  }[];
  readonly lies: readonly Lie[];
  readonly settings: readonly ProtocolSetting[];
}

/** An attack or fault of the library. */
export interface AttackDescription {
  readonly id: string;
  readonly title: string;
  /** One or two sentences: what is done, and what to look at. */
  readonly about: string;
  /** Where it means something. */
  readonly protocols: readonly ProtocolId[];
  /** Whether it needs an identity that lies. */
  readonly needsLiars: boolean;
}

/** A block as pictures need it. */
export interface BlockRecord {
  readonly id: number;
  readonly parent: number;
  readonly height: number;
  readonly round: number;
  readonly proposer: number;
  readonly transactions: number;
  readonly sizeBytes: number;
  /** Hex: what the proposer claims, and whether that is what executing it gives. */
  readonly digest: string;
  readonly honest: boolean;
}

/** A replica at a moment, in a few words. Block numbers; −1 for none. */
export interface ReplicaRecord {
  readonly height: number;
  readonly round: number;
  readonly phase: string;
  readonly locked: number;
  readonly head: number;
  readonly decided: number;
}

/** Something that happened at a node, or (node −1) to the network. */
export type Happening = {
  readonly atUs: number;
  /** Events processed when it happened, this one included: the clock of branches and interventions. */
  readonly events: number;
  /** Number of the event in which it happened: its cause. 0: it was done by hand. */
  readonly cause: number;
  readonly node: number;
} & (
  | { readonly kind: 'state'; readonly state: ReplicaRecord }
  | {
      readonly kind:
        | 'locked'
        | 'unlocked'
        | 'head'
        | 'reorganised'
        | 'justified'
        | 'finalised'
        | 'refused'
        | 'slashed'
        | 'round'
        | 'decided'
        | 'made'
        | 'executed';
      readonly height: number;
      readonly round: number;
      readonly value: number;
      readonly why?: string;
    }
  | {
      readonly kind: 'certificate';
      readonly height: number;
      readonly round: number;
      readonly value: number;
      /** Place in `messageKinds`, and the identities that signed. */
      readonly votes: number;
      readonly signers: readonly number[];
    }
  /** A timer ran out: whatever follows with this event as its cause follows from that. */
  | { readonly kind: 'timer'; readonly event: number; readonly plannedBy: number; readonly timer: string }
  | { readonly kind: 'intervention'; readonly intervention: Intervention }
);

/** Copies of messages, a place each, in the order in which they were sent. */
export interface MessageColumns {
  readonly count: number;
  /** Number of the event that it is while it is under way; 0 when it was lost at once. */
  readonly number: Float64Array;
  /** Number of the event in which it was sent. */
  readonly cause: Float64Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly author: Int32Array;
  readonly kind: Int32Array;
  readonly height: Int32Array;
  readonly round: Int32Array;
  readonly value: Int32Array;
  /** Whether the author claims a digest that executing the block does not give. */
  readonly wrongDigest: Uint8Array;
  readonly sizeBytes: Int32Array;
  readonly departsUs: Float64Array;
  /** As planned when it was sent; −1: lost on the way. */
  readonly arrivesUs: Float64Array;
}

/** The events that were processed, one after another; the first is the one after `fromEvents`. */
export interface EventColumns {
  readonly count: number;
  readonly number: Float64Array;
  /** Number of the event in which it was planned: a message sent, a timer started; 0: at the beginning, or by hand. */
  readonly cause: Float64Array;
  readonly atUs: Float64Array;
  /** Whom it concerned; −1: the network. */
  readonly node: Int32Array;
}

/** A message whose way was changed by hand: when it now arrives, or that it never does (−1). */
export interface MessageMove {
  readonly number: number;
  readonly arrivesUs: number;
}

/** What a branch did from one number of processed events to another; of one that was made by hand, what was done to it comes first. */
export interface ConsensusChunk {
  readonly branch: number;
  readonly fromEvents: number;
  readonly toEvents: number;
  readonly nowUs: number;
  /** Why it stopped. `quiet`: nothing waits any more. */
  readonly ending: 'heights' | 'time' | 'events' | 'quiet';
  readonly events: EventColumns;
  readonly messages: MessageColumns;
  readonly moves: readonly MessageMove[];
  readonly happenings: readonly Happening[];
  readonly blocks: readonly BlockRecord[];
  /** All that was found broken, and proven, since the run began. */
  readonly violations: readonly Violation[];
  readonly evidence: readonly Evidence[];
  /** Copies of messages and bytes since the start, and the trace's hash now. */
  readonly totalMessages: number;
  readonly totalBytes: number;
  readonly traceHash: string;
}

export interface ConsensusBranch {
  readonly branch: number;
  /** Branch from which it was made, and after how many events; −1 for the first. */
  readonly parent: number;
  readonly forkEvents: number;
  readonly protocol: ProtocolId;
  /** Identity of each node, and power of each identity. */
  readonly identities: readonly number[];
  readonly powers: readonly number[];
  /** What was done to this branch, also before it was one. */
  readonly interventions: readonly { readonly afterEvents: number; readonly intervention: Intervention }[];
}

/** Something that could be next. */
export interface WaitingStep {
  readonly event: number;
  /** `decided`: a decision on its way to the disk, which nobody can hurry. */
  readonly type: 'start' | 'message' | 'timer' | 'executed' | 'intervention' | 'decided';
  readonly node: number;
  readonly from: number;
  readonly atUs: number;
  /** Messages: place in `messageKinds`, height, round, value. */
  readonly kind?: number;
  readonly height?: number;
  readonly round?: number;
  readonly value?: number;
}

/** A replica at a moment, whole. */
export interface ReplicaInspection extends ReplicaRecord {
  readonly node: number;
  readonly identity: number;
  readonly up: boolean;
  readonly lies: readonly Lie[];
  readonly diskRecords: number;
  readonly details: Readonly<Record<string, number | string>>;
}
