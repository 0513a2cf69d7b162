import { assert } from '../../base/assert.ts';

/** Records that a pool starts with, and at least gains when it grows; it grows by a quarter, which bounds what stands empty. */
const FIRST_RECORDS = 64;
const MOST_RECORDS = 2 ** 30;

/** Records of a fixed number of words in one array; those given back are handed out again. */
export class RecordPool {
  readonly recordWords: number;
  /** All records' words; another array after {@link take} made room. */
  words: Uint32Array;
  /** The same memory as bytes. */
  bytes: Uint8Array;
  /** Records in use. */
  live = 0;
  /** Records ever in use. */
  private used = 0;
  /** Number of the first free record and one: each free record's first word leads to the next. */
  private free = 0;

  constructor(recordWords: number) {
    this.recordWords = recordWords;
    this.words = new Uint32Array(FIRST_RECORDS * recordWords);
    this.bytes = new Uint8Array(this.words.buffer);
  }

  /** Records that there is room for. */
  get capacity(): number {
    return this.words.length / this.recordWords;
  }

  /** A record's number; its words hold whatever was there before. */
  take(): number {
    this.live++;
    if (this.free !== 0) {
      const record = this.free - 1;
      this.free = this.words[record * this.recordWords]!;
      return record;
    }
    const record = this.used++;
    if (this.used * this.recordWords > this.words.length) this.grow();
    return record;
  }

  giveBack(record: number): void {
    this.words[record * this.recordWords] = this.free;
    this.free = record + 1;
    this.live--;
  }

  private grow(): void {
    const records = Math.max(this.used + FIRST_RECORDS, Math.ceil(this.used * 1.25));
    assert(records <= MOST_RECORDS, 'a tree has less than 2^30 nodes', { records });
    const words = new Uint32Array(records * this.recordWords);
    words.set(this.words);
    this.words = words;
    this.bytes = new Uint8Array(words.buffer);
  }
}
