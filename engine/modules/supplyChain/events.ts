import { account, event, u16, u32, u8 } from '../../moduleSdk/index.ts';

const item = { maker: account(), serial: u32() };

export const itemCreated = event('supplyChain/create', { ...item, batch: u32() });
export const custodyPassed = event('supplyChain/pass', { ...item, from: account(), to: account() });
export const readingRecorded = event('supplyChain/reading', {
  ...item,
  by: account(),
  quantity: u8(),
  value: u32(),
});
export const recalled = event('supplyChain/recall', {
  maker: account(),
  batch: u32(),
  items: u32('count'),
  reason: u16(),
});
