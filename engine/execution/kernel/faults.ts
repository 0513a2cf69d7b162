import { assert } from '../../base/assert.ts';
import type { FaultKind, LaneFault } from '../../types/laneFault.ts';
import { type BlockMemory, CONTROL, FAULT_WORDS, MOST_FAULTS } from './blockMemory.ts';

/** What is wrong with a lane, as a number; 0 is nothing. */
export const FAULT: Readonly<Record<FaultKind, number>> = { halted: 1, panic: 2, storageFull: 3, slow: 4 };
const LANES = 256;

/** Writes a block's faults into its memory. */
export function writeFaults({ i32, layout }: BlockMemory, faults: readonly LaneFault[]): void {
  assert(faults.length <= MOST_FAULTS, 'a block has few faults', { faults: faults.length });
  i32[CONTROL.faultCount] = faults.length;
  faults.forEach(({ lane, kind, fromIndex, factor = 1 }, i) => {
    i32.set([lane, FAULT[kind], fromIndex, factor], layout.faults + i * FAULT_WORDS);
  });
}

/** The faults in force for one transaction after another; one an executor. */
export class FaultsInForce {
  /** By lane; see {@link FAULT}. */
  private readonly kinds = new Uint8Array(LANES);
  /** Lane and kind of each fault of the block as it held last; kind 0 where it did not hold yet. */
  private readonly seen = new Int32Array(2 * MOST_FAULTS);
  private seenCount = 0;
  private readonly i32: Int32Array;
  private readonly at: number;
  /** Whether anything is wrong anywhere: most blocks need not look further. */
  any = false;
  /** Whether some lane's storage is full. */
  anyFull = false;

  constructor({ i32, layout }: BlockMemory) {
    this.i32 = i32;
    this.at = layout.faults;
  }

  /** What holds for transaction `index` of the block in memory. Later faults of a lane replace earlier ones. */
  load(index: number): void {
    const { i32, kinds } = this;
    const count = i32[CONTROL.faultCount]!;
    if ((count === 0 && !this.any) || this.sameAsBefore(count, index)) return;
    kinds.fill(0);
    this.any = false;
    this.anyFull = false;
    for (let i = 0; i < count; i++) {
      const place = this.at + i * FAULT_WORDS;
      if (index < i32[place + 2]!) continue;
      kinds[i32[place]!] = i32[place + 1]!;
      this.any = true;
    }
    this.anyFull = kinds.includes(FAULT.storageFull);
  }

  /**
   * Whether the faults that hold for transaction `index` are those that {@link kinds} says already, and remembers them: they
   * change once or twice a block, and clearing the table for each transaction would cost a third of a small one.
   */
  private sameAsBefore(count: number, index: number): boolean {
    const { i32, seen } = this;
    let same = this.seenCount === count;
    this.seenCount = count;
    for (let i = 0; i < count; i++) {
      const place = this.at + i * FAULT_WORDS;
      const lane = i32[place]!;
      const kind = index < i32[place + 2]! ? 0 : i32[place + 1]!;
      if (seen[2 * i] === lane && seen[2 * i + 1] === kind) continue;
      seen[2 * i] = lane;
      seen[2 * i + 1] = kind;
      same = false;
    }
    return same;
  }

  kindOf(lane: number): number {
    return this.kinds[lane]!;
  }

  /** How many times as long work takes in this lane. */
  factorOf(lane: number): number {
    if (this.kinds[lane] !== FAULT.slow) return 1;
    for (let i = this.i32[CONTROL.faultCount]! - 1; i >= 0; i--) {
      const place = this.at + i * FAULT_WORDS;
      if (this.i32[place] === lane && this.i32[place + 1] === FAULT.slow) return this.i32[place + 3]!;
    }
    return 1;
  }
}

/**
 * Nanoseconds by which a slow lane delays a transaction of this lane and place that declares so much work, on a clock on
 * which a round takes one. 0 where nothing is slow.
 */
export function delayOf(
  faults: readonly LaneFault[] | undefined,
  lane: number,
  index: number,
  work: number,
): number {
  if (faults === undefined) return 0;
  const inForce = faults.filter((fault) => fault.lane === lane && index >= fault.fromIndex).at(-1);
  return inForce?.kind === 'slow' ? work * ((inForce.factor ?? 1) - 1) : 0;
}
