/** Settings of a run, in three rooms: what each change means for history differs. */

/** Fixed at genesis: a change starts a new run. */
export interface GenesisSettings {
  readonly seed: number;
  /** People with a balance of every asset. */
  readonly accounts: number;
  /** Listed assets; asset 0 is the one payments are made in. */
  readonly assets: number;
  /** Pools of the exchange at genesis; pool 0 is the hot one. */
  readonly pools: number;
  /** How bank splits its balances: one partition an asset, or one a module lane. */
  readonly bankPartition: 'asset' | 'lane';
  /** Ids of the modules that take part, those they need among them. Absent means bank and amm. */
  readonly modules?: readonly string[];
  /** One queue, one storage and one order for all, or each module's own. Absent means monolithic. */
  readonly mode?: 'monolithic' | 'modular';
  /**
   * What gas costs: what each transaction says (fixed), or a base fee after EIP-1559, one for the chain (global) or one a
   * module lane (local). Absent means fixed.
   */
  readonly fees?: 'fixed' | 'global' | 'local';
  /**
   * Gas that blocks aim at; each holds at most twice as much, and where each module has its own queue each lane has an
   * even part of it. What does not fit waits. Absent means five million where there is a base fee, else no target.
   */
  readonly gasTarget?: number;
  /** In which order waiting transactions get into a block. Absent means first come. */
  readonly builder?: 'firstCome' | 'byFee' | 'conflictAware';
  /** Gas that the transactions of a block may spend on any one key. Absent means no limit. */
  readonly keyGasCap?: number;
  /** Blocks after which a standby takes over a module that is halted or broken, by module id. Absent: it stays so. */
  readonly standby?: { readonly [module: string]: number };
}

/** What people send: an action from the next block on. */
export interface TrafficSettings {
  readonly transactionsPerBlock: number;
  /** Of a thousand transactions, how many are swaps; the rest are payments. */
  readonly swapPermille: number;
  /** Of a thousand transactions, how many go to the hot pool or the hot account. */
  readonly hotPermille: number;
  /**
   * Of a thousand of the others, how many choose their pool or recipient by the shares measured on Ethereum's
   * main network, where a few are busy and most are not; the rest choose evenly. Absent means 0.
   */
  readonly skewPermille?: number;
  /**
   * Of a thousand transactions, how many come from each of these workloads, by name; together at most a thousand.
   * The rest is swaps and payments. Absent means none.
   */
  readonly shares?: { readonly [workload: string]: number };
  /** Rounds of computation each transaction declares (one gas a round; about 1 ns). */
  readonly work: number;
}

/** How blocks are executed: a change re-executes the same block, with the same digest. */
export interface ExecutionSettings {
  /** `moduleLanes`: in order inside a module's lane, side by side between lanes. */
  readonly executor: 'blockStm' | 'moduleLanes' | 'sequential';
  readonly cores: { readonly kind: 'real' | 'virtual'; readonly count: number };
  /** Orders the virtual cores where their clocks tie, and picks among interleavings. */
  readonly scheduleSeed: number;
  /** Conflicts by single key, or by everything that names the same account. */
  readonly granularity: 'slot' | 'account';
  /** Whether each transaction writes the fee recipient's balance, or the block does once. */
  readonly feeRecipient: 'exempt' | 'tracked';
}

/** Limits of the settings, as the engine enforces them. */
export interface SettingLimits {
  readonly [knob: string]: { readonly min: number; readonly max: number };
}

export interface Settings {
  readonly genesis: GenesisSettings;
  readonly traffic: TrafficSettings;
  readonly execution: ExecutionSettings;
}

/** Something that a person (or a story) did, recorded at the height at which it takes effect. */
export type Action =
  | { readonly kind: 'setTraffic'; readonly traffic: Partial<TrafficSettings> }
  /** The liquidity of pool `pool` is spread over `ways` pools, and its traffic with it. */
  | { readonly kind: 'splitPool'; readonly pool: number; readonly ways: number }
  /**
   * A crafted transaction. It comes first in the block; where transactions wait for one, it joins those that wait, or takes
   * the place of its sender's waiting transaction of number `replaces`, for a bid at least a tenth higher.
   */
  | { readonly kind: 'submit'; readonly transaction: DraftJson; readonly replaces?: number }
  /** Replaces the transaction at `index` of the block's traffic (an edit of the past). */
  | { readonly kind: 'replace'; readonly index: number; readonly transaction: DraftJson }
  /**
   * Of an imported block: the writers of a key (as text, `module/table/part…`) are spread over `ways` shards in block
   * order; what the file says of that key is not checked any more. Of movements, credits go to the shards, debits
   * stay where the money is.
   */
  | { readonly kind: 'splitKey'; readonly key: string; readonly ways: number }
  /**
   * From the transaction at place `at` of the block (0 when absent) the module stands still. What needs it ends with
   * `kernel/module_halted`, or waits, until it is resumed.
   */
  | {
      readonly kind: 'haltModule';
      readonly module: string;
      readonly policy?: 'reject' | 'queue';
      readonly at?: number;
    }
  /** Whatever was wrong with the module is over from this block on. */
  | { readonly kind: 'resumeModule'; readonly module: string }
  /**
   * From place `at` on its code fails (`kernel/panic`), nothing can be written to its storage (`kernel/storage_full`), or its
   * declared work takes `factor` times as long (10 when absent), which costs time and no gas.
   */
  | {
      readonly kind: 'breakModule';
      readonly module: string;
      readonly fault: 'panic' | 'storageFull' | 'slow';
      readonly factor?: number;
      readonly at?: number;
    }
  /** Of an imported block: only transactions that touch the address (`0x` and 40 digits) stay. */
  | { readonly kind: 'keepContract'; readonly address: string };

/** A transaction as JSON: integers above 32 bits as decimal strings. */
export interface DraftJson {
  readonly sender: number;
  readonly module: string;
  readonly name: string;
  readonly args: { readonly [name: string]: unknown };
  readonly work?: number;
  readonly gasLimit?: number;
  readonly gasPrice?: number;
  readonly tip?: number;
}
