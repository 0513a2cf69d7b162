import { type Table, ValueOutOfRange } from '../../moduleSdk/index.ts';
import { type BlockMemory, CONTROL, KEY, KEY_INLINE_WORDS, KEY_WORDS } from './blockMemory.ts';
import { MEMORY_FULL } from './signals.ts';

/**
 * Keys to run-local numbers: an open-addressing table in shared memory. A key's words are
 * written first, then its number is put into the slot by compare-and-swap; whoever loses takes
 * the winner's number. Keys are never removed while a block runs. Cost: a hash and about 1.5 probes.
 */
export class KeyTable {
  private readonly i32: Int32Array;
  private readonly u32: Uint32Array;
  private readonly slots: number;
  private readonly mask: number;
  private readonly records: number;
  private readonly capacity: number;
  private readonly wordLimit: number;

  constructor(memory: BlockMemory) {
    const { layout } = memory;
    this.i32 = memory.i32;
    this.u32 = memory.u32;
    this.slots = layout.keySlots;
    this.mask = layout.keySlotMask;
    this.records = layout.keys;
    this.capacity = layout.size.keys;
    this.wordLimit = layout.longKeys + layout.size.longKeyWords;
  }

  /** The number of the key whose `count` words stand in `words`; makes one when it is new. */
  intern(words: Uint32Array, count: number): number {
    let hash = words[0]! | 0;
    for (let i = 1; i < count; i++) {
      hash = Math.imul(hash ^ words[i]!, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0x85ebca6b);
    hash ^= hash >>> 13;
    const { i32, slots, mask } = this;
    let slot = hash & mask;
    let fresh = -1;
    for (;;) {
      // A stale zero is corrected by the exchange below.
      let held = i32[slots + slot]!;
      if (held === 0) {
        if (fresh < 0) fresh = this.create(words, count, hash);
        held = Atomics.compareExchange(i32, slots + slot, 0, fresh + 1);
        if (held === 0) return fresh;
      }
      if (this.same(held - 1, words, count, hash)) return held - 1;
      slot = (slot + 1) & mask;
    }
  }

  /** Where the key's words stand. */
  placeOf(key: number): number {
    return this.i32[this.records + key * KEY_WORDS + KEY.place]!;
  }

  /** How many keys there are; a few may be duplicates that lost a race and are never used. */
  get count(): number {
    return Atomics.load(this.i32, CONTROL.keyCount);
  }

  private create(words: Uint32Array, count: number, hash: number): number {
    const { i32, u32 } = this;
    const key = Atomics.add(i32, CONTROL.keyCount, 1);
    // The table holds twice the capacity in slots, so a probe always ends.
    if (key >= this.capacity) throw MEMORY_FULL;
    const record = this.records + key * KEY_WORDS;
    let place = record + KEY.words;
    if (count > KEY_INLINE_WORDS) {
      place = Atomics.add(i32, CONTROL.longKeyNext, count);
      if (place + count > this.wordLimit) throw MEMORY_FULL;
    }
    for (let i = 0; i < count; i++) u32[place + i] = words[i]!;
    i32[record + KEY.hash] = hash;
    i32[record + KEY.place] = place;
    return key;
  }

  private same(key: number, words: Uint32Array, count: number, hash: number): boolean {
    const record = this.records + key * KEY_WORDS;
    if (this.i32[record + KEY.hash] !== hash) return false;
    const place = this.i32[record + KEY.place]!;
    for (let i = 0; i < count; i++) if (this.u32[place + i] !== words[i]) return false;
    return true;
  }
}

/** Writes a key's words into `out` (the table's id first) and returns how many. */
export function fillKeyWords(
  out: Uint32Array,
  table: Table,
  a: number | bigint,
  b: number | bigint,
  c: number | bigint,
): number {
  out[0] = table.id;
  if (table.flatKey) {
    // The hottest lines of all: what the parts' codecs would do, without calling them.
    const { partMax } = table;
    out[1] = fitting(a, partMax[0]!);
    if (partMax.length > 1) out[2] = fitting(b, partMax[1]!);
    if (partMax.length > 2) out[3] = fitting(c, partMax[2]!);
    return table.keyWords;
  }
  let at = 1;
  for (let i = 0; i < table.parts.length; i++) {
    const part = table.parts[i]!;
    part.write(out, at, (i === 0 ? a : i === 1 ? b : c) as never);
    at += part.words;
  }
  return at;
}

function fitting(value: number | bigint, max: number): number {
  if (typeof value !== 'number' || value >>> 0 !== value || value > max) throw new ValueOutOfRange(32);
  return value;
}
