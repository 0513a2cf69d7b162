import { defineModule } from '../../../moduleSdk/index.ts';
import { counterTransactions } from './counterTransactions.ts';
import { odd, seen, seenWide } from './declarations.ts';
import { blobs, counters, records, wides } from './state.ts';
import { wideTransactions } from './wideTransactions.ts';

/** A module that does to an executor all that a hostile module could. For conformance tests only. */
export const chaos = defineModule({
  id: 'chaos',
  lane: 200,
  title: 'Chaos',
  summary: 'For tests: everything that parallel execution gets wrong.',
  tables: [counters, records, wides, blobs],
  transactions: { ...counterTransactions, ...wideTransactions },
  events: [seen, seenWide],
  errors: [odd],
  provides: [],
  requires: [],
  invariants: [],
  views: [],
  workloads: [],
});
