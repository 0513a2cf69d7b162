import { type GenesisWorld, MAX_GENESIS_PRICE } from '../../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../../types/transaction.ts';

/**
 * Pool k trades asset 0 against asset 1 + k mod (assets − 1), filled by the provider. How much of
 * an asset one of asset 0 costs depends on the asset alone, so that pools of the same two agree.
 */
export function genesis(world: GenesisWorld): TransactionDraft[] {
  const draft = (name: string, args: Arguments): TransactionDraft => ({
    sender: world.provider,
    module: 'amm',
    name,
    args,
  });
  const drafts = [draft('configure', { administrator: world.provider })];
  if (world.assets < 2) return drafts;
  for (let pool = 0; pool < world.pools; pool++) {
    const asset1 = 1 + (pool % (world.assets - 1));
    const price = BigInt(1 + ((asset1 - 1) % MAX_GENESIS_PRICE));
    drafts.push(
      draft('createPool', { asset0: 0, asset1 }),
      draft('addLiquidity', {
        pool,
        amount0Desired: world.liquidityEach,
        amount1Desired: world.liquidityEach * price,
        amount0Min: 0n,
        amount1Min: 0n,
      }),
    );
  }
  return drafts;
}
