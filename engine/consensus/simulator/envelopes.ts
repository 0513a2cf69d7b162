/** Which nodes have had a message that is handed on among peers; forgotten when its last copy has arrived. */
export class Envelopes {
  private readonly words: number;
  private seen = new Uint32Array(0);
  private copies = new Int32Array(0);
  private free: number[] = [];
  private used = 0;

  constructor(nodes: number) {
    this.words = Math.ceil(nodes / 32);
  }

  /** A new one, which `node` has. */
  open(node: number): number {
    const envelope = this.free.pop() ?? this.used++;
    if (envelope >= this.copies.length) {
      const capacity = Math.max(64, 2 * this.copies.length);
      const copies = new Int32Array(capacity);
      copies.set(this.copies);
      this.copies = copies;
      const seen = new Uint32Array(capacity * this.words);
      seen.set(this.seen);
      this.seen = seen;
    }
    this.seen.fill(0, envelope * this.words, (envelope + 1) * this.words);
    this.copies[envelope] = 0;
    this.markSeen(envelope, node);
    return envelope;
  }

  /** True the first time. */
  markSeen(envelope: number, node: number): boolean {
    const word = envelope * this.words + (node >>> 5);
    const bit = 1 << (node & 31);
    if ((this.seen[word]! & bit) !== 0) return false;
    this.seen[word]! |= bit;
    return true;
  }

  hold(envelope: number): void {
    this.copies[envelope]!++;
  }

  /** A copy is gone, after what it gave rise to was held. */
  release(envelope: number): void {
    if (--this.copies[envelope]! === 0) this.free.push(envelope);
  }

  /** Nobody was near to send it to. */
  closeIfUnsent(envelope: number): void {
    if (this.copies[envelope] === 0) this.free.push(envelope);
  }

  copy(): Envelopes {
    const copy: Envelopes = Object.create(Envelopes.prototype);
    return Object.assign(copy, this, {
      seen: this.seen.slice(),
      copies: this.copies.slice(),
      free: this.free.slice(),
    });
  }
}
