import type { GenesisWorld } from '../../moduleSdk/index.ts';
import type { TransactionDraft } from '../../types/transaction.ts';

/** The first people make things. */
export const MAKERS = 16;
/** What each of them has made at genesis, in batch 0. */
const STOCK = 16;

/** Makers with a batch of items each. */
export function genesis({ accounts, provider }: GenesisWorld): TransactionDraft[] {
  return Array.from({ length: Math.min(MAKERS, accounts) }, (_, maker) => ({
    sender: provider,
    module: 'supplyChain',
    name: 'stock',
    args: { maker, batch: 0, count: STOCK },
  }));
}
