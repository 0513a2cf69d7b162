import { describe, expect, it } from 'vitest';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { MODULE_OWNED } from '../../types/ids.ts';
import type { TransactionDraft } from '../../types/transaction.ts';
import { healthRecords } from './manifest.ts';
import { accesses, consents, patients, PURPOSE, records, WRAPPED_BYTES } from './state.ts';

const [PATIENT, HOSPITAL, INSURER] = [3, 0, 1];
const KEY = new Uint8Array(WRAPPED_BYTES).fill(9);
const BLOB = { sizeBytes: 900, contentHash: 0xabcn, commitment: 0xdefn };

function started(): ReferenceChain {
  const chain = new ReferenceChain([healthRecords]);
  chain.genesis(genesisWorld({ accounts: 4, assets: 0, pools: 0, bankPartition: 'asset' }, [healthRecords]));
  chain.height = 1;
  return chain;
}

const draft = (sender: number, name: string, args: TransactionDraft['args']): TransactionDraft => ({
  sender,
  module: 'healthRecords',
  name,
  args,
});
const store = (sender: number, patient = PATIENT, keys: TransactionDraft['args'][string] = []) =>
  draft(sender, 'store', { patient, ...BLOB, keys });
const grant = (reader: number, purpose: number, until = 0, record = 0) =>
  draft(PATIENT, 'grant', { reader, purpose, until, keys: [{ record, wrapped: KEY }] });
const withdraw = (reader: number, purpose: number) => draft(PATIENT, 'withdraw', { reader, purpose });
const read = (reader: number, purpose: number, record = 0) =>
  draft(reader, 'read', { patient: PATIENT, record, purpose });
const errorsOf = (chain: ReferenceChain, drafts: readonly TransactionDraft[]) =>
  chain.block(drafts).receipts.map(({ error }) => error);

/** With one record of the patient's, whose key the hospital has for its care. */
function agreed(): ReferenceChain {
  const chain = started();
  chain.must([store(PATIENT), grant(HOSPITAL, PURPOSE.care)]);
  return chain;
}

describe('a record', () => {
  it('is entered by its patient, or by whom the patient agreed to be cared for', () => {
    const chain = agreed();
    expect(errorsOf(chain, [store(HOSPITAL), store(INSURER)])).toEqual([
      undefined,
      'healthRecords/no_consent',
    ]);
    expect(chain.state.get(patients, PATIENT)).toEqual({ records: 2, accesses: 0 });
    expect(chain.state.get(records, PATIENT, 1)).toEqual({
      author: HOSPITAL,
      time: chain.timestamp - 12,
      ...BLOB,
    });
    expect(chain.complaints()).toEqual([]);
  });

  it('is read for what was agreed, and the patient sees it', () => {
    const chain = agreed();
    const { receipts } = chain.block([
      read(HOSPITAL, PURPOSE.care),
      read(HOSPITAL, PURPOSE.research),
      read(INSURER, PURPOSE.insurance),
      read(HOSPITAL, PURPOSE.care),
    ]);
    expect(receipts.map(({ error }) => error)).toEqual([
      undefined,
      'healthRecords/no_consent',
      'healthRecords/no_consent',
      undefined,
    ]);
    expect(receipts[1]!.errorData).toEqual({
      patient: PATIENT,
      reader: HOSPITAL,
      purpose: PURPOSE.research,
    });
    expect(receipts[0]!.events[0]).toMatchObject({
      name: 'read',
      fields: { access: 0, contentHash: BLOB.contentHash },
    });
    const time = chain.timestamp - 12;
    expect([...chain.state.entries(accesses)]).toEqual([
      [[PATIENT, 0], { reader: HOSPITAL, record: 0, purpose: PURPOSE.care, time }],
      [[PATIENT, 1], { reader: HOSPITAL, record: 0, purpose: PURPOSE.care, time }],
    ]);
    expect(chain.complaints()).toEqual([]);
  });

  it('is not read without its key, nor when there is none', () => {
    const chain = agreed();
    chain.must([store(PATIENT)]);
    const { receipts } = chain.block([read(HOSPITAL, PURPOSE.care, 1), read(HOSPITAL, PURPOSE.care, 2)]);
    expect(receipts.map(({ error, errorData }) => [error, errorData])).toEqual([
      ['healthRecords/no_key', { patient: PATIENT, record: 1, reader: HOSPITAL }],
      ['healthRecords/unknown_record', { patient: PATIENT, record: 2 }],
    ]);
  });

  it('is its patient’s to read, with a key of their own', () => {
    const chain = started();
    chain.must([store(PATIENT, PATIENT, [{ reader: PATIENT, wrapped: KEY }])]);
    expect(errorsOf(chain, [read(PATIENT, PURPOSE.care)])).toEqual([undefined]);
    expect(chain.state.get(patients, PATIENT)!.accesses).toBe(1);
  });
});

