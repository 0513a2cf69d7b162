import type { GenesisWorld } from '../../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../../types/transaction.ts';
import { MAX_RANGE } from './transactions.ts';

/** Kinds that are dropped at genesis: the first is the limited one that everybody wants. */
export const HOT_KIND = 0;
export const DROPPED_KINDS = 8;
/** What people start with, and what two of them are crafted into. */
export const COMMON_KIND = 100;
export const CRAFTED_KIND = 101;
export const INGREDIENTS = 2;
/** Common items that each person starts with. */
export const ITEMS_EACH = 2;

const DROP_PRICE = 10n;
const HOT_LIMIT = 1_000_000;
const DROP_ASSET = 0;

/** Kinds to drop and to craft, and a few common items for everybody. */
export function genesis(world: GenesisWorld): TransactionDraft[] {
  const draft = (name: string, args: Arguments): TransactionDraft => ({
    sender: world.provider,
    module: 'gameAssets',
    name,
    args,
  });
  const create = (kind: number, limit: number, price: bigint) =>
    draft('createKind', { kind, limit, asset: DROP_ASSET, price });
  const drafts = [
    ...Array.from({ length: DROPPED_KINDS }, (_, kind) =>
      create(kind, kind === HOT_KIND ? HOT_LIMIT : 0, DROP_PRICE),
    ),
    create(COMMON_KIND, 0, 0n),
    create(CRAFTED_KIND, 0, 0n),
    draft('setRecipe', { kind: CRAFTED_KIND, input: COMMON_KIND, count: INGREDIENTS }),
  ];
  for (let first = 0; first < world.accounts; first += MAX_RANGE) {
    const count = Math.min(MAX_RANGE, world.accounts - first);
    drafts.push(draft('mintRange', { kind: COMMON_KIND, first, count, each: ITEMS_EACH }));
  }
  return drafts;
}
