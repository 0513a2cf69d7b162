import { defineModule } from '../../moduleSdk/index.ts';
import * as errors from './errors.ts';
import * as events from './events.ts';
import { invariants } from './invariants.ts';
import { balances, code, nonces, storage, targets, tokens, totals } from './state.ts';
import { transactions } from './transactions.ts';
import { views } from './view.ts';

export const ethereum = defineModule({
  id: 'ethereum',
  lane: 3,
  title: 'Ethereum',
  summary: 'What the transactions of an imported block wrote, moved and called.',
  tables: [balances, storage, nonces, code, tokens, targets, totals],
  transactions,
  events: Object.values(events),
  errors: Object.values(errors),
  provides: [],
  requires: [],
  invariants,
  views,
  workloads: [],
});
