import type { GenesisSettings } from '../api/settings.ts';
import { assert } from '../base/assert.ts';
import { MAX_GAS_LIMIT } from '../execution/kernel/gas.ts';
import { accounts } from '../execution/kernel/kernelTables.ts';
import type { BlockOutcome } from '../execution/outcome.ts';
import { activeModules, genesisDrafts, genesisWorld } from '../moduleSdk/index.ts';
import type { TransactionDraft } from '../types/transaction.ts';
import { keyIdentity, type StateChange } from '../storage/contract.ts';
import { RECEIPT_STATUS } from '../types/receipt.ts';
import type { ChainWorld } from './blockBuilder.ts';
import { type ChainParts, chainRules, PLAIN_RULES, type WritableState } from './contract.ts';
import { chainDigest, DIGEST_BEFORE_GENESIS } from './digest.ts';
import { completeDraft } from './draft.ts';
import type { GivenBlock } from './givenBlock.ts';

/**
 * What everybody has for gas: enough for millions of transactions, and below 2^53, where the kernel
 * counts without bigints.
 */
const FEE_BALANCE = 4_000_000_000_000_000n;

/** Block 0: the state a chain starts from. */
export interface Genesis {
  readonly world: ChainWorld;
  readonly state: WritableState;
  readonly outcome: BlockOutcome;
  readonly digest: Uint8Array;
}

/**
 * Makes block 0: fee balances for the people and the provider, then each module's own transactions,
 * at no price, executed by the oracle. All of them must succeed.
 */
export function createGenesis(parts: ChainParts, settings: GenesisSettings): Genesis {
  const active = activeModules(parts.modules.modules, settings.modules);
  const made = genesisWorld(settings, active);
  const rules = chainRules(settings);
  const world: ChainWorld = {
    modules: active,
    rules,
    bids: rules.fees !== 'fixed',
    seed: settings.seed,
    accounts: settings.accounts,
    assets: settings.assets,
    // An exchange needs two assets.
    pools: settings.assets < 2 ? 0 : settings.pools,
    provider: made.provider,
    feeRecipient: made.provider + 1,
  };
  const startingNonces = new Array<number>(made.provider + 1).fill(0);
  return makeGenesis(parts, world, startingNonces, genesisDrafts(active, made));
}

/**
 * Makes block 0 of a chain whose block 1 is given: accounts for its senders at the nonces they start with, and its
 * own transactions, which must succeed. No module makes a part of it.
 */
export function createGivenGenesis(parts: ChainParts, seed: number, given: GivenBlock): Genesis {
  const accounts = given.nonces.length;
  const world: ChainWorld = {
    modules: parts.modules.modules,
    rules: PLAIN_RULES,
    seed,
    accounts,
    assets: 0,
    pools: 0,
    provider: accounts,
    feeRecipient: accounts + 1,
    given,
  };
  return makeGenesis(parts, world, [...given.nonces, 0], given.genesis);
}

function makeGenesis(
  parts: ChainParts,
  world: ChainWorld,
  startingNonces: readonly number[],
  drafts: readonly TransactionDraft[],
): Genesis {
  const { modules } = parts;
  const state = parts.copyState();
  const balances = openAccounts(startingNonces);
  state.apply(balances);
  const nonces = new Map<number, number>();
  const transactions = drafts.map((draft) => {
    const nonce = nonces.get(draft.sender) ?? 0;
    nonces.set(draft.sender, nonce + 1);
    return { ...completeDraft({ ...draft, gasLimit: MAX_GAS_LIMIT, gasPrice: 0 }), nonce };
  });
  const { feeRecipient } = world;
  const header = { height: 0, timestamp: 0, gasLimit: parts.blockGasLimit, feeRecipient };
  const executed = parts.execute(state, header, transactions);
  assert(executed.count === transactions.length, 'genesis fits a block', { count: executed.count });
  executed.receipts.forEach((receipt, i) => {
    const { module, name } = transactions[i]!;
    const error = receipt.errorId === 0 ? '' : modules.errorById(receipt.errorId).name;
    assert(receipt.status === RECEIPT_STATUS.success, 'genesis succeeds', { module, name, error });
  });
  state.apply(executed.changes);
  const outcome = { ...executed, changes: onTop(balances, executed.changes) };
  return { world, state, outcome, digest: chainDigest(modules, DIGEST_BEFORE_GENESIS, outcome) };
}

function openAccounts(nonces: readonly number[]): StateChange[] {
  return nonces.map((nonce, account) => {
    const key = Uint32Array.of(accounts.id, account);
    const after = new Uint32Array(accounts.valueWords);
    accounts.writeValue(after, 0, { nonce, feeBalance: FEE_BALANCE });
    return { identity: keyIdentity(key, 0, key.length), key, before: null, after };
  });
}

/** Two sets of changes as one: the second came after the first, and nothing was there before it. */
function onTop(first: readonly StateChange[], second: readonly StateChange[]): StateChange[] {
  const merged = new Map(first.map((change) => [change.identity, change]));
  for (const change of second) merged.set(change.identity, { ...change, before: null });
  return [...merged.values()];
}
