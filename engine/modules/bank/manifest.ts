import { defineModule } from '../../moduleSdk/index.ts';
import { ledgerProvision } from './capability.ts';
import * as errors from './errors.ts';
import { receives, sends } from './escrow.ts';
import * as events from './events.ts';
import { genesis } from './genesis.ts';
import { invariants } from './invariants.ts';
import { balances, LANE, settings, supply } from './state.ts';
import { transactions } from './transactions.ts';
import { views } from './view.ts';
import { payments } from './workload.ts';

export const bank = defineModule({
  id: 'bank',
  lane: LANE,
  title: 'Bank',
  summary: 'Who holds how much of what, and how it changes hands.',
  tables: [balances, supply, settings],
  transactions,
  events: Object.values(events),
  errors: Object.values(errors),
  provides: [ledgerProvision],
  requires: [],
  receives,
  sends,
  invariants,
  views,
  workloads: [payments],
  genesis,
});
