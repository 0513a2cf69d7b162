import { account, moduleError, u32 } from '../../moduleSdk/index.ts';

export const unknownItem = moduleError('supplyChain/unknown_item', 'Maker {maker} has no item {serial}.', {
  maker: account(),
  serial: u32(),
});
export const unknownBatch = moduleError('supplyChain/unknown_batch', 'Maker {maker} has no batch {batch}.', {
  maker: account(),
  batch: u32(),
});
export const batchRecalled = moduleError(
  'supplyChain/batch_recalled',
  'Batch {batch} of maker {maker} was recalled: its items go back to the maker only.',
  { maker: account(), batch: u32() },
);
export const alreadyRecalled = moduleError(
  'supplyChain/already_recalled',
  'Batch {batch} of maker {maker} was recalled before.',
  { maker: account(), batch: u32() },
);
export const notHolder = moduleError('supplyChain/not_holder', 'Account {holder} holds the item.', {
  holder: account(),
});
export const toOneself = moduleError('supplyChain/to_oneself', 'Account {holder} holds the item already.', {
  holder: account(),
});
export const notAPerson = moduleError(
  'supplyChain/not_a_person',
  'Account {account} belongs to a module, which cannot hold goods.',
  { account: account() },
);
