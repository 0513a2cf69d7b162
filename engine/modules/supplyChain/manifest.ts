import { defineModule } from '../../moduleSdk/index.ts';
import * as errors from './errors.ts';
import * as events from './events.ts';
import { genesis } from './genesis.ts';
import { invariants } from './invariants.ts';
import { batches, items, LANE, makers, steps } from './state.ts';
import { transactions } from './transactions.ts';
import { views } from './view.ts';
import { shipments } from './workload.ts';

export const supplyChain = defineModule({
  id: 'supplyChain',
  lane: LANE,
  title: 'Supply chain',
  summary: 'Goods from their maker through many hands: who held them, what was measured, what was recalled.',
  tables: [makers, items, steps, batches],
  transactions,
  events: Object.values(events),
  errors: Object.values(errors),
  provides: [],
  requires: [],
  invariants,
  views,
  workloads: [shipments],
  genesis,
  storage: 'appendLog',
});
