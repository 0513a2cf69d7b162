/** What can be wrong with a module's lane. */
export type FaultKind = 'halted' | 'panic' | 'storageFull' | 'slow';

/** Something that is wrong with a lane during a block, known before the block is executed. */
export interface LaneFault {
  /** Number of the lane, 1 to 255. */
  readonly lane: number;
  readonly kind: FaultKind;
  /** txIndex from which it holds: a module may fail in the middle of a block. */
  readonly fromIndex: number;
  /** Of a slow lane: how many times as long the declared work of its transactions takes. */
  readonly factor?: number;
}
