import type { Invariant, StateReader } from '../../moduleSdk/index.ts';
import { balances, NATIVE, tokens, totals } from './state.ts';

/** What is held of everything that was handed out at genesis. */
function held(state: StateReader): Map<bigint, bigint> {
  const sums = new Map<bigint, bigint>();
  const add = (token: bigint, amount: bigint) => sums.set(token, (sums.get(token) ?? 0n) + amount);
  for (const [, amount] of state.entries(balances)) add(NATIVE, amount);
  for (const [[token], amount] of state.entries(tokens)) add(token, amount);
  return sums;
}

const totalsAreHeld: Invariant = {
  name: 'totalsAreHeld',
  statement:
    'Of everything that was handed out at genesis, the balances still add up to that. (An access list does not say who holds the rest, so its balances have no total.)',
  check: (state) => {
    const expected = [...state.entries(totals)];
    if (expected.length === 0) return undefined;
    const sums = held(state);
    for (const [[token], total] of expected) {
      const sum = sums.get(token) ?? 0n;
      if (sum !== total) {
        return `Balances of 0x${token.toString(16)} add up to ${sum}, but ${total} was handed out.`;
      }
    }
    return undefined;
  },
};

export const invariants: readonly Invariant[] = [totalsAreHeld];
