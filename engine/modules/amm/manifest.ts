import { assetLedger, defineModule } from '../../moduleSdk/index.ts';
import { actions } from './actions.ts';
import * as errors from './errors.ts';
import * as events from './events.ts';
import { genesis } from './genesis.ts';
import { invariants } from './invariants.ts';
import { administrator, LANE, poolCount, pools, protocolFee } from './state.ts';
import { transactions } from './transactions.ts';
import { views } from './view.ts';
import { swapTraffic } from './workload.ts';

export const amm = defineModule({
  id: 'amm',
  lane: LANE,
  title: 'Exchange',
  summary: 'Pools that trade two assets by the product of their reserves (the rules of Uniswap v2).',
  tables: [pools, poolCount, protocolFee, administrator],
  transactions,
  events: Object.values(events),
  errors: Object.values(errors),
  provides: [],
  requires: [assetLedger],
  invariants,
  views,
  workloads: [swapTraffic],
  genesis,
  actions,
});
