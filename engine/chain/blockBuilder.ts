import type { Action, TrafficSettings } from '../api/settings.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { ModuleAction, ModuleDefinition } from '../moduleSdk/index.ts';
import type { CommittedState } from '../storage/contract.ts';
import type { Transaction, TransactionDraft } from '../types/transaction.ts';
import {
  type BlockHeader,
  type ChainParts,
  type ChainRules,
  SECONDS_PER_BLOCK,
  type TransactionOrigin,
} from './contract.ts';
import { type CompleteDraft, completeDraft, readDraft } from './draft.ts';
import { changesGivenBlock, type GivenBlock } from './givenBlock.ts';
import { carryMessages } from './messageCarrying.ts';
import { changesHealth, type LaneCondition, LaneHealth } from './laneHealth.ts';
import { type Market, MarketBlock, type MarketRecord } from './market.ts';
import { NonceBook } from './nonces.ts';
import { OverlayState } from './overlayState.ts';
import { createStateReader } from './stateReader.ts';
import { generateTraffic, type TrafficWorld } from './traffic.ts';

/** A transaction on its way into a block, before it has a nonce. */
export interface Candidate {
  readonly draft: CompleteDraft;
  readonly origin: TransactionOrigin;
}

/** What a chain's blocks have in common. */
export interface ChainWorld extends TrafficWorld {
  /** Sends what the chain's owner does. */
  readonly provider: number;
  readonly feeRecipient: number;
  readonly rules: ChainRules;
  /** Stands for the traffic of block 1, and there is no other block. */
  readonly given?: GivenBlock;
}

/** What the next block starts from. */
export interface BlockStart {
  readonly height: number;
  readonly state: CommittedState;
  /** In effect unless an action says otherwise. */
  readonly traffic: TrafficSettings;
  /** What the gas limit cut from the block before; it comes first. */
  readonly carried: readonly Candidate[];
  /** Lanes that were not simply running after the block before. */
  readonly health: readonly LaneCondition[];
  /** Who waited because a module that is needed stood still; only on chains without a mempool. */
  readonly held: readonly Candidate[];
  /** What the block before left of its market, on chains with a mempool; absent before block 1. */
  readonly market?: MarketRecord;
}

/** A block as it is executed. */
export interface BuiltBlock {
  readonly header: BlockHeader;
  readonly traffic: TrafficSettings;
  readonly candidates: readonly Candidate[];
  /** The candidates with their nonces. */
  readonly transactions: readonly Transaction[];
  /** Lanes that are not simply running after it. */
  readonly health: readonly LaneCondition[];
  /** Who waits because a module that is needed stands still; on chains with a mempool they wait there. */
  readonly held: readonly Candidate[];
  /** On chains with a mempool. */
  readonly market?: Market;
}

/**
 * Builds the next block: what was cut from its parent, then what actions ask for in their order,
 * then traffic, or what the chain was given in its place. Fails with what a module's action answers, with `action/unknown_kind`, with
 * `action/no_such_transaction`, `action/not_imported`,
 * `import/one_block`, or with what a draft lacks (see {@link readDraft}).
 */
