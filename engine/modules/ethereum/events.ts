import { event, u32, u160, u256 } from '../../moduleSdk/index.ts';

/** What a replayed transaction did: keys written, and of those it compared with the list, how many differed. */
export const replayed = event('ethereum/replayed', {
  written: u32('count'),
  compared: u32('count'),
  mismatched: u32('count'),
});
/** `token` 0 is the native currency. */
export const moved = event('ethereum/moved', { token: u160(), from: u160(), to: u160(), amount: u256() });
