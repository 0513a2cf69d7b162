import type { Block } from '../contract.ts';
import type { AttestationData, BlockBody, SignedData, Slashing } from './messages.ts';

// What comes in a message may be anything.

/** Attestations and slashings in a block, at most. */
export const MOST_ATTESTATIONS = 128;
export const MOST_SLASHINGS = 16;

export function isBody(body: BlockBody | undefined): body is BlockBody {
  return (
    body !== undefined &&
    isRecord(body) &&
    isList(body.attestations, MOST_ATTESTATIONS, isSigned) &&
    isList(body.slashings, MOST_SLASHINGS, isSlashing)
  );
}

function isSlashing(slashing: Slashing): boolean {
  if (!isRecord(slashing) || !isCount(slashing.identity)) return false;
  const { kind, one, other } = slashing;
  if (kind === 'twoProposals') return isRecord(one) && isRecord(other);
  return (kind === 'twoVotes' || kind === 'surroundVote') && isData(one) && isData(other);
}

export function isSigned(signed: SignedData): boolean {
  if (!isRecord(signed) || !isData(signed.data) || !Array.isArray(signed.signers)) return false;
  for (const word of signed.signers) if (!Number.isInteger(word)) return false;
  return true;
}

export function isData(data: AttestationData): boolean {
  return (
    isRecord(data) &&
    isCount(data.slot) &&
    isCount(data.head) &&
    isCount(data.height) &&
    Number.isInteger(data.digest) &&
    isCheckpoint(data.source) &&
    isCheckpoint(data.target)
  );
}

function isCheckpoint(checkpoint: AttestationData['source']): boolean {
  return isRecord(checkpoint) && isCount(checkpoint.epoch) && isCount(checkpoint.block);
}

export function isList<T>(list: readonly T[], most: number, isOne: (one: T) => boolean): boolean {
  if (!Array.isArray(list) || list.length > most) return false;
  for (const one of list) if (!isOne(one)) return false;
  return true;
}

export function isRecord(given: unknown): boolean {
  return typeof given === 'object' && given !== null;
}

export function isCount(given: number): boolean {
  return Number.isSafeInteger(given) && given >= 0;
}

/** What is looked at of a block before it is executed. */
export function isBlock(block: Block): boolean {
  return (
    isRecord(block) &&
    isCount(block.id) &&
    isCount(block.parent) &&
    isCount(block.height) &&
    isCount(block.round) &&
    isCount(block.proposer) &&
    Number.isInteger(block.digest)
  );
}

/** Whether a set of members of a committee has nobody beyond it. */
export function isWithin(signers: readonly number[], members: number): boolean {
  if (signers.length !== Math.ceil(members / 32)) return false;
  const rest = members & 31;
  return rest === 0 || signers.at(-1)! >>> rest === 0;
}
