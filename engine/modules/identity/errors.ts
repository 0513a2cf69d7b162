import { account, moduleError, u32 } from '../../moduleSdk/index.ts';

export const alreadyRegistered = moduleError(
  'identity/already_registered',
  'Account {account} is registered already: rotate the key instead.',
  { account: account() },
);
export const notRegistered = moduleError('identity/not_registered', 'Account {account} is not registered.', {
  account: account(),
});
export const emptyKey = moduleError('identity/empty_key', 'A key of nothing identifies nobody.', {});
export const sameKey = moduleError('identity/same_key', 'That is the key it has.', {});
export const aboutOneself = moduleError(
  'identity/about_oneself',
  'Nobody attests something of themselves.',
  {},
);
export const alreadyAttested = moduleError(
  'identity/already_attested',
  'Account {issuer} attested topic {topic} before: revoke that first.',
  { issuer: account(), topic: u32() },
);
export const unknownAttestation = moduleError(
  'identity/unknown_attestation',
  'Account {issuer} attested nothing of topic {topic}.',
  { issuer: account(), topic: u32() },
);
export const alreadyRevoked = moduleError('identity/already_revoked', 'It was revoked before.', {});
export const expiresTooSoon = moduleError(
  'identity/expires_too_soon',
  'It would expire at height {expires}; the chain is at {height}.',
  { expires: u32(), height: u32() },
);
