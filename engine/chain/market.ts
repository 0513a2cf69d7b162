import { assert } from '../base/assert.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { BlockOutcome } from '../execution/outcome.ts';
import type { ModuleId } from '../types/ids.ts';
import type { Transaction } from '../types/transaction.ts';
import type { BlockStart, Candidate, ChainWorld } from './blockBuilder.ts';
import type { BlockHeader, ChainParts } from './contract.ts';
import type { CompleteDraft } from './draft.ts';
import {
  type BaseFees,
  effectivePrice,
  ELASTICITY,
  followingBaseFees,
  initialBaseFees,
  marketOf,
} from './fees.ts';
import type { LaneHealth } from './laneHealth.ts';
import { Mempool, type Waiting } from './mempool.ts';
import { NonceBook } from './nonces.ts';
import { type Expectation, selectBlock } from './selection.ts';
import { createStateReader } from './stateReader.ts';

/** What is fixed about a block's market before it is executed. */
export interface Market {
  /** In effect in this block. */
  readonly baseFees: BaseFees;
  /** Who waits for a later block, in the order of arrival. */
  readonly waiting: readonly Waiting[];
  /** Transactions that were turned away or made room in this block. */
  readonly dropped: number;
}

/** What a block leaves to the next one. */
export interface MarketRecord extends Market {
  /** Gas that each module's transactions used. */
  readonly gasUsed: ReadonlyMap<ModuleId, number>;
}

/** A block's transactions as they were chosen, with their nonces and prices. */
export interface Filled {
  readonly candidates: readonly Candidate[];
  readonly transactions: readonly Transaction[];
  readonly market: Market;
}

/** One queue for all: every transaction stands in queue 0. */
const ONE_QUEUE = 0;
const NO_ROOM_LIMIT = Number.MAX_SAFE_INTEGER;

/** The mempool before a block, and the prices at which one gets in. */
export class MarketBlock {
  private readonly parts: ChainParts;
  private readonly world: ChainWorld;
  private readonly start: BlockStart;
  private readonly baseFees: BaseFees;
  private readonly pool: Mempool;
  private dropped = 0;

  constructor(parts: ChainParts, world: ChainWorld, start: BlockStart) {
    this.parts = parts;
    this.world = world;
    this.start = start;
    const { rules, modules } = world;
    const before = start.market;
    const laneOf = new Map(modules.map(({ id, lane }) => [id, lane]));
    this.baseFees =
      before === undefined
        ? initialBaseFees(
            rules.fees,
            modules.map(({ lane }) => lane),
          )
        : followingBaseFees(
            before.baseFees,
            new Map([...before.gasUsed].map(([id, gas]) => [laneOf.get(id)!, gas])),
            rules.gasTarget,
          );
    this.pool = new Mempool(before?.waiting ?? [], this.queueOf);
  }

  /** Somebody's own transaction joins those that wait. Fails as {@link Mempool.add} and {@link Mempool.replace} do. */
  submit(draft: CompleteDraft, replaces: number | undefined): Result<undefined> {
    const candidate: Candidate = { draft, origin: 'crafted' };
    if (replaces !== undefined) {
      const replaced = this.pool.replace(candidate, replaces);
      return replaced.ok ? ok(undefined) : replaced;
    }
    const added = this.pool.add(candidate, this.start.height);
    if (!added.ok) return added;
    if (added.value !== undefined) this.dropped++;
    return ok(undefined);
  }

  /**
   * Lets the traffic in and chooses the block: `leading` first, whatever it costs, then what the rules choose. An edit
   * replaces what is then at its place, or fails with `action/no_such_transaction`.
   */
  fill(
    header: BlockHeader,
    leading: readonly Candidate[],
    traffic: readonly Candidate[],
    edits: readonly { readonly index: number; readonly candidate: Candidate }[],
    health: LaneHealth,
  ): Result<Filled> {
    for (const candidate of traffic) {
      const added = this.pool.add(candidate, header.height);
      if (!added.ok || added.value !== undefined) this.dropped++;
    }
    const candidates: Candidate[] = [...leading, ...this.choose(header, health)];
    for (const { index, candidate } of edits) {
      if (index >= candidates.length) {
        const message = `The block has ${candidates.length} transactions; there is none at ${index}.`;
        return fail('action/no_such_transaction', message, { index, transactions: candidates.length });
      }
      candidates[index] = candidate;
    }
    const { baseFees, dropped } = this;
    const market: Market = { baseFees, waiting: this.pool.all(), dropped };
    return ok({ candidates, transactions: this.sign(candidates), market });
  }

