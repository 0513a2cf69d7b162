import type { Action, Settings } from './settings.ts';

/**
 * A scenario, format version 1: the inputs of a run and how to look at it, never state. What it gives is
 * found by executing it. Written as JSON in a file, and compressed in a link.
 */
export interface Scenario {
  readonly format: 1;
  /** Rules it was recorded under: `EngineDescription.semanticsVersion`. */
  readonly semantics: number;
  /** Lower-case words joined by hyphens; scenarios of the gallery have one. */
  readonly id?: string;
  readonly title: string;
  readonly about?: string;
  /** What the chain starts with. Of an imported chain, only `traffic.work` and `execution` count. */
  readonly settings: Settings;
  /** A real block that the chain executes as its block 1, instead of traffic. */
  readonly imported?: ImportReference;
  /** Blocks after genesis. */
  readonly blocks: number;
  /** What was done, heights ascending. */
  readonly actions: readonly ScenarioActions[];
  /** Where the clock stands when it is opened: a block, and the share of its duration in thousandths. */
  readonly moment?: { readonly height: number; readonly permille: number };
  /** What is selected in the block of the moment. */
  readonly selection?: { readonly tx: number };
  /** Panels on the stage, in order; ones that the page does not know are left out. */
  readonly panels?: readonly string[];
  /**
   * What is said while a block plays. `{name}` stands for a figure of the recorded run:
   * transactions, executions, aborts, reverted, criticalPath, idealSpeedup, speedup, workers.
   */
  readonly captions?: readonly { readonly height: number; readonly text: string }[];
  /** What executing it must give. */
  readonly expected?: ExpectedDigests;
}

/** Actions that take effect at a height, and again at each of the `repeat` heights after it. */
export interface ScenarioActions {
  readonly height: number;
  readonly repeat?: number;
  readonly actions: readonly Action[];
}

export interface ExpectedDigests {
  /** Chain digest after the last block, 64 hexadecimal digits. */
  readonly digest: string;
  /** Up to 32 heights with the first eight digits of the chain digest there, heights ascending. */
  readonly checkpoints: readonly (readonly [height: number, prefix: string])[];
}

/** The file a scenario was made from, by its content: the link does not carry it. */
export interface ImportReference {
  readonly kind: ImportKind;
  /** SHA-256 of the file's bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  /** The file's name when it was imported, so that a person can find it again. */
  readonly name: string;
}

export type ImportKind = 'blockAccessList' | 'rpcBlock';

/** How to look at what is shared; goes into the scenario beside the inputs. */
export type ScenarioView = Pick<Scenario, 'title' | 'about' | 'moment' | 'selection' | 'panels' | 'captions'>;

/** A scenario as it is handed on. */
export interface SharedScenario {
  readonly scenario: Scenario;
  /** `#s=…`: to be put behind the page's address; null when it is too much for a link. A file takes it all the same. */
  readonly fragment: string | null;
}

export type Verdict = 'verified' | 'differs' | 'not_comparable';

/** What executing a scenario again said of what it expects. */
export interface Verification {
  readonly verdict: Verdict;
  /** Null when the scenario expects nothing. */
  readonly expectedDigest: string | null;
  readonly actualDigest: string;
  /**
   * Heights: at the first everything was still as expected, at the second no longer. Null unless the
   * verdict is `differs`. Genesis is 0.
   */
  readonly differsBetween: readonly [number, number] | null;
  /** Why it is not comparable: other rules, or nothing to compare with. */
  readonly reason?: 'older_rules' | 'newer_rules' | 'nothing_expected';
  readonly blocks: number;
  readonly transactions: number;
  readonly durationMs: number;
}

/** How far a long call has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A scenario that was executed to its end and is now the open chain. */
export interface OpenedScenario {
  readonly scenario: Scenario;
  readonly verification: Verification;
  /** Block id at the scenario's moment (its last block when it names none). */
  readonly blockId: string;
  /** What its file was found to be; absent unless it was made from one. */
  readonly report?: ImportReport;
}

/** What a real block is made of, and what the definitions say of it. */
export interface ImportReport {
  readonly reference: ImportReference;
  /** Block number when the file says it. */
  readonly block: string | null;
  /** Block access lists: whether index 0 is the first transaction or the system before it. */
  readonly indexConvention: 'transactionsFromZero' | 'systemFirst' | null;
  readonly transactions: number;
  /** Distinct keys written. */
  readonly keys: number;
  /** Greatest depth over chains of writers of each key, the fee recipient's balance among them. */
  readonly criticalPath: number;
  readonly criticalPathWithoutFeeRecipient: number;
  /** Share of transactions with no previous writer of their keys and that are none; 0 to 1, fee recipient left out. */
  readonly independentShare: number;
  /** The balance key written by the most transactions, as text; null when there is none. */
  readonly feeRecipient: string | null;
  /** Keys by how many transactions write them, most first, fee recipient left out; at most 16. */
  readonly hottestKeys: readonly { readonly key: string; readonly writers: number }[];
  /** Contracts and accounts by how many transactions touch them, most first; at most 64. */
  readonly contracts: readonly { readonly address: string; readonly transactions: number }[];
  /** What was left out or assumed, a plain sentence each. */
  readonly notes: readonly string[];
}

/** What the execution of an imported block said of the file. */
export interface ImportCheck {
  /** Every read found what the list says was there before, where it says so. */
  readonly readsMatch: boolean;
  /** Every key ends as the list says, keys that were split or filtered away left out. */
  readonly finalValuesMatch: boolean;
  /** Comparisons made. */
  readonly readsChecked: number;
  readonly finalValuesChecked: number;
  /** Keys left out of the second check because they were split or filtered away. */
  readonly leftOut: number;
}
