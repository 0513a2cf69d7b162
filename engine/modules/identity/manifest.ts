import { defineModule } from '../../moduleSdk/index.ts';
import * as errors from './errors.ts';
import * as events from './events.ts';
import { genesis } from './genesis.ts';
import { invariants } from './invariants.ts';
import { attestations, identities, LANE } from './state.ts';
import { transactions } from './transactions.ts';
import { views } from './view.ts';
import { credentials } from './workload.ts';

export const identity = defineModule({
  id: 'identity',
  lane: LANE,
  title: 'Identity',
  summary: 'Who people are, and what others attest of them.',
  tables: [identities, attestations],
  transactions,
  events: Object.values(events),
  errors: Object.values(errors),
  provides: [],
  requires: [],
  invariants,
  views,
  workloads: [credentials],
  genesis,
  storage: 'merkleTree',
});
