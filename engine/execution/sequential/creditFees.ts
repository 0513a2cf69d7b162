import { type CommittedState, keyIdentity, type StateChange } from '../../storage/contract.ts';
import type { Transaction } from '../../types/transaction.ts';
import { fees } from '../kernel/kernelTables.ts';
import type { BlockOutcome } from '../outcome.ts';

/**
 * Adds to a block's changes what its transactions pay the fee recipient (what is burnt apart), once for the block. Where
 * each transaction wrote the recipient's fees itself (tracked), the same value results and nothing is added.
 */
export function creditFees(
  state: CommittedState,
  recipient: number,
  transactions: readonly Transaction[],
  outcome: BlockOutcome,
): StateChange[] {
  let total = 0n;
  outcome.receipts.forEach((receipt, i) => {
    const { gasPrice, burntPrice = 0 } = transactions[i]!;
    total += BigInt(receipt.gasUsed) * BigInt(gasPrice - burntPrice);
  });
  const changes = [...outcome.changes];
  const key = Uint32Array.of(fees.id, recipient);
  const identity = keyIdentity(key, 0, 2);
  if (total === 0n || changes.some((change) => change.identity === identity)) return changes;
  const before = state.get(identity)?.value ?? null;
  const after = new Uint32Array(fees.valueWords);
  fees.writeValue(after, 0, (before ? fees.readValue(before, 0) : 0n) + total);
  changes.push({ identity, key, before, after });
  return changes;
}
