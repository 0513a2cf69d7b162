import { fail, ok, type Result } from '../base/result.ts';
import type { Candidate } from './blockBuilder.ts';

/** A transaction that waits for a block. */
export interface Waiting extends Candidate {
  /** Height of the block for which it arrived. */
  readonly arrived: number;
  /** Its number among all that ever arrived; kept by what replaces it. */
  readonly sequence: number;
}

export interface MempoolLimits {
  /** Transactions of one sender that may wait. */
  readonly perSender: number;
  /** Transactions that may wait in all. */
  readonly total: number;
}

export const MEMPOOL_LIMITS: MempoolLimits = { perSender: 64, total: 5000 };

/** A bid must be higher than the one it replaces by at least so many hundredths. */
export const REPLACEMENT_PERCENT = 10;

/**
 * Transactions that wait for a block. Those of one sender in one queue stand in the order in which they arrived and can
 * only leave in it; `queueOf` names a transaction's queue (0 where all share one). When it is full, the cheapest bid among
 * the last ones of all senders' queues makes room, so that nobody's order is broken.
 */
export class Mempool {
  private readonly lines = new Map<string, Waiting[]>();
  private readonly perSender = new Map<number, number>();
  private readonly limits: MempoolLimits;
  private readonly queueOf: (candidate: Candidate) => number;
  private count = 0;
  private next: number;

  constructor(
    waiting: readonly Waiting[],
    queueOf: (candidate: Candidate) => number,
    limits: MempoolLimits = MEMPOOL_LIMITS,
  ) {
    this.limits = limits;
    this.queueOf = queueOf;
    this.next = waiting.reduce((most, { sequence }) => Math.max(most, sequence + 1), 0);
    for (const item of waiting) this.put(item);
  }

  get size(): number {
    return this.count;
  }

  /**
   * Lets a transaction in, and answers who had to leave for it, if anybody. Fails with `mempool/sender_full`, or with
   * `mempool/full` when every other last one bids at least as much.
   */
  add(candidate: Candidate, height: number): Result<Waiting | undefined> {
    const { sender, gasPrice } = candidate.draft;
    const own = this.perSender.get(sender) ?? 0;
    if (own >= this.limits.perSender) {
      const message = `Account ${sender} has ${own} transactions waiting, which is the most one may have.`;
      return fail('mempool/sender_full', message, { sender, waiting: own });
    }
    let evicted: Waiting | undefined;
    if (this.count >= this.limits.total) {
      const cheapest = this.cheapestLast();
      if (cheapest === undefined || cheapest.draft.gasPrice >= gasPrice) {
        const message = `${this.count} transactions wait, all for at least ${gasPrice} a unit of gas: bid more.`;
        return fail('mempool/full', message, { waiting: this.count, given: gasPrice });
      }
      this.remove(cheapest);
      evicted = cheapest;
    }
    this.put({ ...candidate, arrived: height, sequence: this.next++ });
    return ok(evicted);
  }

  /**
   * Puts a transaction in the place of one of the same sender and queue that waits, for a bid at least
   * {@link REPLACEMENT_PERCENT} higher. Fails with `mempool/no_such_transaction` or `mempool/underpriced`.
   */
  replace(candidate: Candidate, sequence: number): Result<Waiting> {
    const line = this.lines.get(this.lineOf(candidate));
    const place = line?.findIndex((item) => item.sequence === sequence) ?? -1;
    if (line === undefined || place < 0) {
      const { sender } = candidate.draft;
      const message = `Account ${sender} has no transaction ${sequence} waiting in that queue.`;
      return fail('mempool/no_such_transaction', message, { sender, sequence });
    }
    const before = line[place]!;
    const least = Math.ceil((before.draft.gasPrice * (100 + REPLACEMENT_PERCENT)) / 100);
    if (candidate.draft.gasPrice < Math.max(least, before.draft.gasPrice + 1)) {
      const message = `To replace a bid of ${before.draft.gasPrice}, bid at least ${least}.`;
      return fail('mempool/underpriced', message, { given: candidate.draft.gasPrice, least });
    }
    line[place] = { ...candidate, arrived: before.arrived, sequence };
    return ok(before);
  }

  /** The next of each sender's queue, in the order of arrival. */
  heads(): Waiting[] {
    return [...this.lines.values()].map((line) => line[0]!).sort(byArrival);
  }

  /** The one that stands behind this one in its sender's queue. */
  behind(item: Waiting): Waiting | undefined {
    const line = this.lines.get(this.lineOf(item)) ?? [];
    return line[line.findIndex(({ sequence }) => sequence === item.sequence) + 1];
  }

  /** Everybody, in the order of arrival. */
  all(): Waiting[] {
    return [...this.lines.values()].flat().sort(byArrival);
  }

  remove(item: Waiting): void {
    const name = this.lineOf(item);
    const line = this.lines.get(name) ?? [];
    const place = line.findIndex(({ sequence }) => sequence === item.sequence);
    if (place < 0) return;
    line.splice(place, 1);
    if (line.length === 0) this.lines.delete(name);
    this.count--;
    const { sender } = item.draft;
    this.perSender.set(sender, (this.perSender.get(sender) ?? 1) - 1);
  }

  private put(item: Waiting): void {
    const name = this.lineOf(item);
    const line = this.lines.get(name);
    if (line === undefined) this.lines.set(name, [item]);
    else line.push(item);
    this.count++;
    const { sender } = item.draft;
    this.perSender.set(sender, (this.perSender.get(sender) ?? 0) + 1);
  }

  private cheapestLast(): Waiting | undefined {
    let cheapest: Waiting | undefined;
    for (const line of this.lines.values()) {
      const last = line.at(-1)!;
      const cheaper =
        cheapest === undefined ||
        last.draft.gasPrice < cheapest.draft.gasPrice ||
        (last.draft.gasPrice === cheapest.draft.gasPrice && last.sequence > cheapest.sequence);
      if (cheaper) cheapest = last;
    }
    return cheapest;
  }

  private lineOf(candidate: Candidate): string {
    return `${candidate.draft.sender}/${this.queueOf(candidate)}`;
  }
}

function byArrival(a: Waiting, b: Waiting): number {
  return a.sequence - b.sequence;
}
