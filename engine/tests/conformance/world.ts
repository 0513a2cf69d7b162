import { assert } from '../../base/assert.ts';
import { accounts as accountTable, kernelErrors, kernelTables } from '../../execution/kernel/kernelTables.ts';
import type { BlockEnvironment } from '../../execution/kernel/encodedBlock.ts';
import { runOracle } from '../../execution/sequential/oracle.ts';
import {
  type ErrorType,
  genesisDrafts,
  genesisWorld,
  linkModules,
  type ModuleDefinition,
  type ModuleSet,
  type Table,
} from '../../moduleSdk/index.ts';
import { modules as registered } from '../../registry.ts';
import { keyIdentity, type StateChange } from '../../storage/contract.ts';
import { FlatState } from '../../storage/flatMap/flatState.ts';
import type { Arguments, Transaction, TransactionDraft } from '../../types/transaction.ts';
import { chaos } from '../testModules/chaos/manifest.ts';
import { scriptModule } from './scriptModule.ts';
import { trackModules } from './trackModules.ts';

/** Modules that tests execute: the chain's own, and those made for tests. */
export const definitions: readonly ModuleDefinition[] = [...registered, chaos, scriptModule, ...trackModules];

export function link(modules: readonly ModuleDefinition[]): ModuleSet {
  const errors = Object.values(kernelErrors) as unknown as readonly ErrorType[];
  return linkModules(modules, { tables: kernelTables, errors });
}

export const moduleSet = link(definitions);

/** Who earns the fees: nobody who sends. */
export const FEE_RECIPIENT = 900_000;
/** Some have more than a double holds exactly: the kernel then counts in another way. */
function feeBalanceOf(person: number): bigint {
  if (person % 8 === 5) return 1n << 100n;
  return person % 8 === 6 ? (1n << 53n) + 3n : 10n ** 15n;
}
const NO_LIMIT = 4_000_000_000;

/** A block to be executed, with all that decides what it does. */
export interface Block {
  readonly state: FlatState;
  readonly environment: BlockEnvironment;
  readonly transactions: readonly Transaction[];
}

function change(table: Table, key: Uint32Array, value: unknown): StateChange {
  const after = new Uint32Array(table.valueWords);
  table.writeValue(after, 0, value);
  return { identity: keyIdentity(key, 0, key.length), key, before: null, after };
}

export interface WorldSize {
  readonly accounts: number;
  readonly assets: number;
  readonly pools: number;
  /** By asset when it is not said. */
  readonly bankPartition?: 'asset' | 'lane';
}

const known = new Map<string, FlatState>();

/** State after block 0; not to be changed. */
export function genesisState(size: WorldSize): FlatState {
  const name = JSON.stringify(size);
  const state = known.get(name) ?? makeGenesis(size);
  known.set(name, state);
  return state;
}

/** What the modules' genesis makes, and a fee balance for everybody (and the provider). */
function makeGenesis(size: WorldSize): FlatState {
  const state = new FlatState();
  const table = accountTable as unknown as Table;
  const people = Array.from({ length: size.accounts + 1 }, (_, person) =>
    change(table, Uint32Array.of(accountTable.id, person), { nonce: 0, feeBalance: feeBalanceOf(person) }),
  );
  state.apply(people);
  const world = genesisWorld({ bankPartition: 'asset', ...size }, definitions);
  const transactions = withNonces(state, genesisDrafts(definitions, world), {
    gasLimit: 50_000_000,
    gasPrice: 0,
  });
  const outcome = runOracle(moduleSet, state, environmentAt(0), transactions);
  assert(
    outcome.count === transactions.length && outcome.receipts.every(({ status }) => status === 0),
    'genesis succeeds',
    { ...size },
  );
  state.apply(outcome.changes);
  return state;
}

export function environmentAt(height: number, gasLimit = NO_LIMIT): BlockEnvironment {
  return { height, timestamp: 1_700_000_000 + 12 * height, gasLimit, feeRecipient: FEE_RECIPIENT };
}

/** The nonce that `sender` is at. */
export function nonceOf(state: FlatState, sender: number): number {
  const entry = state.get(keyIdentity(Uint32Array.of(accountTable.id, sender), 0, 2));
  return entry ? accountTable.readValue(entry.value, 0).nonce : 0;
}

/** Drafts as a block's transactions: every sender's nonces one after another. */
export function withNonces(
  state: FlatState,
  drafts: readonly TransactionDraft[],
  defaults: { readonly gasLimit: number; readonly gasPrice: number } = { gasLimit: 1_000_000, gasPrice: 1 },
): Transaction[] {
  const nonces = new Map<number, number>();
  return drafts.map((draft) => {
    const nonce = nonces.get(draft.sender) ?? nonceOf(state, draft.sender);
    nonces.set(draft.sender, nonce + 1);
    return { work: 0, ...defaults, ...draft, nonce };
  });
}

export function draft(sender: number, module: string, name: string, args: Arguments): TransactionDraft {
  return { sender, module, name, args };
}
