import { account, event, u32, u256 } from '../../moduleSdk/index.ts';

export const registered = event('identity/registered', { account: account(), key: u256('word') });
export const rotated = event('identity/rotated', { account: account(), key: u256('word') });
export const attested = event('identity/attested', {
  issuer: account(),
  subject: account(),
  topic: u32(),
  claim: u256('word'),
});
export const revoked = event('identity/revoked', { issuer: account(), subject: account(), topic: u32() });
