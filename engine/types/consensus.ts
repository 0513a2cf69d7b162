/** What the page, links, the command line and the simulator all say about consensus. Times are virtual, whole µs. */

export type ProtocolId = 'nakamoto' | 'proofOfStake' | 'tendermint';

/** How long a link takes, µs. */
export type Latency =
  | { readonly kind: 'constant'; readonly us: number }
  | { readonly kind: 'uniform'; readonly minUs: number; readonly maxUs: number }
  /** `minUs` and an exponentially distributed rest with mean `meanUs`. */
  | { readonly kind: 'exponential'; readonly minUs: number; readonly meanUs: number };

export interface NetworkSettings {
  /** Everybody to everybody, or each message handed on among peers until all have it. */
  readonly topology:
    | { readonly kind: 'direct' }
    /** `peers`: to how many each node opens a connection; connections are used both ways. */
    | { readonly kind: 'gossip'; readonly peers: number };
  readonly latency: Latency;
  /** What a node can send in a second over all its links together; 0: no limit. */
  readonly bytesPerSecond: number;
  /** Of a thousand messages on a link, how many are lost, and how many arrive twice. */
  readonly lossPermille: number;
  readonly duplicatePermille: number;
  /** Each node's clock runs faster or slower by up to so much. */
  readonly clockDriftPpm: number;
  /** Until what is written is on disk; what rests on it is sent only then. */
  readonly diskUs: number;
}

/** How a replica lies. Which of them a protocol knows, its `lies` say. */
export type Lie =
  /** Sends nothing. */
  | 'silence'
  /** Two proposals (blocks) where one is due, each to half of the others. */
  | 'twoProposals'
  /** Two votes where one is due, each to half of the others. */
  | 'twoVotes'
  /** Votes and proposes with a digest that its execution did not give. */
  | 'wrongDigest'
  /** Makes blocks and shows them to nobody. */
  | 'withheldBlock'
  /** Holds its messages back until just before a round ends. */
  | 'lateVotes'
  /** Forgets what it locked or voted. */
  | 'amnesia'
  /** Mines in secret and publishes to waste others' work (Eyal and Sirer 2013). */
  | 'selfishMining'
  /** Mines a secret branch in which a payment was never made. */
  | 'doubleSpend'
  /** Votes for every branch. */
  | 'nothingAtStake';

/** Something done to the simulated world, by a person, a scenario or a fuzzer. Nodes by number. */
export type Intervention =
  | {
      readonly kind: 'crash';
      readonly node: number /** What is not yet on disk is gone. */;
      readonly loseUnsynced: boolean;
    }
  | { readonly kind: 'restart'; readonly node: number }
  /** All its links take so many thousandths of the usual time; 1000 ends it. */
  | { readonly kind: 'slow'; readonly node: number; readonly permille: number }
  /** Nodes in different groups cannot hear each other; nodes in none hear nobody. Replaces the cut before. */
  | { readonly kind: 'cut'; readonly groups: readonly (readonly number[])[] }
  | { readonly kind: 'heal' }
  /** An empty list makes it honest again. */
  | { readonly kind: 'lie'; readonly node: number; readonly lies: readonly Lie[] }
  /** Its disk says that all is written and keeps nothing from now on. */
  | { readonly kind: 'lyingDisk'; readonly node: number }
  /** A message that is under way, by its number: later by so much, never, once more, or now. */
  | { readonly kind: 'delayMessage'; readonly event: number; readonly byUs: number }
  | { readonly kind: 'dropMessage'; readonly event: number }
  | { readonly kind: 'duplicateMessage'; readonly event: number }
  /** A message, timer or execution that waits is next. */
  | { readonly kind: 'nextStep'; readonly event: number };

/** An intervention and when: at a virtual time, or once so many events were processed. */
export type ScheduledIntervention = { readonly intervention: Intervention } & (
  | { readonly atUs: number }
  | { readonly afterEvents: number }
);

/** Leaders and partitions by round, after "Twins: BFT Systems Made Robust" (Bano et al. 2020, arXiv 2004.10617). */
export interface RoundScript {
  /** Height to which it applies; other heights go on as usual. */
  readonly height: number;
  /** For rounds 0, 1, …; what comes after them is as usual, with everybody connected. */
  readonly rounds: readonly {
    /** Identity that leads. */
    readonly leader: number;
    /** A proposal, block or vote of this round goes only to nodes of the sender's group; groups may not overlap. What brings it again later passes. */
    readonly groups: readonly (readonly number[])[];
    /** Kinds of messages of this round that are lost all the same on their way from some nodes to some. */
    readonly lost?: readonly {
      readonly messages: readonly string[];
      readonly from: readonly number[];
      readonly to: readonly number[];
    }[];
  }[];
}

export interface ConsensusSettings {
  readonly protocol: ProtocolId;
  readonly seed: number;
  /** Stake, voting power or share of the hash rate of each identity: positive whole numbers. Their count is that of the replicas. */
  readonly powers: readonly number[];
  /** Identities of which a second node runs: nodes beyond the identities, in this order. */
  readonly twins: readonly number[];
  readonly network: NetworkSettings;
  /** The protocol's own, by name; absent ones have its defaults. */
  readonly protocolSettings: { readonly [name: string]: number };
  readonly interventions: readonly ScheduledIntervention[];
  readonly script?: RoundScript;
  /** Gas of a block, and gas that a node executes in a second of virtual time. */
  readonly blockGas: number;
  readonly gasPerSecond: number;
}

/** What a checker found broken. */
export interface Violation {
  /** The checker: `agreement`, `validity`, `certificates`, `locks`, `quorums`, `accountability`, `liveness`. */
  readonly checker: string;
  readonly atUs: number;
  /** Number of the event after which it was seen. */
  readonly event: number;
  readonly nodes: readonly number[];
  readonly height: number;
  readonly round: number;
  /** One sentence for a person. */
  readonly message: string;
}

/** Proof that an identity did what no honest one does: two things that it signed, or one against what everybody can recompute. */
export interface Evidence {
  readonly kind: 'twoProposals' | 'twoVotes' | 'surroundVote' | 'wrongDigest' | 'amnesia' | 'twoBlocks';
  readonly identity: number;
  readonly height: number;
  readonly round: number;
  /** The messages' kind, by name, and the values that they name. */
  readonly message: string;
  readonly values: readonly number[];
  readonly atUs: number;
}
