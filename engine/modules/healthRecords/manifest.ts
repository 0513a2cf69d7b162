import { defineModule } from '../../moduleSdk/index.ts';
import * as errors from './errors.ts';
import * as events from './events.ts';
import { invariants } from './invariants.ts';
import { accesses, consents, LANE, patients, readerKeys, records, wrappedKeys } from './state.ts';
import { transactions } from './transactions.ts';
import { views } from './view.ts';
import { visits } from './workload.ts';

export const healthRecords = defineModule({
  id: 'healthRecords',
  lane: LANE,
  title: 'Health records',
  summary: 'Sealed records of patients: who may read them, for what, and who did.',
  tables: [readerKeys, patients, records, wrappedKeys, consents, accesses],
  transactions,
  events: Object.values(events),
  errors: Object.values(errors),
  provides: [],
  requires: [],
  invariants,
  views,
  workloads: [visits],
  storage: 'encryptedBlob',
});
