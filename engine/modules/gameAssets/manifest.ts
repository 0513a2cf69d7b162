import { assetLedger, defineModule } from '../../moduleSdk/index.ts';
import * as errors from './errors.ts';
import * as events from './events.ts';
import { genesis } from './genesis.ts';
import { invariants } from './invariants.ts';
import { receives, sends } from './purse.ts';
import { items, kinds, LANE, listings, purses, recipes } from './state.ts';
import { transactions } from './transactions.ts';
import { views } from './view.ts';
import { drops, games } from './workload.ts';

export const gameAssets = defineModule({
  id: 'gameAssets',
  lane: LANE,
  title: 'Games',
  summary: 'Items of games: dropped, crafted out of others, given away and sold.',
  tables: [kinds, items, listings, purses, recipes],
  transactions,
  events: Object.values(events),
  errors: Object.values(errors),
  provides: [],
  requires: [assetLedger],
  receives,
  sends,
  invariants,
  views,
  workloads: [games, drops],
  genesis,
  storage: 'flatMap',
});
