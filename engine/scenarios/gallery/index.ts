import type { Scenario } from '../../api/scenario.ts';
import { independentPayments } from './independentPayments.ts';
import { mainnetLikeMix } from './mainnetLikeMix.ts';
import { oneHotAccount } from './oneHotAccount.ts';
import { onePoolAgainstMany } from './onePoolAgainstMany.ts';
import { openingStory } from './openingStory.ts';
import { shopCheckout } from './shopCheckout.ts';
import { worstCase } from './worstCase.ts';

/** The scenarios that come with the playground, in the order in which they are shown. */
export const gallery: readonly Scenario[] = [
  openingStory,
  independentPayments,
  oneHotAccount,
  shopCheckout,
  onePoolAgainstMany,
  mainnetLikeMix,
  worstCase,
];
