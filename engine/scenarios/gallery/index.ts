import type { Scenario } from '../../api/scenario.ts';
import { city } from './city.ts';
import { consent } from './consent.ts';
import { credential } from './credential.ts';
import { feeStorm } from './feeStorm.ts';
import { hotDrop } from './hotDrop.ts';
import { independentPayments } from './independentPayments.ts';
import { mainnetLikeMix } from './mainnetLikeMix.ts';
import { oneHotAccount } from './oneHotAccount.ts';
import { onePoolAgainstMany } from './onePoolAgainstMany.ts';
import { openingStory } from './openingStory.ts';
import { recall } from './recall.ts';
import { shopCheckout } from './shopCheckout.ts';
import { unpartitionedBank } from './unpartitionedBank.ts';
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
  city,
  unpartitionedBank,
  feeStorm,
  hotDrop,
  credential,
  recall,
  consent,
];
