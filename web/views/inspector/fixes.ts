import type { BlockRun, DraftJson, KeyInfo, TransactionSummary } from '../../../engine/api/index.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { type Phrase, phrase } from '../../lib/phrase.ts';
import { unshardedKey, whyNotSplit } from '../../lib/realBlockWords.ts';
import { keyFromText } from '../../lib/stateWords.ts';
import { keyLink } from './explain.ts';
import { keyIndexOf, waitsAt } from './facts.ts';

/** Something to do about it, and why it would help; `none` explains where nothing would. */
export type Fix =
  | { readonly kind: 'splitPool'; readonly label: string; readonly why: Phrase; readonly pool: number }
  | {
      readonly kind: 'splitKey';
      readonly label: string;
      readonly why: Phrase;
      readonly key: string;
    }
  | {
      readonly kind: 'feeRecipient' | 'granularity' | 'coolDown';
      readonly label: string;
      readonly why: Phrase;
    }
  | {
      readonly kind: 'edit';
      readonly label: string;
      readonly why: Phrase;
      readonly draft: DraftJson;
      readonly note: string;
    }
  | { readonly kind: 'none'; readonly label: ''; readonly why: Phrase };

const LANE_SIZE = 0x800000;
const EXCHANGE_LANE = 2;
const EXCHANGE_ACCOUNTS = 0x80000000 + EXCHANGE_LANE * LANE_SIZE;
const POOL_WAYS = 4;
const MAX_GAS_LIMIT = 50_000_000;

/** A crowd worth splitting: fewer meeting there gain little. */
const CROWD = 3;

/** What would keep transactions from meeting at this key, from facts of the run. */
export function fixesForKey(run: BlockRun, key: KeyInfo): readonly Fix[] {
  const table = `${key.module}/${key.table}`;
  const touched = transactionsAt(run, key.text);
  const total = run.metrics.transactions;
  const fixes: Fix[] = [];
  if (run.execution.granularity === 'account' && table !== 'kernel/fees') {
    fixes.push({
      kind: 'granularity',
      label: text.fixes.granularity.action,
      why: [text.fixes.granularity.why],
    });
  }
  if (table === 'kernel/fees') {
    if (run.execution.feeRecipient === 'exempt') return fixes;
    return [
      { kind: 'feeRecipient', label: text.fixes.feeRecipient.action, why: [text.fixes.feeRecipient.why] },
    ];
  }
  const pool = poolOf(key);
  if (pool !== undefined && touched >= CROWD) {
    const link = keyLink(keyFromText(`amm/pools/${pool}`));
    fixes.push({
      kind: 'splitPool',
      pool,
      label: text.fixes.splitPool.action.replace('{pool}', `pool ${pool}`),
      why: phrase(text.fixes.splitPool.why, { pool: link, count: touched, total }),
    });
  }
  if (pool === undefined && table === 'bank/balances' && run.traffic.hotPermille > 0 && touched >= CROWD) {
    const why = phrase(text.fixes.coolDown.why, { key: keyLink(key), count: touched, total });
    fixes.push({ kind: 'coolDown', label: text.fixes.coolDown.action, why });
  }
  if (key.module === 'ethereum' && waitsAt(run, key.text) >= CROWD - 1) {
    const fixed = whyNotSplit(key.text, run.execution.granularity);
    if (fixed !== null) return [...fixes, { kind: 'none', label: '', why: [fixed] }];
    const why = phrase(text.fixes.splitKey.why, { key: keyLink(key), count: touched, total });
    fixes.push({ kind: 'splitKey', label: text.fixes.splitKey.action, why, key: unshardedKey(key.text) });
  }
  if (table === 'kernel/accounts') fixes.push({ kind: 'none', label: '', why: [text.fixes.nonce.why] });
  return fixes;
}

/** Ways in which {@link fixesForKey} splits a pool. */
export const splitWays = POOL_WAYS;

/** What would let a transaction that failed succeed, as a draft to look at before it is sent. */
export function fixesForFailure(of: TransactionSummary): readonly Fix[] {
  const draft = draftOf(of);
  if (of.status === 'outOfGas' && of.gasLimit < MAX_GAS_LIMIT) {
    const gasLimit = Math.min(of.gasLimit * 2, MAX_GAS_LIMIT);
    return [
      {
        kind: 'edit',
        label: text.fixes.moreGas.action,
        why: phrase(text.fixes.moreGas.why, { limit: String(of.gasLimit) }),
        draft: { ...draft, gasLimit },
        note: text.fixNote.moreGas,
      },
    ];
  }
  const code = of.error?.split('/')[1] ?? '';
  if (code.startsWith('slippage')) return editArguments(draft, 'loosen', loosest(draft));
  if (code === 'expired') {
    return editArguments(draft, 'deadline', (name) => (name === 'deadline' ? MAX_UINT32 : undefined));
  }
  return [];
}

const MAX_UINT32 = 0xffffffff;

function editArguments(
  draft: DraftJson,
  fix: 'loosen' | 'deadline',
  change: (name: string) => unknown,
): readonly Fix[] {
  const changed = Object.keys(draft.args).filter((name) => change(name) !== undefined);
  if (changed.length === 0) return [];
  const args = { ...draft.args, ...Object.fromEntries(changed.map((name) => [name, change(name)])) };
  const { action, why } = text.fixes[fix];
  return [{ kind: 'edit', label: action, why: [why], draft: { ...draft, args }, note: text.fixNote[fix] }];
}

/** "At least" limits go to nothing, "at most" limits to the most that can be written for them. */
function loosest(draft: DraftJson): (name: string) => unknown {
  return (name) => {
    if (typeof draft.args[name] !== 'string') return undefined;
    if (/^min|Min$/.test(name)) return '0';
    return /^max|Max$/.test(name) ? (2n ** 128n - 1n).toString() : undefined;
  };
}

/** A past transaction as a draft; its nonce is given anew. */
export function draftOf(of: TransactionSummary): DraftJson {
  return {
    sender: of.sender,
    module: of.module,
    name: of.name,
    args: of.args,
    work: of.work,
    gasLimit: of.gasLimit,
    gasPrice: of.gasPrice,
  };
}

/** The pool that a key belongs to: its record, or a balance of its vault. */
function poolOf(key: KeyInfo): number | undefined {
  const last = Number(key.parts.at(-1));
  if (key.module === 'amm' && key.table === 'pools') return last;
  // The exchange's accounts: 2^31, eight bits of lane, then the pool.
  if (key.module !== 'bank' || key.table !== 'balances' || last < EXCHANGE_ACCOUNTS) return undefined;
  const pool = last - EXCHANGE_ACCOUNTS;
  return pool < LANE_SIZE ? pool : undefined;
}

function transactionsAt(run: BlockRun, keyText: string): number {
  const index = keyIndexOf(run, keyText);
  const hot = run.graph.hotKeys.find((candidate) => candidate.key === index);
  if (hot !== undefined) return hot.transactions;
  const { graph } = run;
  const touching = new Set<number>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.key[edge] !== index) continue;
    touching.add(graph.from[edge]!);
    touching.add(graph.to[edge]!);
  }
  return touching.size;
}
