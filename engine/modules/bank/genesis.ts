import type { GenesisWorld } from '../../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../../types/transaction.ts';
import { BY_ASSET, BY_LANE, PEOPLE_LANE } from './state.ts';
import { MAX_RANGE } from './transactions.ts';

/**
 * Everybody gets `amountEach` of every asset, the provider `providerAmount`. Partitioned by lane,
 * they get it again in the lane of each module that moves money, so that all can be tried at once.
 */
export function genesis(world: GenesisWorld): TransactionDraft[] {
  const draft = (name: string, args: Arguments): TransactionDraft => ({
    sender: world.provider,
    module: 'bank',
    name,
    args,
  });
  const byLane = world.bankPartition === 'lane';
  const drafts = [draft('configure', { partition: byLane ? BY_LANE : BY_ASSET })];
  for (const lane of byLane ? [PEOPLE_LANE, ...world.ledgerLanes] : [PEOPLE_LANE]) {
    for (let asset = 0; asset < world.assets; asset++) {
      for (let first = 0; first < world.accounts; first += MAX_RANGE) {
        const count = Math.min(MAX_RANGE, world.accounts - first);
        drafts.push(draft('mintRange', { asset, first, count, amount: world.amountEach, lane }));
      }
      drafts.push(draft('mint', { asset, to: world.provider, amount: world.providerAmount, lane }));
    }
  }
  return drafts;
}
