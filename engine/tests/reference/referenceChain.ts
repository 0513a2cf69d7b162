import { assert } from '../../base/assert.ts';
import { genesisDrafts, type GenesisWorld, type ModuleDefinition } from '../../moduleSdk/index.ts';
import type { Receipt } from '../../types/receipt.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { interpretBlock, referenceAccounts, type ReferenceOutcome } from './interpreter.ts';
import { ReferenceState } from './referenceState.ts';

const NO_LIMIT = 2 ** 50;
const SECONDS_A_BLOCK = 12;

/** A chain on the reference interpreter, for tests of modules: gives nonces, keeps the state. */
export class ReferenceChain {
  state = new ReferenceState();
  /** Of the next block; genesis is 0. */
  height = 0;
  timestamp = 1_000_000;
  private readonly modules: readonly ModuleDefinition[];

  constructor(modules: readonly ModuleDefinition[]) {
    this.modules = modules;
  }

  /** Block 0. Every transaction of it must succeed. */
  genesis(world: GenesisWorld): void {
    this.must(genesisDrafts(this.modules, world));
  }

  /** Executes the drafts as the next block, at no fee unless a draft says otherwise. */
  block(drafts: readonly TransactionDraft[]): ReferenceOutcome {
    const nonces = new Map<number, number>();
    const transactions = drafts.map((draft) => {
      const nonce = nonces.get(draft.sender) ?? this.state.get(referenceAccounts, draft.sender)?.nonce ?? 0;
      nonces.set(draft.sender, nonce + 1);
      return { work: 0, gasLimit: 2_000_000, gasPrice: 0, ...draft, nonce };
    });
    const { height, timestamp } = this;
    const block = { height, timestamp, gasLimit: NO_LIMIT, feeRecipient: 0, transactions };
    const outcome = interpretBlock(this.modules, this.state, block);
    this.state = outcome.state;
    this.height++;
    this.timestamp += SECONDS_A_BLOCK;
    return outcome;
  }

  /** One transaction in a block of its own. */
  send(sender: number, module: string, name: string, args: TransactionDraft['args']): Receipt {
    return this.block([{ sender, module, name, args }]).receipts[0]!;
  }

  /** A block in which everything succeeds. */
  must(drafts: readonly TransactionDraft[]): readonly Receipt[] {
    const { receipts } = this.block(drafts);
    receipts.forEach((receipt, i) => {
      assert(receipt.status === 'success', 'the transaction succeeds', { draft: drafts[i], receipt });
    });
    return receipts;
  }

  /** What the invariants of all modules complain about. */
  complaints(): string[] {
    return this.modules.flatMap(({ invariants }) =>
      invariants.flatMap((invariant) => {
        const complaint = invariant.check(this.state);
        return complaint === undefined ? [] : [`${invariant.name}: ${complaint}`];
      }),
    );
  }
}
