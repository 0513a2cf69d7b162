import {
  carrierOf,
  deliveries,
  type ModuleDefinition,
  OUTCOME,
  outbox,
  received,
  type StateReader,
} from '../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../types/transaction.ts';

/** Messages carried in one block, at most; the rest waits for the next. */
const MOST_CARRIED = 2000;

/**
 * Transactions by which the chain carries messages in the block of this height, from the state before it: to receivers
 * that run what is due, in the order of each channel; to senders that run what became of theirs. Who reads the same state
 * makes the same ones. Takes time in proportion to the messages on their way.
 */
export function carryMessages(
  modules: readonly ModuleDefinition[],
  state: StateReader,
  height: number,
  stands: (lane: number) => boolean,
): TransactionDraft[] {
  const idOf = new Map(modules.map(({ id, lane }) => [lane, id]));
  const drafts: TransactionDraft[] = [];
  const carry = (lane: number, name: string, args: Arguments): void => {
    const module = idOf.get(lane);
    if (module === undefined || stands(lane) || drafts.length >= MOST_CARRIED) return;
    drafts.push({ sender: carrierOf(lane), module, name, args, gasPrice: 0 });
  };
  for (const [[from, to, sequence], { kind, payload, sender, timeout }] of state.entries(outbox)) {
    const taken = state.get(deliveries, from, to, sequence);
    const passed = sequence < (state.get(received, from, to)?.next ?? 0);
    if (taken !== undefined) carry(from, 'settle', { to, sequence, outcome: taken.outcome });
    else if (height > timeout || passed) carry(from, 'settle', { to, sequence, outcome: OUTCOME.timedOut });
    else carry(to, 'deliver', { from, sequence, message: kind, sender, timeout, payload });
  }
  for (const [[from, to, sequence]] of state.entries(deliveries)) {
    if (state.get(outbox, from, to, sequence) === undefined) carry(to, 'forget', { from, sequence });
  }
  return drafts;
}
