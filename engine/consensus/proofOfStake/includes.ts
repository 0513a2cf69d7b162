import type { Block } from '../contract.ts';
import {
  blockAt,
  type Chains,
  type ChainState,
  committeeOf,
  epochOf,
  progressIn,
  scheduleOf,
} from './chain.ts';
import { hasBit } from './economy.ts';
import type { Progress } from './epochs.ts';
import {
  type AttestationData,
  type BlockBody,
  sameCheckpoint,
  type SignedData,
  type Slashing,
  votesOffence,
} from './messages.ts';
import { isBody, isWithin } from './shapes.ts';

/** The chain after a block on another one; a word where what it carries is against the rules. Takes O(what it carries). */
export function applyBody(chains: Chains, parent: ChainState, block: Block): ChainState | string {
  const body = block.extra as BlockBody | undefined;
  if (!isBody(body)) return 'body';
  const slot = block.round;
  const epoch = epochOf(chains, slot);
  const begun = progressIn(chains, parent, epoch);
  const progress: { -readonly [K in keyof Progress]: Progress[K] } = { ...begun };
  if (slot === epoch * chains.settings.slotsPerEpoch) progress.boundary = block.id;
  if (body.attestations.length > 0) {
    progress.targets = begun.targets.slice();
    progress.heads = begun.heads.slice();
    progress.previousTargets = begun.previousTargets.slice();
    progress.previousHeads = begun.previousHeads.slice();
  }
  for (const { data, signers } of body.attestations) {
    if (data.slot >= slot || !isIncludable(chains, progress, data)) return 'attestation';
    const committee = committeeOf(chains, data.slot);
    if (!isWithin(signers, committee.length)) return 'attestation';
    const isCurrent = data.target.epoch === epoch;
    const targets = isCurrent ? progress.targets : progress.previousTargets;
    const heads = isCurrent ? progress.heads : progress.previousHeads;
    const isRightHead = blockAt(parent, data.slot) === data.head;
    for (let place = 0; place < committee.length; place++) {
      if (!hasBit(signers, place)) continue;
      const identity = committee[place]!;
      targets[identity >>> 5]! |= 1 << (identity & 31);
      if (isRightHead) heads[identity >>> 5]! |= 1 << (identity & 31);
    }
  }
  const slashings = begun.slashings.slice();
  for (const slashing of body.slashings) {
    if (!isProven(chains, slashing) || !isSlashable({ ...progress, slashings }, slashing.identity)) {
      return 'slashing';
    }
    slashings.push(slashing.identity);
  }
  progress.slashings = Object.freeze(slashings);
  progress.proposers = Object.freeze([...begun.proposers, block.proposer]);
  return Object.freeze({ block, slot, parent, progress: Object.freeze(progress) });
}

/** Whether a chain may take in such votes in this epoch: of it or the one before, with its own checkpoints. */
export function isIncludable(
  chains: Chains,
  progress: Progress,
  { slot, source, target }: AttestationData,
): boolean {
  const { epoch } = progress.epoch;
  if (epochOf(chains, slot) !== target.epoch) return false;
  if (target.epoch === epoch) {
    return target.block === progress.boundary && sameCheckpoint(source, progress.epoch.justified);
  }
  return (
    target.epoch === epoch - 1 &&
    target.block === progress.previousBoundary &&
    sameCheckpoint(source, progress.epoch.previousJustified)
  );
}

/** Whether such votes would bring a chain something new. */
export function isNewTo(chains: Chains, progress: Progress, { data, signers }: SignedData): boolean {
  const committee = committeeOf(chains, data.slot);
  const targets = data.target.epoch === progress.epoch.epoch ? progress.targets : progress.previousTargets;
  for (let place = 0; place < committee.length; place++) {
    if (hasBit(signers, place) && !hasBit(targets, committee[place]!)) return true;
  }
  return false;
}

/** Whether somebody stands on a chain and was not slashed there yet. */
export function isSlashable({ epoch, slashings }: Progress, identity: number): boolean {
  return epoch.accounts.slashed[identity] === 0 && !slashings.includes(identity);
}

/** Whether it is an offence, of somebody who could have committed it. Signatures are modelled: nobody has those of others. */
function isProven(chains: Chains, slashing: Slashing): boolean {
  const { identity } = slashing;
  if (slashing.kind === 'twoProposals') {
    const { one, other } = slashing;
    return (
      one.proposer === identity &&
      other.proposer === identity &&
      one.round === other.round &&
      one.id !== other.id
    );
  }
  const { one, other, kind } = slashing;
  return (
    isVoter(chains, one, identity) && isVoter(chains, other, identity) && votesOffence(one, other) === kind
  );
}

function isVoter(chains: Chains, { slot }: AttestationData, identity: number): boolean {
  const { slotsPerEpoch } = chains.settings;
  return scheduleOf(chains, epochOf(chains, slot)).slotOf[identity] === slot % slotsPerEpoch;
}
