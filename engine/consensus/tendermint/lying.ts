import type { Lie } from '../../types/consensus.ts';
import type { Evidence } from '../../types/consensus.ts';
import { type Forge, NIL } from '../contract.ts';
import { KIND, precommitOf, prevoteOf, proposalOf, type TendermintMessage } from './messages.ts';

/** Another message that its author may not send beside this one. */
export function contradict(
  message: TendermintMessage,
  lie: Lie,
  forge: Forge,
): TendermintMessage | undefined {
  const { author, height, round, value } = message;
  switch (message.kind) {
    case KIND.proposal: {
      const { block, validRound } = message;
      if (lie === 'wrongDigest') return proposalOf(author, round, forge.claimOtherwise(block), validRound);
      if (lie !== 'twoProposals') return undefined;
      return proposalOf(author, round, forge.makeBlock(forge.block(block.parent), round, forge.nowUs), -1);
    }
    case KIND.prevote:
    case KIND.precommit: {
      if (value === NIL || (lie !== 'twoVotes' && lie !== 'wrongDigest')) return undefined;
      const block = forge.block(value);
      const other = lie === 'twoVotes' ? forge.other(block) : block;
      const id = other?.id ?? NIL;
      const digest = lie === 'twoVotes' ? (other?.digest ?? 0) : forge.claimOtherwise(block).digest;
      return message.kind === KIND.prevote
        ? prevoteOf(author, height, round, id, digest, lie === 'twoVotes' ? -1 : message.lockRound)
        : precommitOf(author, height, round, id, digest);
    }
    default:
      return undefined;
  }
}

/**
 * Who precommitted a value is locked on it until a quorum prevotes another in that round or later. So a prevote for another value that names
 * no such round is amnesia.
 */
export function offence(earlier: TendermintMessage, later: TendermintMessage): Evidence['kind'] | undefined {
  const isAmnesia =
    earlier.kind === KIND.precommit &&
    later.kind === KIND.prevote &&
    earlier.author === later.author &&
    earlier.height === later.height &&
    earlier.round < later.round &&
    earlier.value !== NIL &&
    later.value !== NIL &&
    earlier.value !== later.value &&
    later.lockRound < earlier.round;
  return isAmnesia ? 'amnesia' : undefined;
}
