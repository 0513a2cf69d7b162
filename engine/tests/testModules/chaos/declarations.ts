import { event, moduleError, u32, u256 } from '../../../moduleSdk/index.ts';

/** What a transaction saw: makes a wrong read show in the digest. */
export const seen = event('chaos/seen', { slot: u32(), value: u32() });
export const seenWide = event('chaos/seenWide', { value: u256('number') });
export const odd = moduleError('chaos/odd', 'Counter {slot} is odd: {value}.', { slot: u32(), value: u32() });
