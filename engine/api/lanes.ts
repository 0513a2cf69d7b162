import type { ProofTrail } from '../types/proofTrail.ts';
import type { StorageKind } from '../types/storageKind.ts';

export type { ProofLevel, ProofTrail } from '../types/proofTrail.ts';

/** How a lane is after a block, and since when. */
export interface LaneHealth {
  readonly status: 'running' | 'halted' | 'panic' | 'storageFull' | 'slow' | 'standby';
  /** Height of the block in which that began; null while nothing ever went wrong. */
  readonly since: number | null;
  /** Of a halted lane: what becomes of transactions that need it. */
  readonly policy?: 'reject' | 'queue';
  /** Of a slow lane: how many times as long its declared work takes. */
  readonly factor?: number;
  /** Height at which a standby takes over; absent when there is none. */
  readonly standbyAt?: number;
}

/** One module's lane after a block. */
export interface LaneReport {
  readonly lane: number;
  readonly module: string;
  readonly title: string;
  readonly storage: StorageKind;
  readonly health: LaneHealth;
  /** Modules whose capabilities it uses: what it needs to run. */
  readonly needs: readonly string[];
  /** Transactions of this block that touch the lane, those among them that touch another one too, and those that failed. */
  readonly transactions: number;
  readonly crossing: number;
  readonly failed: number;
  /** Gas of the block's transactions of this module (not of those that only cross the lane). */
  readonly gasUsed: number;
  /** Transactions of this module that wait for a later block. */
  readonly queued: number;
  /** Messages that were sent to it and not yet delivered. */
  readonly inbox: number;
  /** Price of a unit of gas below which nothing gets in; null where each transaction says its own. */
  readonly baseFee: number | null;
  /** Keys that the lane owns, and the bytes of keys and values. */
  readonly keys: number;
  readonly sizeBytes: number;
  /** What its storage took for this block, µs: to take the writes in and to make the root. Of a monolithic chain, of all lanes together. */
  readonly storageUs: number;
  /** Commitments, 64 hex digits: to the order of the lane's transactions in this block, and to its state after it. */
  readonly orderRoot: string;
  readonly stateRoot: string;
}

/** A message between modules that a transaction of the block sent, delivered, or brought to its end. */
export interface MessageEvent {
  readonly tx: number;
  readonly kind: 'sent' | 'delivered' | 'failed' | 'acknowledged' | 'timedOut';
  readonly from: string;
  readonly to: string;
  readonly sequence: number;
  readonly message: string;
}

/** A block as its lanes saw it. */
export interface BlockLanes {
  readonly blockId: string;
  readonly height: number;
  readonly mode: 'monolithic' | 'modular';
  readonly fees: 'fixed' | 'global' | 'local';
  /** Commits to all lanes' roots and to the block root before it; 64 hex digits. */
  readonly blockRoot: string;
  readonly lanes: readonly LaneReport[];
  /** Of each transaction, the places in {@link lanes} of those it may touch, ascending. */
  readonly lanesOfTransaction: readonly (readonly number[])[];
  readonly messages: readonly MessageEvent[];
}

/** A page of a module's table, decoded. */
export interface TablePage {
  readonly table: string;
  readonly parts: readonly string[];
  readonly fields: readonly string[];
  readonly total: number;
  /** The first entry's place among all, in key order. */
  readonly from: number;
  readonly rows: readonly {
    /** As text, `module/table/part…`. */
    readonly key: string;
    readonly parts: readonly (number | string)[];
    readonly value: unknown;
  }[];
}

/** What an audit of one module found, from its own state and history alone. */
export interface ModuleAudit {
  readonly blockId: string;
  readonly height: number;
  readonly module: string;
  readonly invariants: readonly {
    readonly name: string;
    readonly statement: string;
    readonly holds: boolean;
    readonly detail?: string;
  }[];
  /** How the lane that the module is in keeps its state; in a monolithic chain that is everybody's lane, 0. */
  readonly lane: number;
  readonly storage: StorageKind;
  readonly keys: number;
  readonly sizeBytes: number;
  /** What was changed in secret, as asked for; absent when nothing was. */
  readonly altered?: { readonly key: string; readonly before: unknown; readonly after: unknown };
  /** What the block committed to, and what was built anew from every entry. */
  readonly recordedRoot: string;
  readonly recomputedRoot: string;
  readonly rootMatches: boolean;
  /** How long building it anew took, µs by the engine's clock. */
  readonly recomputeUs: number;
  /** Blocks since genesis in which the lane had transactions, how many, and how many of them failed; in all, and in each such block. */
  readonly history: {
    readonly blocks: number;
    readonly transactions: number;
    readonly failed: number;
    readonly each: readonly {
      readonly height: number;
      readonly transactions: number;
      readonly failed: number;
    }[];
  };
}

/** A key's value, or its absence, with what proves it against a lane's state root. */
export interface KeyProof {
  readonly key: string;
  readonly present: boolean;
  readonly value: unknown;
  /** The lane that owns the key, and how its state is kept. */
  readonly lane: number;
  readonly storage: StorageKind;
  readonly stateRoot: string;
  /** The root of the block, to which the proof goes on. */
  readonly blockRoot: string;
  /** The proof as the command line writes it: JSON. */
  readonly proof: unknown;
  readonly verdict: 'valid' | 'invalid' | 'malformed';
  readonly sizeBytes: number;
  readonly proveUs: number;
  readonly verifyUs: number;
}

/** What checking a proof said, from its text and a root alone. */
export interface ProofCheck {
  readonly verdict: 'valid' | 'invalid' | 'malformed';
  /** How it climbs, wherever it leads; null where it climbs nowhere. */
  readonly trail: ProofTrail | null;
  readonly verifyUs: number;
}
