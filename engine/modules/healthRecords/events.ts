import { account, event, u16, u32, u256 } from '../../moduleSdk/index.ts';

export const stored = event('healthRecords/store', {
  patient: account(),
  record: u32(),
  author: account(),
  contentHash: u256('word'),
});
export const keyShared = event('healthRecords/shareKey', {
  patient: account(),
  record: u32(),
  reader: account(),
});
export const granted = event('healthRecords/grant', {
  patient: account(),
  reader: account(),
  purpose: u16(),
  until: u32('seconds'),
});
export const withdrawn = event('healthRecords/withdraw', {
  patient: account(),
  reader: account(),
  purpose: u16(),
});
/** A reader got what opens a record: the blob is found by `contentHash`. */
export const readGranted = event('healthRecords/read', {
  patient: account(),
  record: u32(),
  reader: account(),
  purpose: u16(),
  access: u32(),
  contentHash: u256('word'),
});
export const readerKeyPublished = event('healthRecords/publishKey', { reader: account(), key: u256('word') });
