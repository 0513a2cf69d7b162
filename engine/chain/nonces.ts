import { accounts } from '../execution/kernel/kernelTables.ts';
import type { StateReader } from '../moduleSdk/index.ts';
import type { Transaction } from '../types/transaction.ts';
import type { CompleteDraft } from './draft.ts';

/** Gives the transactions of one block their nonces, on top of the state before it. */
export class NonceBook {
  private readonly senders = new Map<number, { next: number; readonly feeBalance: bigint }>();
  private readonly state: StateReader;

  constructor(state: StateReader) {
    this.state = state;
  }

  /** The draft with its sender's next nonce. */
  sign(draft: CompleteDraft): Transaction {
    let sender = this.senders.get(draft.sender);
    if (sender === undefined) {
      const held = this.state.get(accounts, draft.sender);
      sender = { next: held?.nonce ?? 0, feeBalance: held?.feeBalance ?? 0n };
      this.senders.set(draft.sender, sender);
    }
    const nonce = sender.next;
    // Fee balances only fall within a block: who cannot afford this now is refused for certain, which
    // uses up no nonce. So one such transaction does not spoil those after it.
    const { sender: from, module, name, args, work, gasLimit, gasPrice } = draft;
    const affordable = BigInt(gasLimit) * BigInt(gasPrice) <= sender.feeBalance;
    if (affordable) sender.next = nonce + 1;
    return { sender: from, module, name, args, work, gasLimit, gasPrice, nonce };
  }
}
