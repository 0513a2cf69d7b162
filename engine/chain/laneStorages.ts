import { assert } from '../base/assert.ts';
import { ByteWriter } from '../base/bytes.ts';
import { laneOfKey, type ModuleDefinition, type ModuleSet, type Table } from '../moduleSdk/index.ts';
import type { ModuleStorage, StateChange, StorageChange, StorageWrites } from '../storage/contract.ts';
import type { StorageKind } from '../types/storageKind.ts';
import type { BlockTree, ChainBlock } from './blockTree.ts';
import { inCanonicalOrder, writeCanonicalKey } from './canonicalOrder.ts';
import type { ChainRules } from './contract.ts';
import { COMMON_LANE } from './packedOrder.ts';
import { unpackChanges } from './packedChanges.ts';

/** What the lanes of a chain are, and how each one's state is kept. */
export interface LaneBackend {
  readonly lane: number;
  /** Undefined for the common lane. */
  readonly module?: ModuleDefinition;
  readonly kind: StorageKind;
}

/** Keeps the common lane: every key, or the kernel's accounts, which nearly every transaction changes. Its root follows at little cost. */
const COMMON_KIND: StorageKind = 'merkleTree';

/**
 * The lanes in ascending order. A monolithic chain has one for everything; a modular one the common lane, for what belongs to no
 * module, and one a module.
 */
export function laneBackends(
  mode: ChainRules['mode'],
  active: readonly ModuleDefinition[],
): readonly LaneBackend[] {
  const common: LaneBackend = { lane: COMMON_LANE, kind: COMMON_KIND };
  if (mode === 'monolithic') return [common];
  const own = active.map((module): LaneBackend => {
    return { lane: module.lane, module, kind: module.storage ?? 'flatMap' };
  });
  return [common, ...own.sort((a, b) => a.lane - b.lane)];
}

/**
 * Each lane's state in its own storage, after any block of the tree: walked there from the last block, back and forth by the
 * blocks' changes. Takes time in proportion to what they changed, however far it is; a storage stands still until the next call.
 */
export class LaneStorages {
  readonly backends: readonly LaneBackend[];
  private readonly modules: ModuleSet;
  private readonly tree: BlockTree;
  private readonly clock: () => number;
  /** Microseconds that each lane's storage took for the block applied last. */
  private readonly spent = new Map<number, number>();
  private readonly storages: ReadonlyMap<number, ModuleStorage>;
  /** The blocks that are applied, by height. Of themselves, since a branch may be dropped from the tree meanwhile. */
  private readonly applied: ChainBlock[] = [];

  constructor(
    modules: ModuleSet,
    tree: BlockTree,
    backends: readonly LaneBackend[],
    createStorage: (kind: StorageKind) => ModuleStorage,
    clock: () => number = () => 0,
  ) {
    this.modules = modules;
    this.clock = clock;
    this.tree = tree;
    this.backends = backends;
    this.storages = new Map(backends.map(({ lane, kind }) => [lane, createStorage(kind)]));
  }

  /** A lane's state after a block; valid until another block is asked for. */
  at(block: ChainBlock, lane: number): ModuleStorage {
    this.moveTo(block);
    return this.storage(lane);
  }

  /** The lane in whose storage a key is. What a module that takes no part would own is in the common one. */
  laneOf(key: ArrayLike<number>): number {
    const lane = laneOfKey(this.modules, key);
    return this.storages.has(lane) ? lane : COMMON_LANE;
  }

  /** A block's changes, taken apart by lane; only lanes that it changes. */
  writesOf({ height, changes }: Pick<ChainBlock, 'height' | 'changes'>): Map<number, StorageWrites> {
    const byLane = new Map<number, StorageChange[]>();
    const ordered = inCanonicalOrder(unpackChanges(changes), this.modules.tableById);
    for (const { table, entries } of ordered) {
      for (const change of entries) {
        const lane = this.laneOf(change.key);
        const own = byLane.get(lane);
        const canonical = canonicalChange(table, change);
        if (own === undefined) byLane.set(lane, [canonical]);
        else own.push(canonical);
      }
    }
    return new Map([...byLane].map(([lane, own]) => [lane, { height, changes: own }]));
  }

  /** Microseconds that a lane's storage took to take in the block that was applied last, by the clock that was given. */
  spentUs(lane: number): number {
    return this.spent.get(lane) ?? 0;
  }

  private storage(lane: number): ModuleStorage {
    const storage = this.storages.get(lane);
    assert(storage !== undefined, 'the lane takes part in the chain', { lane });
    return storage;
  }

  private moveTo(block: ChainBlock): void {
    const ahead: ChainBlock[] = [];
    let meeting: ChainBlock | undefined = block;
    while (meeting !== undefined && this.applied[meeting.height] !== meeting) {
      ahead.push(meeting);
      meeting = this.tree.find(meeting.parentId);
    }
    const stay = meeting === undefined ? 0 : meeting.height + 1;
    while (this.applied.length > stay) this.apply(this.applied.pop()!, true);
    for (const next of ahead.reverse()) {
      this.apply(next, false);
      this.applied.push(next);
    }
  }

  private apply(block: ChainBlock, backwards: boolean): void {
    this.spent.clear();
    for (const [lane, writes] of this.writesOf(block)) {
      const started = this.clock();
      this.storage(lane).apply(writes, backwards);
      this.spent.set(lane, this.clock() - started);
    }
  }
}

/** A key's canonical bytes: the same that the chain digest commits to. */
export function canonicalKey(table: Table, key: Uint32Array): Uint8Array {
  const out = new ByteWriter(64);
  writeCanonicalKey(out, table, key);
  return out.copy();
}

/** A value's canonical bytes. */
export function canonicalValue(table: Table, value: Uint32Array): Uint8Array {
  const out = new ByteWriter(64);
  table.writeValueCanonical(out, value, 0);
  return out.copy();
}

function canonicalChange(table: Table, { key, before, after }: StateChange): StorageChange {
  return {
    key: canonicalKey(table, key),
    before: before === null ? null : canonicalValue(table, before),
    after: after === null ? null : canonicalValue(table, after),
  };
}
