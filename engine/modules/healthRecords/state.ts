import { account, bytes, struct, type StructValue, table, u16, u32, u256 } from '../../moduleSdk/index.ts';

export const LANE = 5;

/** Bytes of a record's key, wrapped for one reader: an ephemeral X25519 key, the sealed key, a tag. */
export const WRAPPED_BYTES = 80;

/** What a record is about to be read for; a consent is for one of them. Others may be agreed upon. */
export const PURPOSE = { care: 0, research: 1, insurance: 2 } as const;

/** Public keys (X25519) under which people have the keys of records wrapped for them. */
export const readerKeys = table('healthRecords/readerKeys', {
  key: { reader: account() },
  account: 'reader',
  value: u256('word'),
});

/** How many records and accesses a patient has: the next ones' numbers. */
export const patients = table('healthRecords/patients', {
  key: { patient: account() },
  account: 'patient',
  value: struct({ records: u32('count'), accesses: u32('count') }),
});

const healthRecord = struct({
  author: account(),
  /** The block's time, in seconds. */
  time: u32('seconds'),
  /** Of the sealed blob, which is kept elsewhere. */
  sizeBytes: u32('count'),
  /** SHA-256 of the sealed blob: by this it is found, and known to be whole. */
  contentHash: u256('word'),
  /** Binds the author to what was sealed, whichever key it is opened with. */
  commitment: u256('word'),
});
export type HealthRecord = StructValue<typeof healthRecord.fields>;

/** The records of each patient, from 0: what the chain knows of sealed blobs. Written once. */
export const records = table('healthRecords/records', {
  key: { patient: account(), record: u32() },
  account: 'patient',
  value: healthRecord,
});

/** The key that opens a record, wrapped for one reader each. */
export const wrappedKeys = table('healthRecords/wrappedKeys', {
  key: { patient: account(), record: u32(), reader: account() },
  account: 'patient',
  value: bytes(WRAPPED_BYTES),
});

/** Who may read a patient's records, and for what; absent when nobody agreed. */
export const consents = table('healthRecords/consents', {
  key: { patient: account(), reader: account(), purpose: u16() },
  account: 'patient',
  value: struct({
    since: u32('seconds'),
    /** The last second in which it holds; 0: until it is withdrawn. */
    until: u32('seconds'),
  }),
});

/** Who read what, and what for: each patient's accesses from 0. Written once. */
export const accesses = table('healthRecords/accesses', {
  key: { patient: account(), access: u32() },
  account: 'patient',
  value: struct({ reader: account(), record: u32(), purpose: u16(), time: u32('seconds') }),
});
