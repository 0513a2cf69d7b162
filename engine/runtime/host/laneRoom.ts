import type { ApiResult, BlockLanes, KeyProof, ModuleAudit } from '../../api/index.ts';
import { loadBulkHash } from '../../base/bulkHash.ts';
import { toHex } from '../../base/bytes.ts';
import { fail, ok } from '../../base/result.ts';
import { shown } from '../../base/shown.ts';
import type { ChainBlock } from '../../chain/blockTree.ts';
import { LaneRoots, type RebuildProgress } from '../../chain/laneRoots.ts';
import { keyText, type ModuleDefinition, type ModuleSet, type Table } from '../../moduleSdk/index.ts';
import { type CommittedState, keyIdentity } from '../../storage/contract.ts';
import { storages } from '../../storages.ts';
import { verifyStorageProof } from '../verifyStorageProof.ts';
import { alteredState, invariantsOf } from './auditOf.ts';
import type { ChainRoom, Opened } from './chainRoom.ts';
import { valueJson } from './decode.ts';
import { lanesOfBlock } from './lanesOf.ts';
import { readKey } from './readKey.ts';

const BREATHE_EVERY_US = 50_000;

/** What can be asked of the open chain lane by lane: reports, proofs, audits. Loaded, with all storages, when somebody asks. */
export class LaneRoom {
  private readonly modules: ModuleSet;
  private readonly chains: ChainRoom;
  private readonly breathe: () => Promise<void>;
  private readonly roots = new WeakMap<object, LaneRoots>();

  constructor(modules: ModuleSet, chains: ChainRoom, breathe: () => Promise<void>) {
    this.modules = modules;
    this.chains = chains;
    this.breathe = breathe;
  }

  async readLanes(blockId: unknown): Promise<ApiResult<BlockLanes>> {
    const found = this.chains.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    if (block.height === 0) {
      const message = 'Block 0 has no transactions that lanes could tell of: choose a later one.';
      return fail('history/genesis_is_fixed', message);
    }
    const roots = await this.rooted(opened, block);
    const pending = opened.prepared.get(block.id) ?? opened.chain.remake(block);
    return ok(lanesOfBlock(this.modules, opened.chain, block, pending, roots.after(block)));
  }

  async proveKey(blockId: unknown, given: unknown): Promise<ApiResult<KeyProof>> {
    const found = this.chains.blockOf(blockId);
    if (!found.ok) return found;
    const key = readKey(this.modules, given);
    if (!key.ok) return key;
    const { opened, block } = found.value;
    const roots = await this.rooted(opened, block);
    const { table, parts, words } = key.value;
    const {
      value: { lane, proof },
      tookUs: proveUs,
    } = measured(() => roots.prove(block, words));
    if (proof === undefined) {
      const what = lane.kind === 'flatMap' ? 'any key' : 'that a key is absent';
      const message = `“${lane.module?.title ?? 'The kernel'}” keeps its state as ${lane.kind}, which cannot prove ${what}: choose another key or module, or a monolithic chain.`;
      return fail('proof/not_provable', message, { lane: lane.lane, storage: lane.kind });
    }
    const text = JSON.stringify(proof);
    const blockRoot = toHex(roots.after(block).root);
    const { value: verdict, tookUs: verifyUs } = measured(() => verifyStorageProof(text, blockRoot));
    const entry = opened.chain.stateAfter(block).get(keyIdentity(words, 0, words.length));
    return ok({
      key: keyText(table, parts),
      present: proof.value !== null,
      value: valueJson(table, entry?.value ?? null),
      lane: lane.lane,
      storage: lane.kind,
      stateRoot: toHex(lane.stateRoot),
      blockRoot,
      proof,
      verdict,
      sizeBytes: text.length,
      proveUs,
      verifyUs,
    });
  }

