import type { Protocol } from '../contract.ts';
import { GENESIS } from '../contract.ts';
import { takeExecuted } from './blocks.ts';
import { stateOf } from './chainStates.ts';
import { begin, takeTimer } from './duties.ts';
import { contradict, offence } from './lying.ts';
import type { ProofOfStakeMessage } from './messages.ts';
import { takeMessage } from './receiving.ts';
import { restoreState } from './restoring.ts';
import { type ProofOfStakeSettings, readSettings, SETTINGS } from './settings.ts';
import {
  createState,
  type ProofOfStakeOutputs,
  type ProofOfStakeState,
  type ProofOfStakeTimer,
} from './state.ts';
import { attestationDueUs, slotBeginsUs } from './timing.ts';
import { plantTree } from './tree.ts';

type ProofOfStake = Protocol<ProofOfStakeState, ProofOfStakeMessage, ProofOfStakeTimer, ProofOfStakeSettings>;

/** Proof of stake: proposers drawn by stake slot by slot, the branch with the latest votes of most stake, and finality by two thirds. */
export const proofOfStake: ProofOfStake = {
  id: 'proofOfStake',
  title: 'Proof of stake with finality',
  source:
    'Vitalik Buterin, Diego Hernandez, Thor Kamphefner and others, “Combining GHOST and Casper” (2020), arXiv 2003.03052; Vitalik Buterin and Virgil Griffith, “Casper the Friendly Finality Gadget” (2017), arXiv 1710.09437',
  messageKinds: [
    { name: 'block', role: 'proposal' },
    { name: 'attestation', role: 'vote' },
    { name: 'aggregate', role: 'sync' },
    { name: 'getBlocks', role: 'sync' },
    { name: 'blocks', role: 'sync' },
  ],
  quorumPermille: 666,
  finality: 'absolute',
  lies: [
    'silence',
    'twoProposals',
    'twoVotes',
    'wrongDigest',
    'withheldBlock',
    'lateVotes',
    'nothingAtStake',
    'amnesia',
  ],
  settings: SETTINGS,
  readSettings,
  create: (setup) => createState(setup),
  step(state, input, out) {
    // Of messages it is not asked.
    if (input.kind !== 'message') state.nowUs = input.nowUs;
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
        start(state, out);
    }
  },
  restore: (setup, records, out) => restoreState(setup, records, (id) => out.block(id)),
  view,
  lateUs,
  setLies(state, lies) {
    state.lies = new Set(lies);
  },
  contradict,
  offence,
};

function start(state: ProofOfStakeState, out: ProofOfStakeOutputs): void {
  const { chains } = state.constants;
  if (state.root === chains.genesis) {
    const genesis = stateOf(chains, out.block(GENESIS), (id) => out.block(id));
    Object.assign(state, plantTree(genesis), { head: genesis });
  }
  begin(state, out);
}

function view(state: ProofOfStakeState): ReturnType<ProofOfStake['view']> {
  const { identity, constants, slot, justified, finalised, decided, phase, head } = state;
  const { settings } = constants;
  const { epoch } = head.progress;
  const { stakes, issued, burnt, spent } = epoch.accounts;
  return {
    height: head.block.height,
    round: slot,
    phase,
    locked: justified.block,
    head: head.block.id,
    decided: decided.at(-1)!,
    details: {
      epoch: Math.floor(slot / settings.slotsPerEpoch),
      justifiedEpoch: justified.epoch,
      finalisedEpoch: finalised.epoch,
      stakeGwei: stakes[identity]!,
      weightGwei: epoch.weights[identity]!,
      totalStakeGwei: stakes.reduce((sum, stake) => sum + stake, 0),
      issuedGwei: issued,
      burntGwei: burnt,
      spentGwei: spent,
    },
  };
}

/** Until just before the votes of the next slot, which these are to outweigh. */
function lateUs(state: ProofOfStakeState): number {
  const { slotUs } = state.constants.settings;
  const dueUs = slotBeginsUs(state) + slotUs + attestationDueUs(state) - Math.ceil(slotUs / LATE_PART);
  return Math.max(0, dueUs - state.nowUs);
}

const LATE_PART = 16;
