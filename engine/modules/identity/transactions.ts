import { account, type Context, transaction, u32, u256 } from '../../moduleSdk/index.ts';
import type { AccountId } from '../../types/ids.ts';
import {
  aboutOneself,
  alreadyAttested,
  alreadyRegistered,
  alreadyRevoked,
  emptyKey,
  expiresTooSoon,
  notRegistered,
  sameKey,
  unknownAttestation,
} from './errors.ts';
import { attested, registered, revoked, rotated } from './events.ts';
import { attestations, identities } from './state.ts';

function requireRegistered(context: Context, account: AccountId) {
  return context.get(identities, account) ?? context.revert(notRegistered, { account });
}

export const transactions = {
  register: transaction(
    { key: u256('word') },
    'Become known by the hash of a public key.',
    (context, { key }) => {
      const account = context.sender;
      if (key === 0n) context.revert(emptyKey, {});
      if (context.get(identities, account) !== undefined) context.revert(alreadyRegistered, { account });
      context.work();
      context.set(identities, { key, rotations: 0 }, account);
      context.emit(registered, { account, key });
    },
  ),

  rotate: transaction(
    { key: u256('word') },
    'Change the key one is known by; what was attested stays.',
    (context, { key }) => {
      const account = context.sender;
      const { key: before, rotations } = requireRegistered(context, account);
      if (key === 0n) context.revert(emptyKey, {});
      if (key === before) context.revert(sameKey, {});
      context.work();
      context.set(identities, { key, rotations: rotations + 1 }, account);
      context.emit(rotated, { account, key });
    },
  ),

  attest: transaction(
    { subject: account(), topic: u32(), claim: u256('word'), expires: u32() },
    'Attest something of somebody, by the hash of what is claimed; expires at a height, or never (0).',
    (context, { subject, topic, claim, expires }) => {
      const issuer = context.sender;
      if (subject === issuer) context.revert(aboutOneself, {});
      if (expires > 0 && expires <= context.height) {
        context.revert(expiresTooSoon, { expires, height: context.height });
      }
      requireRegistered(context, issuer);
      requireRegistered(context, subject);
      const before = context.get(attestations, issuer, subject, topic);
      const holds = before !== undefined && before.revoked === 0 && !isOver(before.expires, context.height);
      if (holds) context.revert(alreadyAttested, { issuer, topic });
      context.work();
      const attestation = { claim, issued: context.height, expires, revoked: 0 };
      context.set(attestations, attestation, issuer, subject, topic);
      context.emit(attested, { issuer, subject, topic, claim });
    },
  ),

  revoke: transaction(
    { subject: account(), topic: u32() },
    'Take back what one attested.',
    (context, { subject, topic }) => {
      const issuer = context.sender;
      const before =
        context.get(attestations, issuer, subject, topic) ??
        context.revert(unknownAttestation, { issuer, topic });
      if (before.revoked !== 0) context.revert(alreadyRevoked, {});
      context.work();
      context.set(attestations, { ...before, revoked: 1 }, issuer, subject, topic);
      context.emit(revoked, { issuer, subject, topic });
    },
  ),

  /** One transaction for many people: genesis must not take one for each. */
  registerRange: transaction(
    { first: account(), count: u32('count'), seed: u256('word') },
    'Register neighbouring accounts, each with a key of its own.',
    (context, { first, count, seed }) => {
      for (let account = first; account < first + count; account++) {
        const key = seed + BigInt(account) + 1n;
        context.set(identities, { key, rotations: 0 }, account);
        context.emit(registered, { account, key });
      }
    },
    { genesisOnly: true },
  ),
};

/** Whether something that expires at a height (0: never) is over at another. */
export function isOver(expires: number, height: number): boolean {
  return expires > 0 && height >= expires;
}
