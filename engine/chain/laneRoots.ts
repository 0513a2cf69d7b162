import { assert } from '../base/assert.ts';
import { ByteWriter, compareBytes, toHex } from '../base/bytes.ts';
import { createSha256, sha256 } from '../base/hash.ts';
import type { BlockOutcome } from '../execution/outcome.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import {
  type BlockCommitment,
  type CommittedState,
  keyIdentity,
  type ModuleStorage,
  type StorageChange,
  type StorageProof,
  type StorageWrites,
} from '../storage/contract.ts';
import { RECEIPT_STATUS } from '../types/receipt.ts';
import type { StorageKind } from '../types/storageKind.ts';
import type { BlockTree, ChainBlock } from './blockTree.ts';
import { inCanonicalOrder } from './canonicalOrder.ts';
import type { Chain } from './chain.ts';
import {
  canonicalKey,
  canonicalValue,
  type LaneBackend,
  laneBackends,
  LaneStorages,
} from './laneStorages.ts';
import { orderOf, statusOf } from './packedOrder.ts';

/** What one lane commits to after a block. */
export interface LaneRoot extends LaneBackend {
  /** Keys that the lane owns, and the bytes that its storage takes. */
  readonly keys: number;
  readonly sizeBytes: number;
  /** Of the lane's transactions in this block, with how each ended, in their order: the tree of RFC 6962. */
  readonly orderRoot: Uint8Array;
  readonly stateRoot: Uint8Array;
  /** Microseconds that the storage took: to take the block's writes in, and to make its root. 0 without a clock. */
  readonly storageUs: number;
}

/** What a block commits to on top of its chain digest. */
export interface BlockRoots {
  /** The block root before it; zeros before genesis. */
  readonly before: Uint8Array;
  /** In ascending order. */
  readonly lanes: readonly LaneRoot[];
  /** SHA-256(before ‖ number of lanes ‖ each lane's number, order root and state root); numbers in four bytes. */
  readonly root: Uint8Array;
}

/** What a lane went through since genesis. */
export interface LaneHistory {
  /** Blocks in which it had transactions. */
  readonly blocks: number;
  readonly transactions: number;
  readonly failed: number;
  /** Those blocks, ascending; the sums above are over them. */
  readonly each: readonly {
    readonly height: number;
    readonly transactions: number;
    readonly failed: number;
  }[];
}

/** How far building a root anew has come: entries, or writes of a history, that are in, of how many. */
export interface RebuildProgress {
  readonly done: number;
  readonly total: number;
}

/** A rebuild shows its progress in so many steps at most, and in none of fewer entries than that. */
const REBUILD_STEPS = 40;
const LEAST_STEP = 32;

const ROOT_BEFORE_GENESIS = new Uint8Array(32);

/**
 * Roots of blocks and of their lanes, made when somebody asks. They come on top of the chain digest and never into it. A block's root needs
 * those of all blocks before it: the first question takes time in proportion to everything that was ever written, and for lanes
 * whose storage makes its root anew (`flatMap`) to the blocks times their keys; later ones only what is new.
 */
export class LaneRoots {
  readonly storages: LaneStorages;
  private readonly modules: ModuleSet;
  private readonly tree: BlockTree;
  private readonly createStorage: (kind: StorageKind) => ModuleStorage;
  private readonly clock: () => number;
  private readonly known = new WeakMap<ChainBlock, BlockRoots>();

  constructor(
    modules: ModuleSet,
    { tree, world }: Pick<Chain<BlockOutcome>, 'tree' | 'world'>,
    createStorage: (kind: StorageKind) => ModuleStorage,
    clock: () => number = () => 0,
  ) {
    this.clock = clock;
    const backends = laneBackends(world.rules.mode, world.modules);
    this.modules = modules;
    this.tree = tree;
    this.createStorage = createStorage;
    this.storages = new LaneStorages(modules, tree, backends, createStorage, clock);
  }

  after(block: ChainBlock): BlockRoots {
    for (const _ of this.steps(block));
    const roots = this.known.get(block);
    assert(roots !== undefined, 'the block’s roots were made', { block: block.id });
    return roots;
  }

  /** Makes what {@link after} needs, one block a step, so that the caller may breathe; the tree must stay as it is meanwhile. */
  *steps(block: ChainBlock): Generator<void> {
    const open: ChainBlock[] = [];
    let at: ChainBlock | undefined = block;
    while (at !== undefined && !this.known.has(at)) {
      open.push(at);
      at = this.tree.find(at.parentId);
    }
    let before = at === undefined ? ROOT_BEFORE_GENESIS : this.known.get(at)!.root;
    for (const next of open.reverse()) {
      const roots = this.make(next, before);
      this.known.set(next, roots);
      before = roots.root;
      yield;
    }
  }

  /** A lane's roots after a block; undefined when it takes no part in the chain. */
  lane(block: ChainBlock, lane: number): LaneRoot | undefined {
    return this.after(block).lanes.find((one) => one.lane === lane);
  }

  /**
   * What proves a key's value, or its absence, against the state root of its lane and on to the root of the block; `proof` is undefined
   * where the lane's storage cannot prove that.
   */
  prove(
    block: ChainBlock,
    key: Uint32Array,
  ): { readonly lane: LaneRoot; readonly proof: StorageProof | undefined } {
    const roots = this.after(block);
    const number = this.storages.laneOf(key);
    const lane = roots.lanes.find((one) => one.lane === number);
    assert(lane !== undefined, 'each key is in a lane', { lane: number });
    const bytes = canonicalKey(this.modules.tableById(key[0]!), key);
    return { lane, proof: this.storages.at(block, number).prove(bytes, commitmentOf(roots)) };
  }