describe('a consent', () => {
  it('withdrawn in the block of a read decides by its order', () => {
    const chain = agreed();
    expect(
      errorsOf(chain, [
        read(HOSPITAL, PURPOSE.care),
        withdraw(HOSPITAL, PURPOSE.care),
        read(HOSPITAL, PURPOSE.care),
        grant(HOSPITAL, PURPOSE.care),
        read(HOSPITAL, PURPOSE.care),
      ]),
    ).toEqual([undefined, undefined, 'healthRecords/no_consent', undefined, undefined]);
    expect(chain.state.get(patients, PATIENT)!.accesses).toBe(2);
  });

  it('ends in its last second', () => {
    const chain = agreed();
    const until = chain.timestamp + 24;
    chain.must([grant(INSURER, PURPOSE.insurance, until)]);
    expect(errorsOf(chain, [read(INSURER, PURPOSE.insurance)])).toEqual([undefined]);
    expect(chain.timestamp).toBe(until);
    expect(errorsOf(chain, [read(INSURER, PURPOSE.insurance)])).toEqual([undefined]);
    const { receipts } = chain.block([read(INSURER, PURPOSE.insurance)]);
    expect(receipts[0]).toMatchObject({
      error: 'healthRecords/consent_expired',
      errorData: { patient: PATIENT, until },
    });
    expect(chain.state.get(consents, PATIENT, INSURER, PURPOSE.insurance)!.until).toBe(until);
  });

  it('is withdrawn by its patient, once', () => {
    const chain = agreed();
    expect(
      errorsOf(chain, [
        draft(INSURER, 'withdraw', { reader: HOSPITAL, purpose: PURPOSE.care }),
        withdraw(HOSPITAL, PURPOSE.insurance),
        withdraw(HOSPITAL, PURPOSE.care),
        withdraw(HOSPITAL, PURPOSE.care),
      ]),
    ).toEqual([
      'healthRecords/no_consent',
      'healthRecords/no_consent',
      undefined,
      'healthRecords/no_consent',
    ]);
  });

  it('and keys are given as a whole or not at all', () => {
    const chain = started();
    chain.must([store(PATIENT)]);
    const give = (keys: TransactionDraft['args'][string]) =>
      draft(PATIENT, 'grant', { reader: HOSPITAL, purpose: 0, until: 0, keys });
    expect(
      errorsOf(chain, [
        give([
          { record: 0, wrapped: KEY },
          { record: 1, wrapped: KEY },
        ]),
        give([{ record: 0, wrapped: KEY.slice(1) }]),
        store(PATIENT, PATIENT, [{ reader: HOSPITAL, wrapped: new Uint8Array(0) }]),
        draft(PATIENT, 'grant', { reader: PATIENT, purpose: 0, until: 0, keys: [] }),
        draft(PATIENT, 'grant', { reader: MODULE_OWNED, purpose: 0, until: 0, keys: [] }),
        store(PATIENT, MODULE_OWNED),
      ]),
    ).toEqual([
      'healthRecords/unknown_record',
      'healthRecords/wrong_key_length',
      'healthRecords/wrong_key_length',
      'healthRecords/to_oneself',
      'healthRecords/not_a_person',
      'healthRecords/not_a_person',
    ]);
    expect([...chain.state.entries(consents)]).toEqual([]);
    expect(chain.complaints()).toEqual([]);
  });
});

describe('the views', () => {
  it('show records, consents, keys and who read what', () => {
    const chain = agreed();
    chain.must([draft(HOSPITAL, 'publishKey', { key: 77n }), read(HOSPITAL, PURPOSE.care)]);
    const rows = (name: string) =>
      (
        healthRecords.views.find((one) => one.name === name)!.read(chain.state) as {
          rows: readonly unknown[];
        }
      ).rows;
    expect(rows('records')).toEqual([
      expect.objectContaining({ patient: PATIENT, record: 0, contentHash: `${'0'.repeat(61)}abc` }),
    ]);
    expect(rows('consents')).toEqual([
      expect.objectContaining({ patient: PATIENT, reader: HOSPITAL, until: 0 }),
    ]);
    expect(rows('keys')).toEqual([
      { patient: PATIENT, record: 0, reader: HOSPITAL, wrapped: '09'.repeat(WRAPPED_BYTES) },
    ]);
    expect(rows('auditTrail')).toEqual([expect.objectContaining({ reader: HOSPITAL, access: 0 })]);
  });
});
