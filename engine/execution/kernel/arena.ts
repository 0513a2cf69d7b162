import { type BlockMemory, CONTROL } from './blockMemory.ts';
import { MEMORY_FULL } from './signals.ts';

const CHUNK_WORDS = 2048;
const NODE_CHUNK = 64;

/** A worker's way to block memory: it takes chunks from the shared arena and cuts them up alone. */
export class Arena {
  private next = 0;
  private end = 0;
  private nodeNext = 0;
  private nodeEnd = 0;
  private readonly i32: Int32Array;
  private readonly arenaEnd: number;
  private readonly nodesEnd: number;
  private readonly nodeWords: number;

  constructor(memory: BlockMemory, nodeWords: number) {
    this.i32 = memory.i32;
    this.arenaEnd = memory.layout.arena + memory.layout.size.arenaWords;
    this.nodesEnd = memory.layout.nodes + memory.layout.size.nodes * nodeWords;
    this.nodeWords = nodeWords;
  }

  /** Forgets its chunks: the block's memory was reset. */
  reset(): void {
    this.next = this.end = this.nodeNext = this.nodeEnd = 0;
  }

  /** Place of `words` fresh words, not zeroed. Throws MEMORY_FULL. */
  take(words: number): number {
    if (this.next + words > this.end) {
      const chunk = Math.max(CHUNK_WORDS, words);
      this.next = Atomics.add(this.i32, CONTROL.arenaNext, chunk);
      this.end = this.next + chunk;
      if (this.end > this.arenaEnd) {
        this.end = this.next;
        throw MEMORY_FULL;
      }
    }
    const at = this.next;
    this.next += words;
    return at;
  }

  takeNode(): number {
    if (this.nodeNext === this.nodeEnd) {
      const words = NODE_CHUNK * this.nodeWords;
      this.nodeNext = Atomics.add(this.i32, CONTROL.nodeNext, words);
      this.nodeEnd = this.nodeNext + words;
      if (this.nodeEnd > this.nodesEnd) {
        this.nodeEnd = this.nodeNext;
        throw MEMORY_FULL;
      }
    }
    const at = this.nodeNext;
    this.nodeNext += this.nodeWords;
    return at;
  }
}
