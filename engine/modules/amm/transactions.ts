import { administration } from './administration.ts';
import { deposits } from './deposits.ts';
import { openings } from './openings.ts';
import { swaps } from './swaps.ts';

export const transactions = { ...openings, ...deposits, ...swaps, ...administration };
