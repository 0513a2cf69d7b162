const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

/** Lower-case hex, two digits a byte, no prefix. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += HEX[bytes[i]!];
  return text;
}

/** The bytes of a hex text (an optional `0x` is accepted), or `undefined` when it is not hex. */
export function fromHex(text: string): Uint8Array | undefined {
  const digits = text.startsWith('0x') ? text.slice(2) : text;
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** Negative, zero or positive as `a` sorts before, with or after `b`, byte by byte. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const d = a[i]! - b[i]!;
    if (d !== 0) return d;
  }
  return a.length - b.length;
}

/** ASCII text as bytes; names in the engine are ASCII by rule. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) & 0x7f;
  return bytes;
}

/** A growing buffer of big-endian integers and bytes: the canonical encoding of digests and keys. */
export class ByteWriter {
  private bytes: Uint8Array;
  private used = 0;

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.used;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.used++] = value;
  }

  u32(value: number): void {
    this.reserve(4);
    this.bytes[this.used++] = value >>> 24;
    this.bytes[this.used++] = value >>> 16;
    this.bytes[this.used++] = value >>> 8;
    this.bytes[this.used++] = value;
  }

  raw(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.used);
    this.used += source.length;
  }

  /** The last `length` bytes of a big-endian integer held as little-endian 32-bit words. */
  words(source: Uint32Array, at: number, count: number): void {
    this.reserve(4 * count);
    const { bytes } = this;
    let next = this.used;
    for (let i = at + count - 1; i >= at; i--) {
      const word = source[i]!;
      bytes[next++] = word >>> 24;
      bytes[next++] = word >>> 16;
      bytes[next++] = word >>> 8;
      bytes[next++] = word;
    }
    this.used = next;
  }

  /** A view of what was written; valid until the next write or reset. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  copy(): Uint8Array {
    return this.bytes.slice(0, this.used);
  }

  reset(): void {
    this.used = 0;
  }

  private reserve(count: number): void {
    if (this.used + count <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.used + count));
    grown.set(this.bytes.subarray(0, this.used));
    this.bytes = grown;
  }
}
