import type { CommittedState, StateChange } from '../../storage/contract.ts';
import { type BlockMemory, clearMemory, CONTROL } from './blockMemory.ts';
import { KeyTable } from './keyTable.ts';
import { MEMORY_FULL } from './signals.ts';

/** Fills an empty memory with a committed state. Cost: about 0.1 µs a key. Throws MEMORY_FULL. */
export function loadState(memory: BlockMemory, state: CommittedState): void {
  clearMemory(memory);
  const keys = new KeyTable(memory);
  for (const { key, value } of state.entries()) place(memory, keys.intern(key, key.length), value);
}

/** Moves the committed state in memory over a block's changes, forwards or backwards. Throws MEMORY_FULL. */
export function applyChanges(memory: BlockMemory, changes: readonly StateChange[], backwards = false): void {
  const keys = new KeyTable(memory);
  for (const change of changes) {
    const value = backwards ? change.before : change.after;
    const key = keys.intern(change.key, change.key.length);
    if (value === null) memory.i32[memory.layout.keyBase + key] = 0;
    else place(memory, key, value);
  }
}

function place(memory: BlockMemory, key: number, value: Uint32Array): void {
  const { i32, u32, layout } = memory;
  // A base outside the state arena was put there by a block (the fast sequential arm): take a new place.
  let at = i32[layout.keyBase + key]!;
  if (at === 0 || at >= layout.arena) {
    at = i32[CONTROL.stateNext]!;
    if (at + value.length > layout.state + layout.size.stateWords) throw MEMORY_FULL;
    i32[CONTROL.stateNext] = at + value.length;
    i32[layout.keyBase + key] = at;
  }
  u32.set(value, at);
}