export function buildBlock(
  parts: ChainParts,
  world: ChainWorld,
  start: BlockStart,
  actions: readonly Action[],
): Result<BuiltBlock> {
  const { modules } = parts;
  const { given } = world;
  if (given !== undefined && start.height > 1) {
    return fail('import/one_block', 'An imported chain is one block: change it and run it again instead.');
  }
  const reader = createStateReader(start.state);
  const health = new LaneHealth(world.modules, world.rules.standby, start.height, start.health);
  const healthy: BlockHeader = {
    height: start.height,
    timestamp: start.height * SECONDS_PER_BLOCK,
    gasLimit: parts.blockGasLimit,
    feeRecipient: world.feeRecipient,
  };
  const market = world.rules.mempool ? new MarketBlock(parts, world, start) : undefined;
  let { traffic } = start;
  for (const action of actions) {
    const changed = changesHealth(action) ? health.apply(action) : ok(undefined);
    if (!changed.ok) return changed;
  }
  const carrying = carryMessages(world.modules, reader, start.height, (lane) => health.stands(lane)).map(
    (draft): Candidate => ({ draft: completeDraft(draft), origin: 'system' }),
  );
  /** Of a block without a mempool, what stands before what the actions ask for. */
  const before = carrying.length + start.held.length;
  // What carries messages is made anew from the state: none of it is carried on.
  const leading: Candidate[] = start.carried.filter(({ origin }) => origin !== 'system');
  const replacements: { readonly place: number; readonly index: number; readonly candidate: Candidate }[] =
    [];
  let touchesWorld = false;
  for (const action of actions) {
    if (action.kind === 'setTraffic') {
      traffic = { ...traffic, ...action.traffic };
    } else if (action.kind === 'submit') {
      const draft = readDraft(modules, action.transaction, world.modules);
      if (!draft.ok) return draft;
      if (market === undefined) leading.push({ draft: draft.value, origin: 'crafted' });
      else {
        const joined = market.submit(draft.value, action.replaces);
        if (!joined.ok) return joined;
      }
    } else if (action.kind === 'replace') {
      const draft = readDraft(modules, action.transaction, world.modules);
      if (!draft.ok) return draft;
      const candidate: Candidate = { draft: draft.value, origin: 'edited' };
      // The index counts what stood in the block when the edit was made; later actions may put more before it.
      const place = action.index - before;
      if (market === undefined && place < 0) {
        const message = `The transaction at ${action.index} waited for this block or carries a message: it cannot be edited.`;
        return fail('action/no_such_transaction', message, { index: action.index });
      }
      if (market === undefined && place < leading.length) leading[place] = candidate;
      else replacements.push({ place: place - leading.length, index: action.index, candidate });
    } else if (changesHealth(action)) {
      // Applied before everything else.
    } else if (changesGivenBlock(action)) {
      if (given === undefined) {
        const message = `“${action.kind}” changes an imported block, and this chain has none.`;
        return fail('action/not_imported', message, { kind: action.kind });
      }
    } else {
      const run = findAction(world.modules, action.kind);
      if (run === undefined) {
        return fail('action/unknown_kind', `No module knows the action “${action.kind}”.`, {
          kind: action.kind,
        });
      }
      const { kind: _, ...numbers } = action;
      const drafts = run(reader, { ...numbers, provider: world.provider });
      if (!drafts.ok) return drafts;
      for (const draft of drafts.value) leading.push({ draft: completeDraft(draft), origin: 'action' });
      touchesWorld = true;
    }
  }
  const sign = (candidates: readonly Candidate[]): Transaction[] => {
    const nonces = new NonceBook(reader);
    return candidates.map(({ draft }) => nonces.sign(draft));
  };
  // Traffic sees what the actions do: it flows over the new pools in the very block that opens them.
  const seen = touchesWorld
    ? createStateReader(
        new OverlayState(
          start.state,
          (parts.replay ?? parts.execute)(start.state, healthy, sign(leading)).changes,
        ),
      )
    : reader;
  const count = Math.max(0, traffic.transactionsPerBlock - (market === undefined ? start.carried.length : 0));
  const drafts =
    given === undefined
      ? ok(generateTraffic(world, start.height, traffic, count, seen))
      : withWork(given.transactions(actions), traffic.work);
  if (!drafts.ok) return drafts;
  const flowing = drafts.value.map(
    (draft): Candidate => ({ draft: completeDraft(draft), origin: 'traffic' }),
  );
  const faults = health.faults();
  const header = faults === undefined ? healthy : { ...healthy, faults };
  const conditions = health.after();
  if (market !== undefined) {
    const filled = market.fill(header, [...carrying, ...leading], flowing, replacements, health);
    return filled.ok ? ok({ header, traffic, health: conditions, held: [], ...filled.value }) : filled;
  }
  for (const { place, index, candidate } of replacements) {
    if (place >= flowing.length) {
      const transactions = before + leading.length + flowing.length;
      const message = `The block has ${transactions} transactions; there is none at ${index}.`;
      return fail('action/no_such_transaction', message, { index, transactions });
    }
    flowing[place] = candidate;
  }
  const { candidates, held } = holdBack(health, [...start.held, ...leading, ...flowing], carrying);
  return ok({ header, traffic, candidates, transactions: sign(candidates), health: conditions, held });
}

/** Transactions that may wait for a module that stands still; the latest are dropped beyond that. */
const MOST_HELD = 5000;

/** Parts those that are in the block, behind the `first`, from those that wait for a module that stands still. */
function holdBack(health: LaneHealth, all: readonly Candidate[], first: readonly Candidate[]) {
  if (!health.holdsAny) return { candidates: [...first, ...all], held: [] };
  const candidates: Candidate[] = [...first];
  const held: Candidate[] = [];
  for (const candidate of all) {
    const waits = health.holdsBack(candidate.draft.module, candidates.length);
    if (!waits) candidates.push(candidate);
    else if (held.length < MOST_HELD) held.push(candidate);
  }
  return { candidates, held };
}

/** Given transactions with the work that the chain's settings declare for each. */
function withWork(
  drafts: Result<readonly TransactionDraft[]>,
  work: number,
): Result<readonly TransactionDraft[]> {
  return drafts.ok ? ok(drafts.value.map((draft) => ({ ...draft, work }))) : drafts;
}

function findAction(modules: readonly ModuleDefinition[], kind: string): ModuleAction | undefined {
  for (const { actions } of modules) {
    if (actions !== undefined && Object.hasOwn(actions, kind)) return actions[kind];
  }
  return undefined;
}
