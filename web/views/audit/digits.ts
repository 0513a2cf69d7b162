/** A few hex digits of a root and of what it is held against, side by side. */
export interface DigitGroup {
  /** Place of its first digit. */
  readonly at: number;
  readonly left: string;
  readonly right: string;
  /** Of each digit, whether both agree. */
  readonly same: readonly boolean[];
}

/** Two roots in groups of `size` digits. The shorter one ends where it ends: what is missing agrees with nothing. */
export function digitGroups(left: string, right: string, size = 4): readonly DigitGroup[] {
  const count = Math.ceil(Math.max(left.length, right.length) / size);
  return Array.from({ length: count }, (_, i) => {
    const at = i * size;
    const a = left.slice(at, at + size);
    const b = right.slice(at, at + size);
    const same = Array.from({ length: Math.max(a.length, b.length) }, (_d, digit) => a[digit] === b[digit]);
    return { at, left: a, right: b, same };
  });
}

/** How many digits of two roots differ. */
export function differing(left: string, right: string): number {
  return digitGroups(left, right).reduce((sum, { same }) => sum + same.filter((one) => !one).length, 0);
}

/** A hash as it can be told from another at a glance. */
export function shortHash(hash: string): string {
  return hash.length <= 10 ? hash : `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}
