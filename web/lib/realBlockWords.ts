import type { ImportReport } from '../../engine/api/index.ts';
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

/** Why a key cannot be spread over shards; null where it can. */
export function whyNotSplit(key: string): string | null {
  const [module, table] = key.split('/');
  if (module === 'kernel' || table === 'nonces') return text.noSplitNonce;
  return table === 'code' ? text.noSplitCode : null;
}

function middle(name: string, most: number): string {
  if (name.length <= most) return name;
  const tail = Math.floor((most - 1) / 3);
  return `${name.slice(0, most - 1 - tail)}…${name.slice(-tail)}`;
}
