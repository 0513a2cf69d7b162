import { fail, ok, type Result } from '../../base/result.ts';
import type { ProtocolSetting } from '../../types/consensusLog.ts';
import { readProtocolSettings } from '../readProtocolSettings.ts';

export interface NakamotoSettings {
  /** What the difficulty is adjusted to, µs. */
  readonly blockIntervalUs: number;
  /** Blocks between two adjustments of the difficulty; 0: it stays. */
  readonly retargetBlocks: number;
  /** Of the difficulty at which all identities together find a block an interval. */
  readonly startDifficultyPermille: number;
  /** A block is decided when so many stand on its place: itself and those on it. */
  readonly confirmations: number;
  /** Of a thousand equal branches that come later, how many are preferred to the one seen first. */
  readonly tieSwitchPermille: number;
  /** How far ahead of a node's clock a block's time may be, µs. */
  readonly futureLimitUs: number;
  /** A double spender gives up when the public branch is so many blocks ahead of its own. */
  readonly giveUpBlocks: number;
}

const HOUR_US = 3_600_000_000;

export const SETTINGS: readonly ProtocolSetting[] = [
  {
    name: 'blockIntervalUs',
    title: 'Block interval',
    about:
      'The mean time between blocks that the difficulty is adjusted to; Bitcoin: 600 s. As it comes near the time that blocks travel, more of them end beside the chain.',
    unit: 'µs',
    initial: 600_000_000,
    min: 1000,
    max: 24 * HOUR_US,
  },
  {
    name: 'retargetBlocks',
    title: 'Retarget period',
    about:
      'After so many blocks the difficulty is adjusted by the time that they took, to a quarter at least and fourfold at most; Bitcoin: 2016. 0: it stays as it is.',
    unit: 'blocks',
    initial: 2016,
    min: 0,
    max: 100_000,
  },
  {
    name: 'startDifficultyPermille',
    title: 'Difficulty at the start',
    about:
      'In thousandths of what the whole hash rate needs for one block an interval. Start too low or too high and watch the adjustment.',
    unit: 'permille',
    initial: 1000,
    min: 1,
    max: 1_000_000,
  },
  {
    name: 'confirmations',
    title: 'Confirmations',
    about:
      'A block counts as decided when it and the blocks on it are so many. More of them take longer and are undone more rarely.',
    unit: 'blocks',
    initial: 6,
    min: 1,
    max: 1000,
  },
  {
    name: 'tieSwitchPermille',
    title: 'Later of two equal branches',
    about:
      'How often a miner goes over to an equal branch that it sees later. 0 is Bitcoin’s first seen; 500 is chance, the remedy of Eyal and Sirer. Where all hear an honest block first, this is the γ of selfish mining.',
    unit: 'permille',
    initial: 0,
    min: 0,
    max: 1000,
  },
  {
    name: 'futureLimitUs',
    title: 'Limit of time stamps',
    about:
      'How far ahead of a node’s own clock a block’s time may be; Bitcoin: two hours. Clocks that drift further apart no longer agree on a chain.',
    unit: 'µs',
    initial: 2 * HOUR_US,
    min: 0,
    max: 10_000 * HOUR_US,
  },
  {
    name: 'giveUpBlocks',
    title: 'Double spender gives up',
    about:
      'When the public branch is so many blocks ahead of the secret one, the attacker begins anew with another payment.',
    unit: 'blocks',
    initial: 30,
    min: 1,
    max: 10_000,
  },
];

/** Fails with `consensus/bad_setting`. */
export function readSettings(given: Readonly<Record<string, number>>): Result<NakamotoSettings> {
  const read = readProtocolSettings(SETTINGS, given);
  if (!read.ok) return read;
  const settings = read.value as Readonly<Record<keyof NakamotoSettings, number>>;
  if (settings.retargetBlocks === 1) {
    return fail(
      'consensus/bad_setting',
      'One block takes no time to be measured: retarget after 2 or more.',
      {
        setting: 'retargetBlocks',
        value: '1',
      },
    );
  }
  return ok(Object.freeze({ ...settings }));
}
