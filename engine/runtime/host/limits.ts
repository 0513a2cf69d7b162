import type { SettingLimits } from '../../api/index.ts';
import { MAX_U32 } from '../../base/integerMath.ts';
import { MAX_WORK } from '../../chain/draft.ts';
import { MAX_WORKERS } from '../../execution/kernel/blockMemory.ts';

/** Limits of every knob, as they are enforced and described. Both ends are allowed. */
export const LIMITS = {
  seed: { min: 0, max: MAX_U32 },
  accounts: { min: 2, max: 10_000 },
  assets: { min: 1, max: 16 },
  pools: { min: 0, max: 64 },
  transactionsPerBlock: { min: 1, max: 10_000 },
  swapPermille: { min: 0, max: 1000 },
  hotPermille: { min: 0, max: 1000 },
  skewPermille: { min: 0, max: 1000 },
  work: { min: 0, max: MAX_WORK },
  /** Of a workload, and of all together. */
  share: { min: 0, max: 1000 },
  gasTarget: { min: 100_000, max: 2_000_000_000 },
  keyGasCap: { min: 0, max: 4_000_000_000 },
  /** Blocks until a standby takes over. */
  standby: { min: 1, max: 1000 },
  realCores: { min: 1, max: 32 },
  virtualCores: { min: 1, max: MAX_WORKERS },
  scheduleSeed: { min: 0, max: MAX_U32 },
} as const satisfies SettingLimits;

export type Knob = keyof typeof LIMITS;

/** Actions in one call, and recorded in one block, at most. */
export const MAX_ACTIONS = 64;
/** Letters of a branch's label, at most. */
export const MAX_LABEL = 120;

/**
 * Gas of a block; beyond it the block is cut. About four seconds of work on one core, and just
 * below what 32 bits hold.
 */
export const BLOCK_GAS_LIMIT = 4_000_000_000;
