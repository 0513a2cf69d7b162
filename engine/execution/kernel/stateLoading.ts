import type { CommittedState } from '../../storage/contract.ts';
import { type BlockMemory, clearMemory, CONTROL, KEY, KEY_VALUE_WORDS, KEY_WORDS } from './blockMemory.ts';
import { KeyTable } from './keyTable.ts';
import { MEMORY_FULL } from './signals.ts';

/** Fills an empty memory with a committed state. Cost: about 0.1 µs a key. Throws MEMORY_FULL. */
export function loadState(memory: BlockMemory, state: CommittedState): void {
  clearMemory(memory);
  const keys = new KeyTable(memory);
  for (const { key, value } of state.entries()) place(memory, keys.intern(key, key.length), value);
}

function place(memory: BlockMemory, key: number, value: Uint32Array): void {
  const { i32, u32, layout } = memory;
  const record = layout.keys + key * KEY_WORDS;
  let at = record + KEY.value;
  if (value.length > KEY_VALUE_WORDS) {
    at = i32[CONTROL.stateNext]!;
    if (at + value.length > layout.state + layout.size.stateWords) throw MEMORY_FULL;
    i32[CONTROL.stateNext] = at + value.length;
  }
  i32[record + KEY.base] = at;
  u32.set(value, at);
}
