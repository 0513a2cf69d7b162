import { type Block, type ConsensusMessage, NIL } from '../contract.ts';

/** Places in `messageKinds`. */
export const KIND = { proposal: 0, prevote: 1, precommit: 2, status: 3, votes: 4, commits: 5 } as const;

/** ⟨PROPOSAL, h, r, v, validRound⟩, signed by the proposer. */
export interface Proposal extends ConsensusMessage {
  readonly kind: 0;
  readonly block: Block;
  /** Round in which a quorum prevoted the block before; −1: it is new. */
  readonly validRound: number;
}

/** ⟨PREVOTE, h, r, id(v)⟩. */
export interface Prevote extends ConsensusMessage {
  readonly kind: 1;
  /** The last round in which, as the voter knows, a quorum prevoted the value; −1: none. With it amnesia can be proven from two messages. */
  readonly lockRound: number;
}

/** ⟨PRECOMMIT, h, r, id(v)⟩. */
export interface Precommit extends ConsensusMessage {
  readonly kind: 2;
}

export type Vote = Prevote | Precommit;

/** A bit for each identity, 32 a number, lowest first. Smaller than a typed array where they are few, and every decided height keeps one. */
export type BitWords = readonly number[];

/** Somebody got no further for a while and says what it has of its round: who has more of it, or is ahead, sends that. */
export interface Status extends ConsensusMessage {
  readonly kind: 3;
  readonly hasProposal: boolean;
  /** Whose votes of this round it has. */
  readonly prevotes: BitWords;
  readonly precommits: BitWords;
}

/** Votes of one kind, round and value together, with who signed. */
export interface Bundle {
  readonly kind: 1 | 2;
  readonly round: number;
  readonly value: number;
  readonly digest: number;
  readonly signers: BitWords;
}

/** What others said in a height, for somebody who missed it. */
export interface Votes extends ConsensusMessage {
  readonly kind: 4;
  readonly proposals: readonly Proposal[];
  readonly bundles: readonly Bundle[];
}

/** A decided block and the precommits that decided it. Also what a replica keeps on disk of a height that is over. */
export interface Commit {
  readonly block: Block;
  readonly round: number;
  readonly signers: BitWords;
}

/** Decided blocks in a row, for somebody who is heights behind. */
export interface Commits extends ConsensusMessage {
  readonly kind: 5;
  readonly commits: readonly Commit[];
}

export type TendermintMessage = Proposal | Prevote | Precommit | Status | Votes | Commits;

/** Signature 64, value and digest 32 each, height 8, rounds 4 each, author 4. */
export const VOTE_BYTES = 148;
const HEADER_BYTES = 84;
const WORD_BYTES = 4;
const HASHES_BYTES = 64;

export function proposalOf(author: number, round: number, block: Block, validRound: number): Proposal {
  return Object.freeze({
    kind: KIND.proposal,
    author,
    height: block.height,
    round,
    value: block.id,
    digest: block.digest,
    sizeBytes: VOTE_BYTES + block.sizeBytes,
    block,
    validRound,
  });
}

export function prevoteOf(
  author: number,
  height: number,
  round: number,
  value: number,
  digest: number,
  lockRound: number,
): Prevote {
  return Object.freeze({
    kind: KIND.prevote,
    author,
    height,
    round,
    value,
    digest,
    sizeBytes: VOTE_BYTES,
    lockRound,
  });
}

export function precommitOf(
  author: number,
  height: number,
  round: number,
  value: number,
  digest: number,
): Precommit {
  return Object.freeze({
    kind: KIND.precommit,
    author,
    height,
    round,
    value,
    digest,
    sizeBytes: VOTE_BYTES,
  });
}

export function statusOf(
  author: number,
  height: number,
  round: number,
  hasProposal: boolean,
  prevotes: BitWords,
  precommits: BitWords,
): Status {
  return Object.freeze({
    kind: KIND.status,
    author,
    height,
    round,
    value: NIL,
    digest: 0,
    sizeBytes: HEADER_BYTES + WORD_BYTES * (prevotes.length + precommits.length),
    hasProposal,
    prevotes,
    precommits,
  });
}

export function votesOf(
  author: number,
  height: number,
  round: number,
  proposals: readonly Proposal[],
  bundles: readonly Bundle[],
): Votes {
  let sizeBytes = HEADER_BYTES;
  for (const proposal of proposals) sizeBytes += proposal.sizeBytes;
  for (const { signers } of bundles) sizeBytes += signaturesBytes(signers);
  return Object.freeze({
    kind: KIND.votes,
    author,
    height,
    round,
    value: NIL,
    digest: 0,
    sizeBytes,
    proposals: Object.freeze(proposals),
    bundles: Object.freeze(bundles),
  });
}

export function commitsOf(author: number, height: number, commits: readonly Commit[]): Commits {
  let sizeBytes = HEADER_BYTES;
  for (const { block, signers } of commits) sizeBytes += block.sizeBytes + signaturesBytes(signers);
  return Object.freeze({
    kind: KIND.commits,
    author,
    height,
    round: 0,
    value: NIL,
    digest: 0,
    sizeBytes,
    commits: Object.freeze(commits),
  });
}

const SIGNATURE_BYTES = 64;

function signaturesBytes(signers: BitWords): number {
  let count = 0;
  for (const word of signers) for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return HASHES_BYTES + WORD_BYTES * signers.length + SIGNATURE_BYTES * count;
}
