import type { GenesisSettings } from '../api/settings.ts';

/** How much more than its target a block may hold, and how slowly prices follow; both as in EIP-1559. */
export const ELASTICITY = 2;
export const CHANGE_DENOMINATOR = 8;
/** Fine enough that an eighth of it is still a price. */
export const INITIAL_BASE_FEE = 1000;
/** Prices stay below this, so that the bids of people fit 32 bits. */
const MOST_BASE_FEE = 0x7fff_ffff;

/** The one market of a chain with a global base fee. */
export const WHOLE_CHAIN = 0;

/**
 * The base fee of the block after one with `baseFee` that used `gasUsed` of its `target`, in the integers of EIP-1559:
 * at most an eighth up or down, at least one up when more than the target was used. A target of 0 leaves it as it is.
 */
export function nextBaseFee(baseFee: number, gasUsed: number, target: number): number {
  if (gasUsed === target || target === 0) return baseFee;
  const distance = BigInt(Math.abs(gasUsed - target));
  const change = Number((BigInt(baseFee) * distance) / BigInt(target) / BigInt(CHANGE_DENOMINATOR));
  if (gasUsed > target) return Math.min(MOST_BASE_FEE, baseFee + Math.max(change, 1));
  return baseFee - change;
}

/** Base fees by market: {@link WHOLE_CHAIN}, or a lane's number. Empty where each transaction says its own price. */
export type BaseFees = ReadonlyMap<number, number>;

/** The market in which a module of this lane pays for gas. */
export function marketOf(fees: NonNullable<GenesisSettings['fees']>, lane: number): number {
  return fees === 'local' ? lane : WHOLE_CHAIN;
}

/** What a chain's first block asks for. */
export function initialBaseFees(
  fees: NonNullable<GenesisSettings['fees']>,
  lanes: readonly number[],
): BaseFees {
  if (fees === 'fixed') return new Map();
  return new Map(lanes.map((lane) => [marketOf(fees, lane), INITIAL_BASE_FEE]));
}

/**
 * What the next block asks for. With one market, all gas counts against the whole target; with one a lane, each lane's
 * gas against an even part of it, so that the total stays the same.
 */
export function followingBaseFees(
  baseFees: BaseFees,
  gasUsedByLane: ReadonlyMap<number, number>,
  gasTarget: number,
): BaseFees {
  const all = [...gasUsedByLane.values()].reduce((sum, gas) => sum + gas, 0);
  const target = Math.floor(gasTarget / Math.max(1, baseFees.size));
  return new Map(
    [...baseFees].map(([market, fee]) => {
      const used = market === WHOLE_CHAIN ? all : (gasUsedByLane.get(market) ?? 0);
      return [market, nextBaseFee(fee, used, target)];
    }),
  );
}

/**
 * What a unit of gas costs who bids at most `gasPrice` and `tip` above the base fee; undefined while the base fee is
 * above the bid.
 */
export function effectivePrice(gasPrice: number, tip: number, baseFee: number): number | undefined {
  return gasPrice < baseFee ? undefined : baseFee + Math.min(tip, gasPrice - baseFee);
}
