/**
 * Help for those who missed something: the paper lets the network bring every message to everybody in the end, and this stands for it. Nothing of it is
 * sent where rounds end in time.
 */
import { NIL, type VoteBundle } from '../contract.ts';
import {
  type Bundle,
  type Commit,
  type Commits,
  commitsOf,
  KIND,
  type Proposal,
  type Status,
  statusOf,
  type TendermintMessage,
  votesOf,
} from './messages.ts';
import { countedVotes, currentVotes, type TendermintOutputs, type TendermintState } from './state.ts';
import { bitWords, hasMore, isBitWords, powerOf, type RoundVotes, type Tally } from './tally.ts';

/** Decided blocks in one message, at most. */
const MOST_COMMITS = 64;
const MOST_BUNDLES = 256;

/** Says to all, or to one, what this replica has of its round. */
export function sendStatus(state: TendermintState, to: number | undefined, out: TendermintOutputs): void {
  const { prevotes, precommits } = countedVotes(state);
  const status = statusOf(
    state.constants.identity,
    state.height,
    state.round,
    currentVotes(state).proposal !== undefined,
    bitWords(prevotes.voters),
    bitWords(precommits.voters),
  );
  if (to === undefined) out.broadcast(status);
  else out.send(to, status);
}

function sendCommits(state: TendermintState, to: number, height: number, out: TendermintOutputs): void {
  const commits = state.commits.slice(height - 1, height - 1 + MOST_COMMITS);
  out.send(to, commitsOf(state.constants.identity, height, commits));
}

/**
 * Somebody prevotes in a height that is over here, in a round after the one that decided it: it missed that, and while its rounds go on it does not
 * ask. A vote that is only late is of that round or one before.
 */
export function answerLateVote(
  state: TendermintState,
  { kind, author, height, round }: TendermintMessage,
  out: TendermintOutputs,
): void {
  const commit = state.commits[height - 1];
  if (kind !== KIND.prevote || commit === undefined || !(round > commit.round)) return;
  sendCommits(state, author, height, out);
}

/** Sends somebody who got no further what it lacks: decided blocks, or proposals and votes of its height. */
export function answerStatus(state: TendermintState, status: Status, out: TendermintOutputs): void {
  const { author, height, round, prevotes, precommits } = status;
  const { identity } = state.constants;
  if (!Number.isInteger(height) || height < 1 || height > state.height) return;
  if (height < state.height) {
    sendCommits(state, author, height, out);
    return;
  }
  const { words } = state.constants;
  if (!isBitWords(prevotes, words) || !isBitWords(precommits, words)) return;
  const bundles: Bundle[] = [];
  const proposals: Proposal[] = [];
  for (const votes of state.votes) {
    if (votes.height !== height) continue;
    const before = bundles.length;
    addBundles(state, bundles, votes, KIND.prevote, votes.round, status);
    addBundles(state, bundles, votes, KIND.precommit, votes.round, status);
    const isLacked = votes.round > round || (votes.round === round && !status.hasProposal);
    if (votes.proposal !== undefined && (isLacked || (bundles.length > before && hasQuorum(state, votes)))) {
      proposals.push(votes.proposal);
    }
  }
  if (bundles.length + proposals.length === 0) return;
  out.send(author, votesOf(identity, height, state.round, proposals, bundles));
}

/** Votes that a message brings along. */
export function votesIn(message: TendermintMessage): VoteBundle[] {
  const { height } = message;
  if (message.kind === KIND.votes) return message.bundles.map((bundle) => ({ ...bundle, height }));
  if (message.kind !== KIND.commits) return [];
  return message.commits.map(({ block, round, signers }) => ({
    kind: KIND.precommit,
    height: block.height,
    round,
    value: block.id,
    digest: block.digest,
    signers,
  }));
}

/** Votes of a round that somebody lacks. Quorums for a value also of rounds before, and when it has other votes of these identities. */
function addBundles(
  state: TendermintState,
  bundles: Bundle[],
  votes: RoundVotes,
  kind: 1 | 2,
  round: number,
  status: Status,
): void {
  const tally = kind === KIND.prevote ? votes.prevotes : votes.precommits;
  const theirs = kind === KIND.prevote ? status.prevotes : status.precommits;
  for (let i = 0; i < tally.count && bundles.length < MOST_BUNDLES; i++) {
    const { value, digest, power, signers } = tally.choices[i]!;
    const isLacked = round > status.round || (round === status.round && hasMore(signers, theirs));
    const isMajority = value !== NIL && power >= state.constants.quorumPower;
    if (!isLacked && !isMajority) continue;
    bundles.push(Object.freeze({ kind, round, value, digest, signers: bitWords(signers) }));
  }
}

function hasQuorum(state: TendermintState, { prevotes, precommits }: RoundVotes): boolean {
  return holdsQuorum(state, prevotes) || holdsQuorum(state, precommits);
}

function holdsQuorum(state: TendermintState, { choices, count }: Tally): boolean {
  for (let i = 0; i < count; i++) {
    const { value, power } = choices[i]!;
    if (value !== NIL && power >= state.constants.quorumPower) return true;
  }
  return false;
}

/** Takes decided blocks that come next, each proven by the precommits of a quorum. True when there are some to execute now. */
export function takeCommits(state: TendermintState, { author, commits }: Commits): boolean {
  if (state.pending.length > 0 || !Array.isArray(commits)) return false;
  const { powers, quorumPower, words } = state.constants;
  let parent = state.parent;
  let height = state.height;
  for (const commit of commits as readonly Partial<Commit>[]) {
    const { block, round, signers } = commit ?? {};
    if (block === undefined || block.height > height) break;
    if (block.height < height) continue;
    if (block.parent !== parent || !Number.isInteger(round)) break;
    if (!isBitWords(signers, words)) break;
    if (powerOf(signers, powers) < quorumPower) break;
    state.pending.push(commit as Commit);
    parent = block.id;
    height++;
  }
  state.askNext = commits.length >= MOST_COMMITS ? author : -1;
  return state.pending.length > 0;
}
