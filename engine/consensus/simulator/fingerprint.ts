import { ByteWriter, toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';

/**
 * A running fingerprint of whole numbers in their order: equal runs, equal fingerprints. Mixed as MurmurHash3 (Appleby) mixes, since there are
 * millions; SHA-256 only at the end. No protection against somebody who wants two runs to have one.
 */
export class Fingerprint {
  private a = 0x9747b28c;
  private b = 0x2f3a1c5d;
  private c = 0x7b1f6a29;
  private d = 0x51c0e8b3;
  private count = 0;

  add(first: number, second: number, third: number, fourth: number): void {
    this.a = mixed(this.a, first, 0x239b961b) + this.b;
    this.b = mixed(this.b, second, 0xab0e9789 | 0) + this.c;
    this.c = mixed(this.c, third, 0x38b34ae5) + this.d;
    this.d = mixed(this.d, fourth, 0xa1e38b93 | 0) + this.a;
    this.count++;
  }

  /** 64 hex digits. */
  text(): string {
    const out = new ByteWriter(24);
    for (const word of [this.a, this.b, this.c, this.d, Math.floor(this.count / 2 ** 32), this.count]) {
      out.u32(word >>> 0);
    }
    return toHex(sha256(out.view()));
  }

  copy(): Fingerprint {
    return Object.assign(new Fingerprint(), this);
  }
}

function mixed(state: number, word: number, factor: number): number {
  let k = Math.imul(word, factor);
  k = (k << 15) | (k >>> 17);
  const h = state ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}
