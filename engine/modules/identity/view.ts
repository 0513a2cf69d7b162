import type { View } from '../../moduleSdk/index.ts';
import { attestations, identities } from './state.ts';

/** Attestations shown, at most. */
const MAX_ROWS = 500;

const credentials: View = {
  name: 'credentials',
  read: (state) => {
    const all = [...state.entries(attestations)];
    return {
      registered: [...state.entries(identities)].length,
      total: all.length,
      rows: all.slice(0, MAX_ROWS).map(([[issuer, subject, topic], value]) => ({
        ...{ issuer, subject, topic, issued: value.issued, expires: value.expires },
        claim: `0x${value.claim.toString(16)}`,
        revoked: value.revoked !== 0,
      })),
    };
  },
};

export const views: readonly View[] = [credentials];
