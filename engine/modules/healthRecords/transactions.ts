import {
  account,
  bytes,
  type Context,
  list,
  struct,
  transaction,
  u16,
  u32,
  u256,
} from '../../moduleSdk/index.ts';
import { MODULE_OWNED } from '../../types/ids.ts';
import {
  consentExpired,
  noConsent,
  noKey,
  notAPerson,
  toOneself,
  unknownRecord,
  wrongKeyLength,
} from './errors.ts';
import { granted, keyShared, readerKeyPublished, readGranted, stored, withdrawn } from './events.ts';
import {
  accesses,
  consents,
  type HealthRecord,
  patients,
  PURPOSE,
  readerKeys,
  records,
  WRAPPED_BYTES,
  wrappedKeys,
} from './state.ts';

/** Readers for whom a record's key comes with it, at most. */
export const MAX_READERS = 8;
/** Records whose keys come with a consent, at most. */
export const MAX_SHARED = 16;

const NO_RECORDS = { records: 0, accesses: 0 };

function requirePerson(context: Context, person: number): void {
  if (person >= MODULE_OWNED) context.revert(notAPerson, { account: person });
}

function requireRecord(context: Context, patient: number, record: number): HealthRecord {
  const found = context.get(records, patient, record);
  if (found === undefined) context.revert(unknownRecord, { patient, record });
  return found;
}

/** Reverts unless the patient has agreed that the sender acts for this purpose now. Patients may always. */
function requireConsent(context: Context, patient: number, purpose: number): void {
  const reader = context.sender;
  if (reader === patient) return;
  const consent = context.get(consents, patient, reader, purpose);
  if (consent === undefined) context.revert(noConsent, { patient, reader, purpose });
  const { until } = consent;
  if (until !== 0 && context.timestamp > until) context.revert(consentExpired, { patient, until });
}

function requireKeyLength(context: Context, wrapped: Uint8Array): void {
  const { length } = wrapped;
  if (length !== WRAPPED_BYTES) context.revert(wrongKeyLength, { length, expected: WRAPPED_BYTES });
}

function share(context: Context, patient: number, record: number, reader: number, wrapped: Uint8Array): void {
  context.set(wrappedKeys, wrapped, patient, record, reader);
  context.emit(keyShared, { patient, record, reader });
}

export const transactions = {
  publishKey: transaction(
    { key: u256('word') },
    'Publish the X25519 key under which others wrap the keys of records for you.',
    (context, { key }) => {
      const reader = context.sender;
      requirePerson(context, reader);
      context.work();
      context.set(readerKeys, key, reader);
      context.emit(readerKeyPublished, { reader, key });
    },
  ),

  store: transaction(
    {
      patient: account(),
      sizeBytes: u32('count'),
      contentHash: u256('word'),
      commitment: u256('word'),
      keys: list(struct({ reader: account(), wrapped: bytes(WRAPPED_BYTES) }), MAX_READERS),
    },
    'Enter a sealed record of a patient: your own, or of somebody who agreed to your care. The blob stays with you.',
    (context, { patient, sizeBytes, contentHash, commitment, keys }) => {
      requirePerson(context, patient);
      requirePerson(context, context.sender);
      requireConsent(context, patient, PURPOSE.care);
      for (const { reader, wrapped } of keys) {
        requirePerson(context, reader);
        requireKeyLength(context, wrapped);
      }
      const known = context.get(patients, patient) ?? NO_RECORDS;
      context.work();
      const record = known.records;
      const author = context.sender;
      context.set(
        records,
        { author, time: context.timestamp, sizeBytes, contentHash, commitment },
        patient,
        record,
      );
      context.set(patients, { ...known, records: record + 1 }, patient);
      context.emit(stored, { patient, record, author, contentHash });
      for (const { reader, wrapped } of keys) share(context, patient, record, reader, wrapped);
    },
  ),

  grant: transaction(
    {
      reader: account(),
      purpose: u16(),
      until: u32('seconds'),
      keys: list(struct({ record: u32(), wrapped: bytes(WRAPPED_BYTES) }), MAX_SHARED),
    },
    'Agree that somebody reads your records for a purpose, until a time or (0) until you withdraw it; with the keys of some records.',
    (context, { reader, purpose, until, keys }) => {
      const patient = context.sender;
      requirePerson(context, patient);
      requirePerson(context, reader);
      if (reader === patient) context.revert(toOneself, {});
      for (const { record, wrapped } of keys) {
        requireRecord(context, patient, record);
        requireKeyLength(context, wrapped);
      }
      context.work();
      context.set(consents, { since: context.timestamp, until }, patient, reader, purpose);
      context.emit(granted, { patient, reader, purpose, until });
      for (const { record, wrapped } of keys) share(context, patient, record, reader, wrapped);
    },
  ),

  /** What a reader has read it has read: withdrawing ends what comes after it in the chain's order. */
  withdraw: transaction(
    { reader: account(), purpose: u16() },
    'Withdraw a consent: reads that come after it are refused, in the same block too.',
    (context, { reader, purpose }) => {
      const patient = context.sender;
      if (context.get(consents, patient, reader, purpose) === undefined) {
        context.revert(noConsent, { patient, reader, purpose });
      }
      context.work();
      context.delete(consents, patient, reader, purpose);
      context.emit(withdrawn, { patient, reader, purpose });
    },
  ),

  read: transaction(
    { patient: account(), record: u32(), purpose: u16() },
    'Read a record for a purpose that its patient agreed to; the patient sees that you did.',
    (context, { patient, record, purpose }) => {
      const reader = context.sender;
      requirePerson(context, reader);
      requireConsent(context, patient, purpose);
      const { contentHash } = requireRecord(context, patient, record);
      if (context.get(wrappedKeys, patient, record, reader) === undefined) {
        context.revert(noKey, { patient, record, reader });
      }
      const known = context.get(patients, patient) ?? NO_RECORDS;
      context.work();
      const access = known.accesses;
      context.set(accesses, { reader, record, purpose, time: context.timestamp }, patient, access);
      context.set(patients, { ...known, accesses: access + 1 }, patient);
      context.emit(readGranted, { patient, record, reader, purpose, access, contentHash });
    },
  ),
};
