import type { Settings } from '../../engine/api/index.ts';
import { readEntry } from '../lib/knobValue.ts';
import { addressErrors } from '../lib/messages/address.ts';
import { format } from '../lib/messages.ts';

/** What the page's address may ask for: `?cores=virtual:8&seed=3&hot=90&skew=50&story=off`. Work is in rounds. */
export interface AddressWishes {
  readonly story: boolean;
  /** The page is shown inside another one: small, and with an interface for its host. */
  readonly embed: boolean;
  /** Of an embedded page, so that it suits the one around it; null leaves it to the viewer's system. */
  readonly theme: 'dark' | 'light' | null;
  /** The engine's defaults with what the address wishes. */
  settings(defaults: Settings): Settings;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

const MAX_U32 = 0xffffffff;

/** Reads the address; what cannot be read is an error with its place, and is left at the default. */
export function readAddress(search: string): AddressWishes {
  const parameters = new URLSearchParams(search);
  const errors: { code: string; message: string }[] = [];
  const number = (name: string, text: string | null, max: number, decimals = 0): number | undefined => {
    if (text === null) return undefined;
    const entry = readEntry(text, { min: 0, max, decimals });
    if (entry.ok) return entry.value;
    errors.push({
      code: 'address/bad_value',
      message: format(addressErrors.value, { name, why: entry.error.message }),
    });
    return undefined;
  };
  const seed = number('seed', parameters.get('seed'), MAX_U32);
  const schedule = number('schedule', parameters.get('schedule'), MAX_U32);
  const hot = number('hot', parameters.get('hot'), 100, 1);
  const skew = number('skew', parameters.get('skew'), 100, 1);
  const size = number('transactions', parameters.get('transactions'), MAX_U32);
  const work = number('work', parameters.get('work'), MAX_U32);
  const theme = parameters.get('theme');
  const wishedCores = parameters.get('cores');
  const cores = wishedCores === null ? null : /^(real|virtual):(\d{1,3})$/.exec(wishedCores);
  if (wishedCores !== null && cores === null)
    errors.push({ code: 'address/bad_cores', message: addressErrors.cores });
  return {
    story: parameters.get('story') !== 'off',
    embed: parameters.has('embed'),
    theme: theme === 'dark' || theme === 'light' ? theme : null,
    errors,
    settings: (defaults) => ({
      genesis: { ...defaults.genesis, ...(seed === undefined ? {} : { seed }) },
      traffic: {
        ...defaults.traffic,
        ...(hot === undefined ? {} : { hotPermille: Math.round(hot * 10) }),
        ...(skew === undefined ? {} : { skewPermille: Math.round(skew * 10) }),
        ...(size === undefined ? {} : { transactionsPerBlock: size }),
        ...(work === undefined ? {} : { work }),
      },
      execution: {
        ...defaults.execution,
        ...(schedule === undefined ? {} : { scheduleSeed: schedule }),
        ...(cores === null
          ? {}
          : {
              cores: {
                kind: cores[1] === 'virtual' ? 'virtual' : 'real',
                count: Math.max(1, Number(cores[2])),
              },
            }),
      },
    }),
  };
}
