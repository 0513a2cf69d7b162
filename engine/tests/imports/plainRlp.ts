/** RLP the plain way, by recursion: what the strict decoder is held against. */
export type Rlp = Uint8Array | readonly Rlp[];

export function encodeRlp(item: Rlp): Uint8Array {
  if (item instanceof Uint8Array) {
    if (item.length === 1 && item[0]! < 0x80) return item;
    return join([lengthBytes(item.length, 0x80), item]);
  }
  const payload = join(item.map(encodeRlp));
  return join([lengthBytes(payload.length, 0xc0), payload]);
}

function lengthBytes(length: number, base: number): Uint8Array {
  if (length < 56) return Uint8Array.of(base + length);
  const digits = integer(length);
  return Uint8Array.of(base + 55 + digits.length, ...digits);
}

/** A number as RLP writes it: big-endian, no leading zeros, 0 as nothing. */
export function integer(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = BigInt(value); rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 255n));
  return Uint8Array.from(bytes);
}

/** A number in so many bytes. */
export function word(value: number | bigint, length = 32): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(integer(value), length - integer(value).length);
  return bytes;
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Reads RLP that is known to be proper. */
export function decodeRlp(bytes: Uint8Array): Rlp {
  const read = (at: number): [Rlp, number] => {
    const first = bytes[at]!;
    if (first < 0x80) return [bytes.subarray(at, at + 1), at + 1];
    const base = first < 0xc0 ? 0x80 : 0xc0;
    let length = first - base;
    let start = at + 1;
    if (length > 55) {
      start += length - 55;
      length = Number(number(bytes.subarray(at + 1, start)));
    }
    const end = start + length;
    if (base === 0x80) return [bytes.subarray(start, end), end];
    const items: Rlp[] = [];
    for (let next = start; next < end; ) {
      const [item, after] = read(next);
      items.push(item);
      next = after;
    }
    return [items, end];
  };
  return read(0)[0];
}

export function number(bytes: Rlp): bigint {
  return (bytes as Uint8Array).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
