import type { Evidence, Lie } from '../../types/consensus.ts';
import { type Forge, GENESIS } from '../contract.ts';
import {
  type Attestation,
  type AttestationData,
  attestationOf,
  blockMessage,
  type BlockMessage,
  checkpointOf,
  KIND,
  type ProofOfStakeMessage,
  votesOffence,
} from './messages.ts';

/** Another message that its author may not send beside this one. */
export function contradict(
  message: ProofOfStakeMessage,
  lie: Lie,
  forge: Forge,
): ProofOfStakeMessage | undefined {
  if (message.kind === KIND.block) return otherBlock(message, lie, forge);
  return message.kind === KIND.attestation ? otherVote(message, lie, forge) : undefined;
}

function otherBlock({ block }: BlockMessage, lie: Lie, forge: Forge): BlockMessage | undefined {
  if (lie === 'wrongDigest') return blockMessage(forge.claimOtherwise(block));
  if (lie !== 'twoProposals') return undefined;
  return blockMessage(forge.makeBlock(forge.block(block.parent), block.round, forge.nowUs, block.extra));
}

/** For the other block of a liar that proposed twice, or for the block before the head, as if that had not come. */
function otherVote({ author, data }: Attestation, lie: Lie, forge: Forge): Attestation | undefined {
  const head = forge.block(data.head);
  if (lie === 'wrongDigest') return attestationOf(author, data, forge.claimOtherwise(head).digest);
  if (lie !== 'twoVotes' || head.height === 0) return undefined;
  const { id, height, digest } = forge.other(head) ?? forge.block(head.parent);
  const target = data.target.block === head.id ? checkpointOf(data.target.epoch, id) : data.target;
  return attestationOf(author, Object.freeze({ ...data, head: id, height, digest, target }));
}

/** What two messages of one author prove: Casper's commandments, and a block a slot. */
export function offence(
  earlier: ProofOfStakeMessage,
  later: ProofOfStakeMessage,
): Evidence['kind'] | undefined {
  if (earlier.author !== later.author) return undefined;
  if (earlier.kind === KIND.attestation && later.kind === KIND.attestation) {
    return votesOffence(earlier.data, later.data);
  }
  const isTwice =
    earlier.kind === KIND.block &&
    later.kind === KIND.block &&
    earlier.round === later.round &&
    earlier.value !== later.value;
  return isTwice ? 'twoProposals' : undefined;
}

/** What somebody votes who has forgotten every second time what was justified: that surrounds its votes before. */
export function forgetful(data: AttestationData): AttestationData {
  if (data.target.epoch % 2 === 0) return data;
  return Object.freeze({ ...data, source: checkpointOf(0, GENESIS) });
}
