import type { Block, ConsensusMessage } from '../contract.ts';

/** Places in `messageKinds`. */
export const KIND = { block: 0, attestation: 1, aggregate: 2, getBlocks: 3, blocks: 4 } as const;

/** An epoch boundary pair (B, j): the last block of a chain at or before the first slot of epoch j. Frozen. */
export interface Checkpoint {
  readonly epoch: number;
  readonly block: number;
}

/** What an attestation says: a vote for a head (LMD GHOST) and for a link from a justified checkpoint to a new one (Casper FFG). Frozen. */
export interface AttestationData {
  readonly slot: number;
  /** Number, height and digest of the head. */
  readonly head: number;
  readonly height: number;
  readonly digest: number;
  readonly source: Checkpoint;
  readonly target: Checkpoint;
}

/** Members of a committee who attest the same: a bit for each place in the committee, lowest first. Frozen. */
export interface SignedData {
  readonly data: AttestationData;
  readonly signers: readonly number[];
}

/** What a validator did that no honest one does, with the proof. Frozen. */
export type Slashing = { readonly identity: number } & (
  | {
      readonly kind: 'twoVotes' | 'surroundVote';
      readonly one: AttestationData;
      readonly other: AttestationData;
    }
  | { readonly kind: 'twoProposals'; readonly one: Block; readonly other: Block }
);

/** What a block carries beside its payload. Frozen. */
export interface BlockBody {
  readonly attestations: readonly SignedData[];
  readonly slashings: readonly Slashing[];
}

export interface BlockMessage extends ConsensusMessage {
  readonly kind: 0;
  readonly block: Block;
}

export interface Attestation extends ConsensusMessage {
  readonly kind: 1;
  readonly data: AttestationData;
}

/** Attestations of a committee together, as an aggregator has them; more than one where its members do not attest the same. */
export interface Aggregate extends ConsensusMessage {
  readonly kind: 2;
  readonly attestations: readonly SignedData[];
}

/** Asks for a block that another one, or a vote, names. */
export interface GetBlocks extends ConsensusMessage {
  readonly kind: 3;
  readonly wanted: number;
  /** How many of those before it are asked for as well, itself included. */
  readonly count: number;
}

/** The answer, the oldest first. */
export interface Blocks extends ConsensusMessage {
  readonly kind: 4;
  readonly blocks: readonly Block[];
}

export type ProofOfStakeMessage = BlockMessage | Attestation | Aggregate | GetBlocks | Blocks;

/** Signature 96, slot 8, committee 8, three hashes of 32, two epochs of 8. */
const ATTESTATION_BYTES = 224;
const WORD_BYTES = 4;
const HEADER_BYTES = 112;
const GET_BLOCKS_BYTES = 144;

export function blockMessage(block: Block): BlockMessage {
  const { proposer, height, round, id, digest, sizeBytes } = block;
  const body = block.extra as BlockBody | undefined;
  return Object.freeze({
    kind: KIND.block,
    author: proposer,
    height,
    round,
    value: id,
    digest,
    sizeBytes: HEADER_BYTES + sizeBytes + (body === undefined ? 0 : bodyBytes(body)),
    block,
  });
}

/** `digest`: what the author claims of the head, where it is not what the data says. */
export function attestationOf(author: number, data: AttestationData, digest = data.digest): Attestation {
  return Object.freeze({
    kind: KIND.attestation,
    author,
    height: data.height,
    round: data.slot,
    value: data.head,
    digest,
    sizeBytes: ATTESTATION_BYTES,
    data,
  });
}

/** `attestations`: one at least, the first of which is named. */
export function aggregateOf(author: number, attestations: readonly SignedData[]): Aggregate {
  const { data } = attestations[0]!;
  return Object.freeze({
    kind: KIND.aggregate,
    author,
    height: data.height,
    round: data.slot,
    value: data.head,
    digest: data.digest,
    sizeBytes: HEADER_BYTES + signedBytes(attestations),
    attestations: Object.freeze(attestations),
  });
}

export function getBlocksOf(
  author: number,
  wanted: number,
  height: number,
  round: number,
  count: number,
): GetBlocks {
  return Object.freeze({
    kind: KIND.getBlocks,
    author,
    height,
    round,
    value: -1,
    digest: 0,
    sizeBytes: GET_BLOCKS_BYTES,
    wanted,
    count,
  });
}

/** `blocks`: one at least. */
export function blocksOf(author: number, blocks: readonly Block[]): Blocks {
  const last = blocks.at(-1)!;
  let sizeBytes = HEADER_BYTES;
  for (const block of blocks) sizeBytes += blockMessage(block).sizeBytes;
  return Object.freeze({
    kind: KIND.blocks,
    author,
    height: last.height,
    round: last.round,
    value: last.id,
    digest: last.digest,
    sizeBytes,
    blocks: Object.freeze(blocks),
  });
}

/** Frozen copies of what a block brings. */
export function bodyOf(attestations: readonly SignedData[], slashings: readonly Slashing[]): BlockBody {
  return Object.freeze({
    attestations: Object.freeze(attestations.slice()),
    slashings: Object.freeze(slashings.slice()),
  });
}

export function checkpointOf(epoch: number, block: number): Checkpoint {
  return Object.freeze({ epoch, block });
}

export function sameCheckpoint(one: Checkpoint, other: Checkpoint): boolean {
  return one.epoch === other.epoch && one.block === other.block;
}

/** Two of one committee: their slots are equal. */
export function sameData(one: AttestationData, other: AttestationData): boolean {
  return (
    one === other ||
    (one.head === other.head &&
      one.slot === other.slot &&
      one.digest === other.digest &&
      sameCheckpoint(one.target, other.target) &&
      sameCheckpoint(one.source, other.source))
  );
}

/**
 * Casper's two commandments: no two votes for one target epoch, and no vote within the span of another (“Casper the Friendly Finality Gadget”,
 * section 2). Undefined where one validator may say both.
 */
export function votesOffence(
  one: AttestationData,
  other: AttestationData,
): 'twoVotes' | 'surroundVote' | undefined {
  if (one.target.epoch === other.target.epoch) return sameData(one, other) ? undefined : 'twoVotes';
  return surrounds(one, other) || surrounds(other, one) ? 'surroundVote' : undefined;
}

function surrounds(outer: AttestationData, inner: AttestationData): boolean {
  return outer.source.epoch < inner.source.epoch && inner.target.epoch < outer.target.epoch;
}

function signedBytes(attestations: readonly SignedData[]): number {
  let bytes = 0;
  for (const { signers } of attestations) bytes += ATTESTATION_BYTES + WORD_BYTES * signers.length;
  return bytes;
}

function bodyBytes({ attestations, slashings }: BlockBody): number {
  return signedBytes(attestations) + 2 * ATTESTATION_BYTES * slashings.length;
}
