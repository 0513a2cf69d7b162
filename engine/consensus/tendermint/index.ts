import type { Protocol } from '../contract.ts';
import { timeoutUs } from './algorithm.ts';
import { votesIn } from './catchUp.ts';
import { contradict, offence } from './lying.ts';
import type { TendermintMessage } from './messages.ts';
import { begin, takeExecuted, takeMessage, takeTimer } from './receiving.ts';
import { restoreState } from './restoring.ts';
import { readSettings, SETTINGS, type TendermintSettings } from './settings.ts';
import {
  countedVotes,
  createState,
  currentVotes,
  proposerOf,
  type Rules,
  STEP,
  type TendermintState,
  type TendermintTimer,
  TRUE_RULES,
} from './state.ts';

type Tendermint = Protocol<TendermintState, TendermintMessage, TendermintTimer, TendermintSettings>;

/** Words of the paper, by step; CometBFT's for what lies between heights. */
const PHASES = ['commit', 'propose', 'prevote', 'precommit'] as const;

/** Tendermint by these rules: the paper's, or broken ones for tests that have to see them found. */
export function createTendermint(rules: Partial<Rules> = {}): Tendermint {
  const own: Rules = Object.freeze({ ...TRUE_RULES, ...rules });
  return {
    id: 'tendermint',
    title: 'Tendermint',
    source:
      'Ethan Buchman, Jae Kwon and Zarko Milosevic, “The latest gossip on BFT consensus” (2018), arXiv 1807.04938; proposers and timeouts as CometBFT has them',
    messageKinds: [
      { name: 'proposal', role: 'proposal' },
      { name: 'prevote', role: 'vote' },
      { name: 'precommit', role: 'vote' },
      { name: 'status', role: 'sync' },
      { name: 'votes', role: 'sync' },
      { name: 'commits', role: 'sync' },
    ],
    quorumPermille: 667,
    finality: 'absolute',
    lies: ['silence', 'twoProposals', 'twoVotes', 'wrongDigest', 'withheldBlock', 'lateVotes', 'amnesia'],
    settings: SETTINGS,
    readSettings,
    create: (setup) => createState(setup, own),
    step(state, input, out) {
      state.nowUs = input.nowUs;
      switch (input.kind) {
        case 'message':
          takeMessage(state, input, out);
          break;
        case 'timer':
          takeTimer(state, input.timer!, out);
          break;
        case 'executed':
          takeExecuted(state, input.block!, input.digest, out);
          break;
        default:
          begin(state, out);
      }
    },
    restore: (setup, records) => restoreState(setup, own, records),
    view,
    lateUs,
    setLies(state, lies) {
      state.isAmnesiac = lies.has('amnesia');
    },
    contradict,
    offence,
    votesIn,
  };
}

/** The Byzantine-fault-tolerant protocol of CometBFT. */
export const tendermint = createTendermint();

function view(state: TendermintState): ReturnType<Tendermint['view']> {
  const { height, round, step, lockedValue, lockedRound, validValue, validRound, parent } = state;
  const { prevotes, precommits } = countedVotes(state);
  const { quorumPower } = state.constants;
  return {
    height,
    round,
    phase: PHASES[step],
    locked: lockedValue,
    head: currentVotes(state).proposal?.value ?? parent,
    decided: parent,
    details: {
      proposer: proposerOf(state, round),
      lockedRound,
      validValue,
      validRound,
      prevotes: `${prevotes.power} of ${quorumPower}`,
      precommits: `${precommits.power} of ${quorumPower}`,
    },
  };
}

/** Of the timeout that the others start when they have a quorum of votes; what is left is for the way. */
const LATE_PART = 16;

/** The others go on without this vote when their timeout of the step ends. */
function lateUs(state: TendermintState): number {
  const us = timeoutUs(state, state.step === STEP.prevote ? 'prevote' : 'precommit');
  return us - Math.ceil(us / LATE_PART);
}
