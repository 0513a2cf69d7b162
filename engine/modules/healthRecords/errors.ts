import { account, moduleError, u16, u32 } from '../../moduleSdk/index.ts';

export const unknownRecord = moduleError(
  'healthRecords/unknown_record',
  'Patient {patient} has no record {record}.',
  { patient: account(), record: u32() },
);
export const noConsent = moduleError(
  'healthRecords/no_consent',
  'Patient {patient} has not agreed that {reader} reads for purpose {purpose}, or does not any more.',
  { patient: account(), reader: account(), purpose: u16() },
);
export const consentExpired = moduleError(
  'healthRecords/consent_expired',
  'The consent of patient {patient} held until {until} (seconds).',
  { patient: account(), until: u32('seconds') },
);
export const noKey = moduleError(
  'healthRecords/no_key',
  'The key of record {record} of patient {patient} was not wrapped for {reader}.',
  { patient: account(), record: u32(), reader: account() },
);
export const wrongKeyLength = moduleError(
  'healthRecords/wrong_key_length',
  'A wrapped key has {expected} bytes, not {length}.',
  { length: u32('count'), expected: u32('count') },
);
export const notAPerson = moduleError(
  'healthRecords/not_a_person',
  'Account {account} belongs to a module, which has no health and reads no records.',
  { account: account() },
);
export const toOneself = moduleError(
  'healthRecords/to_oneself',
  'Patients need nobody’s consent to read their own records.',
  {},
);
