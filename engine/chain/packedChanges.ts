import { keyIdentity, type StateChange } from '../storage/contract.ts';

/** A block's changes in one array of words: a tenth of the room that objects take. */
export type PackedChanges = Uint32Array;

/** Words before each change: those of the key, and those before and after with one added (0: absent). */
const HEADER_WORDS = 3;

export function packChanges(changes: readonly StateChange[]): PackedChanges {
  let words = 0;
  for (const { key, before, after } of changes) {
    words += HEADER_WORDS + key.length + (before?.length ?? 0) + (after?.length ?? 0);
  }
  const packed = new Uint32Array(words);
  let at = 0;
  for (const { key, before, after } of changes) {
    packed[at] = key.length;
    packed[at + 1] = before === null ? 0 : before.length + 1;
    packed[at + 2] = after === null ? 0 : after.length + 1;
    at += HEADER_WORDS;
    for (const part of [key, before, after]) {
      if (part === null) continue;
      for (let i = 0; i < part.length; i++) packed[at++] = part[i]!;
    }
  }
  return packed;
}

/** The changes again, in the order in which they were packed. */
export function unpackChanges(packed: PackedChanges): StateChange[] {
  const changes: StateChange[] = [];
  let at = 0;
  const take = (length: number): Uint32Array => {
    const part = packed.slice(at, at + length);
    at += length;
    return part;
  };
  while (at < packed.length) {
    const keyLength = packed[at]!;
    const before = packed[at + 1]!;
    const after = packed[at + 2]!;
    at += HEADER_WORDS;
    const key = take(keyLength);
    changes.push({
      identity: keyIdentity(key, 0, keyLength),
      key,
      before: before === 0 ? null : take(before - 1),
      after: after === 0 ? null : take(after - 1),
    });
  }
  return changes;
}
