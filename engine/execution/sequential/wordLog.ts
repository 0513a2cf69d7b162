const CHUNK_WORDS = 4096;
const NOTHING = new Uint32Array(0);

/**
 * Keeps copies of short runs of words together in a few arrays: an array for each of them would cost more
 * than the words. What is kept never changes, and goes when all of it is forgotten.
 */
export class WordLog {
  private chunk = NOTHING;
  private used = 0;

  /** A copy of the first `count` words. */
  keep(source: Uint32Array, count: number): Uint32Array {
    if (count === 0) return NOTHING;
    if (this.used + count > this.chunk.length) {
      this.chunk = new Uint32Array(Math.max(CHUNK_WORDS, count));
      this.used = 0;
    }
    const { chunk, used } = this;
    for (let i = 0; i < count; i++) chunk[used + i] = source[i]!;
    this.used = used + count;
    return chunk.subarray(used, used + count);
  }
}
