import { toHex } from '../../base/bytes.ts';
import type { View } from '../../moduleSdk/index.ts';
import { accesses, consents, records, wrappedKeys } from './state.ts';

/** Rows of a view, at most; `total` tells how many there are. */
const MAX_ROWS = 500;

/** What the chain knows of a record; hashes as 64 hex digits. */
export interface RecordRow {
  readonly patient: number;
  readonly record: number;
  readonly author: number;
  /** Seconds. */
  readonly time: number;
  readonly sizeBytes: number;
  readonly contentHash: string;
  readonly commitment: string;
}

export interface ConsentRow {
  readonly patient: number;
  readonly reader: number;
  readonly purpose: number;
  readonly since: number;
  /** 0: until it is withdrawn. */
  readonly until: number;
}

export interface AccessRow {
  readonly patient: number;
  readonly access: number;
  readonly reader: number;
  readonly record: number;
  readonly purpose: number;
  readonly time: number;
}

export interface KeyRow {
  readonly patient: number;
  readonly record: number;
  readonly reader: number;
  /** 160 hex digits. */
  readonly wrapped: string;
}

function firstOf<E, R>(
  entries: Iterable<E>,
  rowOf: (entry: E) => R,
): { readonly total: number; readonly rows: readonly R[] } {
  const rows: R[] = [];
  let total = 0;
  for (const entry of entries) if (total++ < MAX_ROWS) rows.push(rowOf(entry));
  return { total, rows };
}

const hash = (value: bigint): string => value.toString(16).padStart(64, '0');

export const views: readonly View[] = [
  {
    name: 'records',
    read: (state) =>
      firstOf(
        state.entries(records),
        ([[patient, record], { contentHash, commitment, ...known }]): RecordRow => ({
          patient,
          record,
          ...known,
          contentHash: hash(contentHash),
          commitment: hash(commitment),
        }),
      ),
  },
  {
    name: 'consents',
    read: (state) =>
      firstOf(
        state.entries(consents),
        ([[patient, reader, purpose], consent]): ConsentRow => ({ patient, reader, purpose, ...consent }),
      ),
  },
  {
    name: 'auditTrail',
    read: (state) =>
      firstOf(
        state.entries(accesses),
        ([[patient, access], known]): AccessRow => ({ patient, access, ...known }),
      ),
  },
  {
    name: 'keys',
    read: (state) =>
      firstOf(
        state.entries(wrappedKeys),
        ([[patient, record, reader], wrapped]): KeyRow => ({
          patient,
          record,
          reader,
          wrapped: toHex(wrapped),
        }),
      ),
  },
];
