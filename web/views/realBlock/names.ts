import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { shortAddress } from '../../lib/realBlockWords.ts';

/** What an address is known by, else its ends. */
export function addressName(address: string): string {
  return text.wellKnown[address] ?? shortAddress(address);
}

/** Whose balance a key is, with its address where it has a name, too. */
export function recipientName(key: string): string {
  const address = /0x[0-9a-f]{40}/.exec(key)?.[0];
  if (address === undefined) return key;
  const name = text.wellKnown[address];
  return name === undefined ? shortAddress(address) : `${name} (${shortAddress(address)})`;
}
