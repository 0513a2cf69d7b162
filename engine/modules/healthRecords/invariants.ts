import type { Invariant, StateReader } from '../../moduleSdk/index.ts';
import { accesses, consents, patients, records, WRAPPED_BYTES, wrappedKeys } from './state.ts';

/** Entries a patient, of numbers that must have no gap; a complaint where they have. */
function counted(
  entries: Iterable<readonly [readonly [patient: number, number: number], unknown]>,
  what: string,
): Map<number, number> | string {
  const counts = new Map<number, number>();
  for (const [[patient, number]] of entries) {
    const next = counts.get(patient) ?? 0;
    if (number !== next) return `Patient ${patient} lacks ${what} ${next}.`;
    counts.set(patient, next + 1);
  }
  return counts;
}

function miscounted(state: StateReader): string | undefined {
  const stored = counted(state.entries(records), 'record');
  const read = counted(state.entries(accesses), 'access');
  if (typeof stored === 'string') return stored;
  if (typeof read === 'string') return read;
  for (const [[patient], count] of state.entries(patients)) {
    const found = { records: stored.get(patient) ?? 0, accesses: read.get(patient) ?? 0 };
    if (count.records !== found.records || count.accesses !== found.accesses) {
      return `Patient ${patient} has ${found.records} records and ${found.accesses} accesses, but counts ${count.records} and ${count.accesses}.`;
    }
    stored.delete(patient);
    read.delete(patient);
  }
  for (const patient of [...stored.keys(), ...read.keys()]) return `Patient ${patient} is not counted.`;
  return undefined;
}

export const invariants: readonly Invariant[] = [
  {
    name: 'patientsCount',
    statement: 'Each patient’s records and accesses are numbered from 0 without a gap, and counted.',
    check: miscounted,
  },
  {
    name: 'accessesHadKeys',
    statement: 'Whoever read a record had its key.',
    check: (state) => {
      for (const [[patient, access], { reader, record }] of state.entries(accesses)) {
        if (state.get(wrappedKeys, patient, record, reader) === undefined) {
          return `Access ${access} of patient ${patient} was without a key.`;
        }
      }
      return undefined;
    },
  },
  {
    name: 'keysOpenRecords',
    statement: 'Every wrapped key is whole and of a record that is there.',
    check: (state) => {
      for (const [[patient, record, reader], wrapped] of state.entries(wrappedKeys)) {
        const known = state.get(records, patient, record) !== undefined;
        if (!known || wrapped.length !== WRAPPED_BYTES) {
          return `The key of record ${record} of patient ${patient} for ${reader} opens nothing.`;
        }
      }
      return undefined;
    },
  },
  {
    name: 'consentsAreToOthers',
    statement: 'Nobody agrees with themselves.',
    check: (state) => {
      for (const [[patient, reader]] of state.entries(consents)) {
        if (patient === reader) return `Patient ${patient} agreed with themselves.`;
      }
      return undefined;
    },
  },
];
