/**
 * What a store may throw through a transaction. Frozen and made once: a module never catches, so
 * these pass through it untouched, and making an Error for each would cost more than the transaction.
 */

/** The key's value is being made again by an earlier transaction: wait for it. */
export const ESTIMATE = Object.freeze({ signal: 'estimate' });
/** Virtual cores only: the read has not been granted yet; the function is run again when it is. */
export const PAUSED = Object.freeze({ signal: 'paused' });
/** The module declined; code and data lie in the context. */
export const REVERT = Object.freeze({ signal: 'revert' });
/** A fault of the module's lane makes its code fail: like any other thing it might throw. */
export const LANE_PANIC = Object.freeze({ signal: 'lanePanic' });
export const OUT_OF_GAS = Object.freeze({ signal: 'outOfGas' });
/** A per-transaction capacity of the kernel was exceeded: deterministic, the transaction's own fault. */
export const OVER_CAPACITY = Object.freeze({ signal: 'overCapacity' });
/** Module lanes: the transaction touches a lane it has not declared; the block is run again, nothing is decided. */
export const LANE_MISS = Object.freeze({ signal: 'laneMiss' });
/** The block's memory is too small: the block is run again in a larger one, nothing is decided. */
export const MEMORY_FULL = Object.freeze({ signal: 'memoryFull' });

/** Whether something thrown is the store's word to the executor, and not the transaction's own end. */
export function isStoreSignal(thrown: unknown): boolean {
  return thrown === ESTIMATE || thrown === PAUSED || thrown === MEMORY_FULL || thrown === LANE_MISS;
}