  private choose(header: BlockHeader, health: LaneHealth): Waiting[] {
    const { rules, modules } = this.world;
    const expectations = this.explore(header);
    const room = rules.gasTarget === 0 ? NO_ROOM_LIMIT : rules.gasTarget * ELASTICITY;
    const apart = rules.mode === 'modular';
    return selectBlock(this.pool, {
      builder: rules.builder,
      keyGasCap: rules.keyGasCap,
      price: ({ draft }) =>
        effectivePrice(draft.gasPrice, draft.tip ?? draft.gasPrice, this.baseFeeOf(draft)),
      // From the start of the block: where in it somebody will stand is not known while it is chosen.
      ready: ({ draft }) => !health.holdsBack(draft.module, Number.MAX_SAFE_INTEGER),
      expect: ({ sequence }) => expectations.get(sequence)!,
      partOf: this.queueOf,
      room: () => (apart ? Math.floor(room / modules.length) : room),
    });
  }

  /** What everybody who waits would do on the state before the block, one after another; declared work is counted, not done. */
  private explore(header: BlockHeader): Map<number, Expectation> {
    const { explore } = this.parts;
    assert(explore !== undefined, 'a chain with a mempool can explore', { height: header.height });
    const waiting = this.pool.all();
    const idle = this.sign(waiting.map((item) => ({ ...item, draft: { ...item.draft, work: 0 } })));
    const { receipts, accesses } = explore(this.start.state, { ...header, gasLimit: MAX_GAS }, idle);
    return new Map(
      waiting.map(({ sequence, draft }, i) => {
        const receipt = receipts[i];
        // Beyond what one run can hold: it may take all that it is allowed to, wherever.
        if (receipt === undefined) return [sequence, { gas: draft.gasLimit, touches: [], writes: [] }];
        const { reads, writes } = accesses[i]!;
        const gas = receipt.gasUsed + draft.work;
        return [sequence, { gas, touches: [...new Set([...reads, ...writes])], writes }];
      }),
    );
  }

  private sign(candidates: readonly Candidate[]): Transaction[] {
    const nonces = new NonceBook(createStateReader(this.start.state));
    return candidates.map(({ draft, origin }) => {
      const burntPrice = origin === 'action' || origin === 'system' ? 0 : this.baseFeeOf(draft);
      const price = effectivePrice(draft.gasPrice, draft.tip ?? draft.gasPrice, burntPrice);
      // An edited transaction that bids too little is in the block all the same: it pays what it bids.
      const paid = price ?? draft.gasPrice;
      const signed = nonces.sign({ ...draft, gasPrice: paid });
      return burntPrice === 0 ? signed : { ...signed, burntPrice: Math.min(burntPrice, paid) };
    });
  }

  private baseFeeOf({ module }: CompleteDraft): number {
    return this.baseFees.get(marketOf(this.world.rules.fees, this.laneOf(module))) ?? 0;
  }

  private laneOf(module: ModuleId): number {
    return this.parts.modules.module(module)!.lane;
  }

  private readonly queueOf = ({ draft }: Candidate): number =>
    this.world.rules.mode === 'modular' ? this.laneOf(draft.module) : ONE_QUEUE;
}

/** The greatest limit that fits the block's header. */
const MAX_GAS = 0xffff_ffff;

/** What the block leaves to the next, once it is executed. */
export function closeMarket(
  market: Market,
  transactions: readonly Transaction[],
  candidates: readonly Candidate[],
  outcome: BlockOutcome,
): MarketRecord {
  const gasUsed = new Map<ModuleId, number>();
  outcome.receipts.forEach((receipt, i) => {
    const { module } = transactions[i]!;
    gasUsed.set(module, (gasUsed.get(module) ?? 0) + receipt.gasUsed);
  });
  const cut = candidates.slice(outcome.count).filter(isWaiting);
  return { ...market, waiting: [...cut, ...market.waiting], gasUsed };
}

/** Whether a candidate came out of the mempool, and so goes back there. */
export function isWaiting(candidate: Candidate): candidate is Waiting {
  return 'sequence' in candidate;
}
