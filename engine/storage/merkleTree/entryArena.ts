import { assert } from '../../base/assert.ts';

const FIRST_WORDS = 1024;
/** Waste below this is left alone. */
const LEAST_WASTE = 1 << 16;

/**
 * Keys and values, each pair in one run of words: the two lengths, then the bytes. Runs given back are handed out again for pairs of
 * the same size; when half of everything is waste, whoever owns the arena moves what lives into a new one.
 */
export class EntryArena {
  private words = new Uint32Array(FIRST_WORDS);
  private bytes = new Uint8Array(this.words.buffer);
  private end = 0;
  private live = 0;
  private readonly freeBySize = new Map<number, number[]>();

  /** Bytes of the entries that live, their lengths among them. */
  get liveBytes(): number {
    return 4 * this.live;
  }

  get allocatedBytes(): number {
    return this.words.byteLength;
  }

  get isWasteful(): boolean {
    const waste = this.end - this.live;
    return waste > LEAST_WASTE && waste > this.live;
  }

  /** The place of a pair. */
  put(key: Uint8Array, value: Uint8Array): number {
    const size = wordsFor(key.length, value.length);
    const place = this.freeBySize.get(size)?.pop() ?? this.append(size);
    this.live += size;
    this.words[place] = key.length;
    this.words[place + 1] = value.length;
    this.bytes.set(key, 4 * place + 8);
    this.bytes.set(value, 4 * place + 8 + key.length);
    return place;
  }

  /** Another value for the pair at a place; answers where it is now. */
  replace(place: number, value: Uint8Array): number {
    const keyLength = this.words[place]!;
    const size = wordsFor(keyLength, this.words[place + 1]!);
    if (wordsFor(keyLength, value.length) === size) {
      this.words[place + 1] = value.length;
      this.bytes.set(value, 4 * place + 8 + keyLength);
      return place;
    }
    const key = this.keyAt(place).slice();
    this.drop(place);
    return this.put(key, value);
  }

  drop(place: number): void {
    const size = wordsFor(this.words[place]!, this.words[place + 1]!);
    this.live -= size;
    const free = this.freeBySize.get(size);
    if (free === undefined) this.freeBySize.set(size, [place]);
    else free.push(place);
  }

  /** A view, valid until the next change. */
  keyAt(place: number): Uint8Array {
    const start = 4 * place + 8;
    return this.bytes.subarray(start, start + this.words[place]!);
  }

  /** A view, valid until the next change. */
  valueAt(place: number): Uint8Array {
    const start = 4 * place + 8 + this.words[place]!;
    return this.bytes.subarray(start, start + this.words[place + 1]!);
  }

  valueLengthAt(place: number): number {
    return this.words[place + 1]!;
  }

  /** Copies a value's bytes. */
  copyValue(place: number, into: Uint8Array, at: number): void {
    const { bytes } = this;
    const start = 4 * place + 8 + this.words[place]!;
    const length = this.words[place + 1]!;
    for (let i = 0; i < length; i++) into[at + i] = bytes[start + i]!;
  }

  private append(size: number): number {
    const place = this.end;
    this.end += size;
    assert(this.end < 2 ** 32, 'a place in the arena is one word', { end: this.end });
    if (this.end > this.words.length) {
      const words = new Uint32Array(Math.max(this.end + FIRST_WORDS, Math.ceil(this.end * 1.25)));
      words.set(this.words);
      this.words = words;
      this.bytes = new Uint8Array(words.buffer);
    }
    return place;
  }
}

function wordsFor(keyLength: number, valueLength: number): number {
  return 2 + ((keyLength + valueLength + 3) >>> 2);
}