  async auditModule(
    blockId: unknown,
    id: unknown,
    onProgress?: unknown,
    given?: unknown,
  ): Promise<ApiResult<ModuleAudit>> {
    const found = this.chains.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    const active = opened.chain.world.modules;
    const module = active.find((one) => one.id === id);
    if (module === undefined) {
      const message = `No module “${shown(id)}” takes part in this chain: choose among ${active.map((one) => one.id).join(', ')}.`;
      return fail('module/unknown', message, { module: shown(id) });
    }
    const read =
      given === undefined ? ok(undefined) : this.altered(module, opened.chain.stateAfter(block), given);
    if (!read.ok) return read;
    const altered = read.value;
    const state = altered?.state ?? opened.chain.stateAfter(block);
    const roots = await this.rooted(opened, block);
    const { lanes } = roots.after(block);
    // A chain that is not taken apart has one lane, which answers for everybody.
    const lane = lanes.find((one) => one.lane === module.lane) ?? lanes[0]!;
    if (altered !== undefined) {
      const number = roots.storages.laneOf(altered.before.key);
      const keeper = lanes.find((one) => one.lane === number);
      if (number !== lane.lane) {
        const message = `${altered.shown.key} is not kept in this module’s lane but in ${keeper?.module === undefined ? 'the common one' : `that of “${keeper.module.title}”`}, whose root would tell: choose another entry.`;
        return fail('audit/other_lane', message, { key: altered.shown.key, lane: number });
      }
    }
    const { root, tookUs } = await this.rebuilt(
      roots.rebuild(block, lane.lane, state, altered?.before.key),
      typeof onProgress === 'function' ? (progress) => void onProgress(progress) : () => {},
    );
    const recordedRoot = toHex(lane.stateRoot);
    return ok({
      blockId: block.id,
      height: block.height,
      module: module.id,
      invariants: invariantsOf(module, state),
      lane: lane.lane,
      storage: lane.kind,
      keys: lane.keys,
      sizeBytes: lane.sizeBytes,
      ...(altered === undefined ? {} : { altered: altered.shown }),
      recordedRoot,
      recomputedRoot: root,
      rootMatches: root === recordedRoot,
      recomputeUs: tookUs,
      history: roots.history(block, lane.lane),
    });
  }

  /** The state as it would be had somebody changed the entry of a key of the module. */
  private altered(module: ModuleDefinition, state: CommittedState, given: unknown) {
    const key = readKey(this.modules, given);
    if (!key.ok) return key;
    const { table, parts } = key.value;
    const text = keyText(table, parts);
    const own = (module.tables as readonly Table[]).includes(table);
    const changed = own ? alteredState(state, key.value) : undefined;
    if (changed === undefined) {
      const message = `“${module.title}” holds no ${text}: choose an entry of one of its tables.`;
      return fail('audit/not_its_key', message, { module: module.id, key: text });
    }
    const { before, after } = changed;
    const shownAs = { before: valueJson(table, before.value), after: valueJson(table, after.value) };
    return ok({ ...changed, shown: { key: text, ...shownAs } });
  }

  /** Takes the steps that build a root anew, breathing in between; how long they took, µs without the breaths. */
  private async rebuilt(
    steps: Generator<RebuildProgress, Uint8Array>,
    onProgress: (progress: RebuildProgress) => void,
  ): Promise<{ readonly root: string; readonly tookUs: number }> {
    let tookUs = 0;
    for (;;) {
      const started = nowUs();
      const { done, value } = steps.next();
      tookUs += nowUs() - started;
      if (done) return { root: toHex(value), tookUs };
      onProgress(value);
      await this.breathe();
    }
  }

  /** The chain's roots, those of a block and of all before it made. That may be long, so it breathes; calls come one at a time. */
  private async rooted({ chain }: Opened, block: ChainBlock): Promise<LaneRoots> {
    await loadBulkHash();
    const roots =
      this.roots.get(chain) ?? new LaneRoots(this.modules, chain, (kind) => storages[kind](), nowUs);
    this.roots.set(chain, roots);
    let breathed = nowUs();
    for (const _ of roots.steps(block)) {
      if (nowUs() - breathed < BREATHE_EVERY_US) continue;
      await this.breathe();
      breathed = nowUs();
    }
    return roots;
  }
}

/** What something answers, and how long it took: the faster of two times, since the first may have to be compiled. */
function measured<T>(what: () => T): { readonly value: T; readonly tookUs: number } {
  const times = [0, 1].map(() => {
    const started = nowUs();
    const value = what();
    return { value, tookUs: nowUs() - started };
  });
  return times[0]!.tookUs < times[1]!.tookUs ? times[0]! : times[1]!;
}

function nowUs(): number {
  return performance.now() * 1000;
}
