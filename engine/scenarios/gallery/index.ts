import type { Scenario } from '../../api/scenario.ts';
import { oneHotAccount } from './oneHotAccount.ts';

/** The scenarios that come with the playground, in the order in which they are shown. */
export const gallery: readonly Scenario[] = [oneHotAccount];
