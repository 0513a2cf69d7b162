import type { Invariant } from '../../moduleSdk/index.ts';
import { attestations, identities } from './state.ts';

const everybodyHasAKey: Invariant = {
  name: 'everybodyHasAKey',
  statement: 'Whoever is registered has a key.',
  check: (state) => {
    for (const [[account], { key }] of state.entries(identities)) {
      if (key === 0n) return `Account ${account} is registered without a key.`;
    }
    return undefined;
  },
};

const attestedAreRegistered: Invariant = {
  name: 'attestedAreRegistered',
  statement: 'Who attests something and whom it is about are registered, and are two people.',
  check: (state) => {
    for (const [[issuer, subject, topic]] of state.entries(attestations)) {
      if (issuer === subject) return `Account ${issuer} attests topic ${topic} of itself.`;
      for (const account of [issuer, subject]) {
        if (state.get(identities, account) === undefined) {
          return `Topic ${topic} names account ${account}, who is not registered.`;
        }
      }
    }
    return undefined;
  },
};

export const invariants: readonly Invariant[] = [everybodyHasAKey, attestedAreRegistered];