  /**
   * Builds a lane’s state root anew, from nothing but the entries of a state, or for a storage that commits to its history from
   * what each block wrote. Takes as long as building it takes, and tells after each step how far it has come. With `altered`, a key’s words, a
   * history too takes what that key was given last from the state.
   */
  *rebuild(
    block: ChainBlock,
    lane: number,
    state: CommittedState,
    altered?: Uint32Array,
  ): Generator<RebuildProgress, Uint8Array> {
    const backend = this.storages.backends.find((one) => one.lane === lane);
    assert(backend !== undefined, 'the lane takes part in the chain', { lane });
    const storage = this.createStorage(backend.kind);
    const parts =
      storage.commitsTo === 'content'
        ? inSteps(block.height, this.contentOf(lane, state))
        : this.pastWrites(block, lane, state, altered);
    const total = parts.reduce((sum, { changes }) => sum + changes.length, 0);
    let done = 0;
    yield { done, total };
    for (const part of parts) {
      storage.apply(part);
      done += part.changes.length;
      yield { done, total };
    }
    return storage.root();
  }

  /** What a lane went through up to a block. */
  history(block: ChainBlock, lane: number): LaneHistory {
    const each = this.tree.pathBetween(this.tree.genesis, block).flatMap(({ height, order }) => {
      const leaves = orderOf(order, lane);
      const failed = leaves.filter((leaf) => statusOf(leaf) !== RECEIPT_STATUS.success).length;
      return leaves.length === 0 ? [] : [{ height, transactions: leaves.length, failed }];
    });
    return {
      blocks: each.length,
      transactions: each.reduce((sum, { transactions }) => sum + transactions, 0),
      failed: each.reduce((sum, { failed }) => sum + failed, 0),
      each,
    };
  }

  /** What each block up to this one wrote into a lane. */
  private pastWrites(
    block: ChainBlock,
    lane: number,
    state: CommittedState,
    altered: Uint32Array | undefined,
  ): StorageWrites[] {
    const path = [this.tree.genesis, ...this.tree.pathBetween(this.tree.genesis, block)];
    const writes = path.flatMap((past) => this.storages.writesOf(past).get(lane) ?? []);
    if (altered === undefined) return writes;
    const entry = state.get(keyIdentity(altered, 0, altered.length));
    const table = this.modules.tableById(altered[0]!);
    const key = canonicalKey(table, altered);
    const isIt = (change: StorageChange): boolean => compareBytes(change.key, key) === 0;
    const last = writes.findLastIndex(({ changes }) => changes.some(isIt));
    return writes.map(({ height, changes }, i) =>
      i !== last || entry === undefined
        ? { height, changes }
        : {
            height,
            changes: changes.map((change) =>
              isIt(change) ? { ...change, after: canonicalValue(table, entry.value) } : change,
            ),
          },
    );
  }

  private make(block: ChainBlock, before: Uint8Array): BlockRoots {
    const lanes = this.storages.backends.map((backend): LaneRoot => {
      const storage = this.storages.at(block, backend.lane);
      const started = this.clock();
      const stateRoot = storage.root();
      const storageUs = this.storages.spentUs(backend.lane) + this.clock() - started;
      return {
        ...backend,
        kind: storage.kind,
        keys: storage.size,
        sizeBytes: storage.sizeBytes,
        orderRoot: orderRoot(orderOf(block.order, backend.lane)),
        stateRoot,
        storageUs,
      };
    });
    return { before, lanes, root: blockRoot(before, lanes) };
  }

  private contentOf(lane: number, state: CommittedState): StorageChange[] {
    const changes: StorageChange[] = [];
    for (const { table, entries } of inCanonicalOrder(state.entries(), this.modules.tableById)) {
      for (const { key, value } of entries) {
        if (this.storages.laneOf(key) !== lane) continue;
        changes.push({ key: canonicalKey(table, key), before: null, after: canonicalValue(table, value) });
      }
    }
    return changes;
  }
}

/** Changes to a content, in steps. */
function inSteps(height: number, changes: readonly StorageChange[]): StorageWrites[] {
  const size = Math.max(LEAST_STEP, Math.ceil(changes.length / REBUILD_STEPS));
  return Array.from({ length: Math.ceil(changes.length / size) }, (_, i) => {
    return { height, changes: changes.slice(i * size, (i + 1) * size) };
  });
}

type Roots = Pick<LaneRoot, 'lane' | 'orderRoot' | 'stateRoot'>;

/** The root of a block, from the one before it and its lanes. */
export function blockRoot(before: Uint8Array, lanes: readonly Roots[]): Uint8Array {
  const out = new ByteWriter(36 + 68 * lanes.length);
  out.raw(before);
  out.u32(lanes.length);
  for (const lane of lanes) out.raw(laneBytes(lane));
  return sha256(out.view());
}

function commitmentOf({ before, lanes, root }: BlockRoots): BlockCommitment {
  return { before: toHex(before), lanes: lanes.map((lane) => toHex(laneBytes(lane))), root: toHex(root) };
}

function laneBytes({ lane, orderRoot, stateRoot }: Roots): Uint8Array {
  const out = new ByteWriter(68);
  out.u32(lane);
  out.raw(orderRoot);
  out.raw(stateRoot);
  return out.copy();
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * The Merkle tree hash of RFC 6962, 2.1, over leaves in their order. Joining neighbours level by level, an odd last one going up as it is,
 * gives the same tree as splitting at the largest power of two.
 */
export function orderRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256(new Uint8Array());
  let level = leaves.map((leaf) => createSha256().update(LEAF).update(leaf).digest());
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1];
      above.push(
        right === undefined
          ? level[i]!
          : createSha256().update(NODE).update(level[i]!).update(right).digest(),
      );
    }
    level = above;
  }
  return level[0]!;
}
