import type { ExecutionSettings, ImportReport } from '../../engine/api/index.ts';
import { realBlockText as text } from './messages/realBlock.ts';
import { format } from './messages.ts';
import { keyFromText, keyWords } from './stateWords.ts';

/** What an imported block is called: by its number, or by its file where the file does not say one. */
export function importTitle({ block, reference }: ImportReport): string {
  return block === null
    ? format(text.titleOfFile, { name: middle(reference.name, 28) })
    : format(text.titleOfBlock, { block: block.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f') });
}

/** An address by its ends: 0x9522…afe5. */
export function shortAddress(address: string): string {
  return address.length <= 13 ? address : `${address.slice(0, 6)}…${address.slice(-4)}`;
}

/** A key of an imported block in a few words, addresses by their names where they have one. */
export function blockKeyWords(key: string): string {
  const words = keyWords(keyFromText(key));
  const address = /0x[0-9a-f]{40}/.exec(key)?.[0];
  const name = address === undefined ? undefined : text.wellKnown[address];
  return name === undefined ? words : words.replace(shortAddress(address!), name);
}

/** A key as a list has it: whose it is, then what; names and ends for addresses. */
export function listedKeyWords(key: string): string {
  const [module = '', table = '', ...parts] = key.split('/');
  const template = text.keyShort[`${module}/${table}`];
  if (template === undefined) return blockKeyWords(key);
  const [first = '', second = ''] = parts.map((part) => text.wellKnown[part] ?? shortAddress(part));
  const words = format(template, { first, second });
  const shard = parts.length > 1 ? parts.at(-1)! : '0';
  return shard === '0' ? words : format(text.keyShard, { key: words, shard });
}

/** A table whose keys end with the number of a shard. */
const SHARDED = /^ethereum\/(balances|storage|tokens|targets)\//;

/** A key's text with shard 0 in place of its own. */
export function unshardedKey(key: string): string {
  return SHARDED.test(key) ? key.replace(/\/\d+$/, '/0') : key;
}

/**
 * Why spreading a key over shards is impossible, or brings nothing; null where it is worth trying. Where conflicts are
 * tracked by account, the shards of an address are one again.
 */
export function whyNotSplit(key: string, granularity: ExecutionSettings['granularity']): string | null {
  const [module, table] = key.split('/');
  if (module === 'kernel' || table === 'nonces') return text.noSplitNonce;
  if (table === 'code') return text.noSplitCode;
  return granularity === 'account' ? text.noSplitAccount : null;
}

function middle(name: string, most: number): string {
  if (name.length <= most) return name;
  const tail = Math.floor((most - 1) / 3);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(-tail)}`;
}
