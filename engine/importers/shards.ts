/** Deals the writers of split keys out to shards, in turn: the first to shard 0, the next to shard 1, and so on. */
export class Shards {
  private readonly ways: ReadonlyMap<number, number>;
  private readonly dealt = new Map<number, number>();

  /** `ways`: number of a key to its shards. */
  constructor(ways: ReadonlyMap<number, number>) {
    this.ways = ways;
  }

  /** The shard of a key's next writer; 0 where nobody split it. */
  next(key: number): number {
    const ways = this.ways.get(key);
    if (ways === undefined) return 0;
    const place = this.dealt.get(key) ?? 0;
    this.dealt.set(key, place + 1);
    return place % ways;
  }
}

/** A list in pieces of at most so many items. */
export function inPieces<T>(items: readonly T[], most: number): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < items.length; at += most) pieces.push(items.slice(at, at + most));
  return pieces;
}
