import { account, struct, table, u8, u32, u256 } from '../../moduleSdk/index.ts';

/** The module's own lane. */
export const LANE = 7;

/**
 * Who is registered. `key` is what the person is known by outside: the hash of a public key. It is never stored twice for one
 * person: `rotations` counts how often it was changed.
 */
export const identities = table('identity/identities', {
  key: { account: account() },
  account: 'account',
  value: struct({ key: u256('word'), rotations: u32('count') }),
});

/**
 * What an issuer says of somebody: the hash of a claim, until a height (0: for good). An outsider who knows the claim
 * and a state root can check it without asking anybody; what was revoked stays, marked so.
 */
export const attestations = table('identity/attestations', {
  key: { issuer: account(), subject: account(), topic: u32() },
  account: 'subject',
  value: struct({ claim: u256('word'), issued: u32(), expires: u32(), revoked: u8() }),
});
