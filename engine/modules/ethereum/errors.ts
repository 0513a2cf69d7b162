import { moduleError, u256 } from '../../moduleSdk/index.ts';

export const insufficientBalance = moduleError(
  'ethereum/insufficient_balance',
  'There is {balance}, but {amount} is needed.',
  { balance: u256(), amount: u256() },
);
export const unknownPlace = moduleError(
  'ethereum/unknown_place',
  'A change is to a balance (0), a nonce (1), a code (2) or a slot of storage (3).',
  {},
);
