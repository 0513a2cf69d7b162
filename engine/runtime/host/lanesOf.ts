import type { BlockLanes, LaneHealth, LaneReport, MessageEvent } from '../../api/index.ts';
import type { ChainBlock } from '../../chain/blockTree.ts';
import type { Chain } from '../../chain/chain.ts';
import { marketOf } from '../../chain/fees.ts';
import type { BlockRoots } from '../../chain/laneRoots.ts';
import type { LaneCondition } from '../../chain/laneHealth.ts';
import { toHex } from '../../base/bytes.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import type { OracleOutcome } from '../../execution/sequential/oracle.ts';
import {
  createLaneFinder,
  deliveries,
  laneOfKey,
  messageDelivered,
  messageFailed,
  messageSent,
  messageSettled,
  type ModuleDefinition,
  type ModuleSet,
  OUTCOME,
  outbox,
  type StateReader,
} from '../../moduleSdk/index.ts';
import type { CommittedState } from '../../storage/contract.ts';
import { RECEIPT_STATUS } from '../../types/receipt.ts';
import { eventsOf } from './decode.ts';
import type { OraclePending } from './preparedBlock.ts';

/**
 * A block as its lanes saw it: the modules that take part, in the order of the registry. Takes time in
 * proportion to the block and to the entries of the state after it.
 */
export function lanesOfBlock(
  modules: ModuleSet,
  chain: Chain<OracleOutcome>,
  block: ChainBlock,
  pending: OraclePending,
  roots: BlockRoots,
): BlockLanes {
  const { world } = chain;
  const parent = chain.tree.block(block.parentId);
  const find = createLaneFinder(modules, createStateReader(chain.stateAfter(parent)));
  const active = world.modules;
  const places = new Map(active.map(({ lane }, place) => [lane, place]));
  const { outcome, built } = pending;
  const lanesOfTransaction = built.transactions.slice(0, outcome.count).map((transaction) =>
    find(transaction).flatMap((lane) => {
      const place = places.get(lane);
      return place === undefined ? [] : [place];
    }),
  );
  const waiting = [...block.cut, ...block.held, ...(block.market?.waiting ?? [])];
  const inboxes = inboxesOf(createStateReader(chain.stateAfter(block)));
  const sizes = sizesOf(modules, chain.stateAfter(block));
  const lanes = active.map(
    (module, place): LaneReport => ({
      ...describe(active, module),
      health: healthOf(block.health.find((condition) => condition.module === module.id)),
      ...traffic(module, place, pending, lanesOfTransaction),
      queued: waiting.filter(({ draft }) => draft.module === module.id).length,
      inbox: inboxes.get(module.lane) ?? 0,
      baseFee: block.market?.baseFees.get(marketOf(world.rules.fees, module.lane)) ?? null,
      ...(sizes.get(module.lane) ?? NOTHING),
      ...rootsOf(roots, module),
    }),
  );
  return {
    blockId: block.id,
    height: block.height,
    mode: world.rules.mode,
    fees: world.rules.fees,
    blockRoot: toHex(roots.root),
    lanes,
    lanesOfTransaction,
    messages: messagesOf(modules, active, pending),
  };
}

/** What a module's lane commits to; in a chain that is not taken apart, the one lane there is answers for everybody. */
function rootsOf({ lanes }: BlockRoots, { lane }: ModuleDefinition) {
  const { kind, orderRoot, stateRoot, storageUs } = lanes.find((one) => one.lane === lane) ?? lanes[0]!;
  return { storage: kind, storageUs, orderRoot: toHex(orderRoot), stateRoot: toHex(stateRoot) };
}

function describe(active: readonly ModuleDefinition[], { id, lane, title, requires }: ModuleDefinition) {
  const provides = (module: ModuleDefinition): boolean =>
    module.provides.some(({ capability }) => requires.some(({ name }) => name === capability.name));
  return { lane, module: id, title, needs: active.filter(provides).map((module) => module.id) };
}

/** What passed through one lane in the block. */
function traffic(
  module: ModuleDefinition,
  place: number,
  { built, outcome }: OraclePending,
  lanesOfTransaction: readonly (readonly number[])[],
) {
  let transactions = 0;
  let crossing = 0;
  let failed = 0;
  let gasUsed = 0;
  lanesOfTransaction.forEach((lanes, i) => {
    const { status, gasUsed: gas } = outcome.receipts[i]!;
    if (built.transactions[i]!.module === module.id) gasUsed += gas;
    if (!lanes.includes(place)) return;
    transactions++;
    if (lanes.length > 1) crossing++;
    if (status !== RECEIPT_STATUS.success) failed++;
  });
  return { transactions, crossing, failed, gasUsed };
}

/** How many messages each lane has still to take. */
function inboxesOf(state: StateReader): ReadonlyMap<number, number> {
  const inboxes = new Map<number, number>();
  for (const [[from, to, sequence]] of state.entries(outbox)) {
    if (state.get(deliveries, from, to, sequence) === undefined) inboxes.set(to, (inboxes.get(to) ?? 0) + 1);
  }
  return inboxes;
}

/** What happened to messages in the block, in its order. */
function messagesOf(
  modules: ModuleSet,
  active: readonly ModuleDefinition[],
  { outcome }: OraclePending,
): MessageEvent[] {
  const idOf = new Map(active.map(({ id, lane }) => [lane, id]));
  return outcome.receipts.flatMap((receipt, tx) =>
    eventsOf(modules, receipt).flatMap(({ name, fields }): MessageEvent[] => {
      const kind = MESSAGE_EVENTS.get(name);
      if (kind === undefined) return [];
      const { from, to, sequence, message, outcome: end } = fields as Readonly<Record<string, number>>;
      return [
        {
          ...{ tx, sequence: sequence! },
          kind: kind === 'acknowledged' && end === OUTCOME.timedOut ? 'timedOut' : kind,
          from: idOf.get(from!) ?? `lane ${from}`,
          to: idOf.get(to!) ?? `lane ${to}`,
          message: modules.messageById(message!)?.name ?? String(message),
        },
      ];
    }),
  );
}

const MESSAGE_EVENTS: ReadonlyMap<string, MessageEvent['kind']> = new Map([
  [messageSent.name, 'sent'],
  [messageDelivered.name, 'delivered'],
  [messageFailed.name, 'failed'],
  [messageSettled.name, 'acknowledged'],
]);

function healthOf(condition: LaneCondition | undefined): LaneHealth {
  if (condition === undefined) return { status: 'running', since: null };
  const { factor, kind, policy, since, standbyAt } = condition;
  return {
    ...{ status: kind, since },
    ...(kind === 'halted' ? { policy } : {}),
    ...(kind === 'slow' ? { factor } : {}),
    ...(standbyAt === undefined ? {} : { standbyAt }),
  };
}

const BYTES_A_WORD = 4;

/** Keys that each lane owns, and the bytes they and their values take. */
function sizesOf(modules: ModuleSet, state: CommittedState) {
  const sizes = new Map<number, { keys: number; sizeBytes: number }>();
  for (const { key, value } of state.entries()) {
    const lane = laneOfKey(modules, key);
    const { keys, sizeBytes } = sizes.get(lane) ?? NOTHING;
    const more = (key.length + value.length) * BYTES_A_WORD;
    sizes.set(lane, { keys: keys + 1, sizeBytes: sizeBytes + more });
  }
  return sizes;
}

const NOTHING = { keys: 0, sizeBytes: 0 };
