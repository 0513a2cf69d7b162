import { call, fund, pay, payToken } from './movements.ts';
import { preset, replay } from './replay.ts';

export const transactions = { replay, pay, payToken, call, preset, fund };
