import { ok, type Result } from '../../base/result.ts';
import type { ProtocolSetting } from '../../types/consensusLog.ts';
import { readProtocolSettings } from '../readProtocolSettings.ts';

/** Times in µs. A round's timeout is the first and so many times the delta as its number says. */
export interface TendermintSettings {
  readonly timeoutProposeUs: number;
  readonly timeoutProposeDeltaUs: number;
  readonly timeoutPrevoteUs: number;
  readonly timeoutPrevoteDeltaUs: number;
  readonly timeoutPrecommitUs: number;
  readonly timeoutPrecommitDeltaUs: number;
  /** Pause between a decision and the next height. */
  readonly timeoutCommitUs: number;
}

const HOUR_US = 3_600_000_000;
const DELTA = 'Added for every round of a height. With 0 a network slower than the timeouts never decides.';

export const SETTINGS: readonly ProtocolSetting[] = [
  {
    name: 'timeoutProposeUs',
    title: 'Timeout of proposals',
    about:
      'How long replicas wait for the proposal of the first round before they prevote nil; CometBFT: 3 s. Kill a proposer and this is what it costs.',
    unit: 'µs',
    initial: 3_000_000,
    min: 1,
    max: HOUR_US,
  },
  {
    name: 'timeoutProposeDeltaUs',
    title: 'More for each round: proposals',
    about: DELTA,
    unit: 'µs',
    initial: 500_000,
    min: 0,
    max: HOUR_US,
  },
  {
    name: 'timeoutPrevoteUs',
    title: 'Timeout of prevotes',
    about:
      'How long replicas wait for a majority once two thirds have prevoted without one; CometBFT: 1 s. Liars who vote twice make it count.',
    unit: 'µs',
    initial: 1_000_000,
    min: 1,
    max: HOUR_US,
  },
  {
    name: 'timeoutPrevoteDeltaUs',
    title: 'More for each round: prevotes',
    about: DELTA,
    unit: 'µs',
    initial: 500_000,
    min: 0,
    max: HOUR_US,
  },
  {
    name: 'timeoutPrecommitUs',
    title: 'Timeout of precommits',
    about:
      'How long replicas wait for a decision once two thirds have precommitted without one; CometBFT: 1 s. Then the next round begins.',
    unit: 'µs',
    initial: 1_000_000,
    min: 1,
    max: HOUR_US,
  },
  {
    name: 'timeoutPrecommitDeltaUs',
    title: 'More for each round: precommits',
    about: DELTA,
    unit: 'µs',
    initial: 500_000,
    min: 0,
    max: HOUR_US,
  },
  {
    name: 'timeoutCommitUs',
    title: 'Pause after a decision',
    about:
      'How long replicas wait before the next height, so that slow ones keep up; CometBFT: 1 s. The paper has none, and with 0 the network alone sets the pace.',
    unit: 'µs',
    initial: 0,
    min: 0,
    max: HOUR_US,
  },
];

/** Fails with `consensus/bad_setting`. */
export function readSettings(given: Readonly<Record<string, number>>): Result<TendermintSettings> {
  const read = readProtocolSettings(SETTINGS, given);
  if (!read.ok) return read;
  return ok(Object.freeze({ ...(read.value as Readonly<Record<keyof TendermintSettings, number>>) }));
}
