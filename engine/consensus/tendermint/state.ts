import { assert } from '../../base/assert.ts';
import { GENESIS, NIL, type Note, type Outputs, type ReplicaSetup } from '../contract.ts';
import type { Commit, TendermintMessage } from './messages.ts';
import { copyProposers, freshProposers, incrementPriority, type ProposerSet } from './proposerPriority.ts';
import type { TendermintSettings } from './settings.ts';
import { emptyRound, type RoundVotes, reuseRound } from './tally.ts';

/** The rules themselves, so that tests can break them; {@link TRUE_RULES} are the paper's. */
export interface Rules {
  /** Replicas prevote against what they are not locked on. */
  readonly locking: boolean;
  /** A quorum has more than this part of the power of all. */
  readonly quorumNumerator: number;
  readonly quorumDenominator: number;
  /** Votes count for the round that they name, not for the whole height. */
  readonly roundInVote: boolean;
}

export const TRUE_RULES: Rules = Object.freeze({
  locking: true,
  quorumNumerator: 2,
  quorumDenominator: 3,
  roundInVote: true,
});

export const STEP = {
  /** Between two heights, or while decided blocks of others are executed: no rule applies. */
  commit: 0,
  propose: 1,
  prevote: 2,
  precommit: 3,
} as const;
export type Step = (typeof STEP)[keyof typeof STEP];

/** What a replica knows of a block of its height. */
export const STATUS = { executing: 1, valid: 2, refused: 3 } as const;
type BlockStatus = (typeof STATUS)[keyof typeof STATUS];

export type TimerStep = 'propose' | 'prevote' | 'precommit' | 'commit' | 'stalled';
/** A timeout of a step of a height and round. */
export interface TendermintTimer {
  readonly timeout: TimerStep;
  readonly height: number;
  readonly round: number;
}

export type TendermintOutputs = Outputs<TendermintMessage, TendermintTimer>;

/** What never changes. Frozen, so that copies of a state share it, the script's function among it. */
interface Constants {
  readonly identity: number;
  readonly powers: readonly number[];
  /** 2f + 1 and f + 1 of the paper, as power: more than two thirds, and more than one. */
  readonly quorumPower: number;
  readonly skipPower: number;
  readonly words: number;
  readonly settings: TendermintSettings;
  readonly rules: Rules;
  readonly leader: (height: number, round: number) => number | undefined;
}

export interface TendermintState {
  readonly constants: Constants;
  /** h_p, round_p, step_p. */
  height: number;
  round: number;
  step: Step;
  /** lockedValue_p, lockedRound_p, validValue_p, validRound_p. */
  lockedValue: number;
  lockedRound: number;
  validValue: number;
  validRound: number;
  /** The last decided block, on which those of this height stand. */
  parent: number;
  /** What happened “for the first time” in this round: lines 34, 36 and 47. */
  waitsForPrevotes: boolean;
  waitsForPrecommits: boolean;
  sawPolka: boolean;
  /** Whether a quorum precommitted some value of this height: line 49 may apply. */
  mayDecide: boolean;
  /** The latest round to come of which so much was heard that line 55 applies; −1: none. */
  skipTo: number;
  proposers: ProposerSet;
  /** The set as it is in the last round that was asked for, and the proposers of all rounds up to it. Absent while only the first was. */
  roundProposers: ProposerSet | undefined;
  leaders: number[] | undefined;
  /** Rounds of this height and of some to come; the current one's place; and some to be used again. */
  votes: RoundVotes[];
  currentAt: number;
  spare: RoundVotes[];
  /** Highest round in which each identity was heard, of those too far ahead to keep. */
  readonly latest: Int32Array;
  /** Blocks of this height that it was shown; only the first `blockCount` count. */
  readonly blocks: number[];
  readonly blockStatus: BlockStatus[];
  blockCount: number;
  /** Its own block for this round while it is executed. */
  ownBlock: number;
  /** Records on disk that this height needs and the next does not. */
  written: number;
  /** Decided heights, and those that others say are decided, next first. */
  readonly commits: Commit[];
  pending: Commit[];
  /** Whom to ask for more when those are done; −1: nobody. */
  askNext: number;
  isAmnesiac: boolean;
  /** Made from a disk, and not yet started. */
  isRestored: boolean;
  /** The node's clock in this step. */
  nowUs: number;
}

export function createState(setup: ReplicaSetup<TendermintSettings>, rules: Rules): TendermintState {
  const { identity, powers, totalPower, settings, leader } = setup;
  const words = Math.ceil(powers.length / 32);
  const fresh = freshProposers(powers.map(BigInt));
  assert(fresh.ok, 'powers were checked with the settings');
  const { quorumNumerator, quorumDenominator } = rules;
  const constants: Constants = Object.freeze({
    identity,
    powers: Object.freeze(powers.slice()),
    quorumPower: Math.floor((quorumNumerator * totalPower) / quorumDenominator) + 1,
    skipPower: Math.floor(totalPower / 3) + 1,
    words,
    settings,
    rules,
    leader,
  });
  return {
    constants,
    height: 1,
    round: 0,
    step: STEP.commit,
    lockedValue: NIL,
    lockedRound: -1,
    validValue: NIL,
    validRound: -1,
    parent: GENESIS,
    waitsForPrevotes: false,
    waitsForPrecommits: false,
    sawPolka: false,
    mayDecide: false,
    skipTo: -1,
    proposers: fresh.value,
    roundProposers: undefined,
    leaders: undefined,
    votes: [emptyRound(1, 0, words)],
    currentAt: 0,
    spare: [],
    latest: new Int32Array(powers.length).fill(-1),
    blocks: [],
    blockStatus: [],
    blockCount: 0,
    ownBlock: NIL,
    written: 0,
    commits: [],
    pending: [],
    askNext: -1,
    isAmnesiac: false,
    isRestored: false,
    nowUs: 0,
  };
}

export function statusOfBlock(state: TendermintState, id: number): BlockStatus | undefined {
  for (let i = 0; i < state.blockCount; i++) if (state.blocks[i] === id) return state.blockStatus[i];
  return undefined;
}

export function setBlockStatus(state: TendermintState, id: number, status: BlockStatus): void {
  let at = 0;
  while (at < state.blockCount && state.blocks[at] !== id) at++;
  if (at === state.blockCount) state.blockCount++;
  state.blocks[at] = id;
  state.blockStatus[at] = status;
}

/** proposer(h_p, round): the script's, or by priority. */
export function proposerOf(state: TendermintState, round: number): number {
  const scripted = state.constants.leader(state.height, round);
  if (scripted !== undefined) return scripted;
  if (round === 0) return state.proposers.proposer;
  state.roundProposers ??= copyProposers(state.proposers);
  state.leaders ??= [state.proposers.proposer];
  const { leaders, roundProposers } = state;
  while (leaders.length <= round) {
    incrementPriority(roundProposers, 1);
    leaders.push(roundProposers.proposer);
  }
  return leaders[round]!;
}

/** The same for a height to come. */
export function proposerToCome(state: TendermintState, height: number, round: number): number {
  const scripted = state.constants.leader(height, round);
  if (scripted !== undefined) return scripted;
  const set = copyProposers(state.proposers);
  for (let i = state.height; i < height; i++) incrementPriority(set, 1);
  if (round > 0) incrementPriority(set, round);
  return set.proposer;
}

/** The height on a block that was decided; nothing of the one before is left. */
export function nextHeight(state: TendermintState, commit: Commit): void {
  state.commits.push(commit);
  state.parent = commit.block.id;
  state.height++;
  state.round = 0;
  state.step = STEP.commit;
  state.lockedValue = NIL;
  state.lockedRound = -1;
  state.validValue = NIL;
  state.validRound = -1;
  state.ownBlock = NIL;
  state.written = 0;
  state.blockCount = 0;
  state.latest.fill(-1);
  incrementPriority(state.proposers, 1);
  state.roundProposers = undefined;
  state.leaders = undefined;
  forgetPast(state);
  state.currentAt = placeOfRound(state, state.height, 0);
  lookAhead(state);
}

/** What came before the height began. */
function lookAhead(state: TendermintState): void {
  const { quorumPower, skipPower } = state.constants;
  state.mayDecide = false;
  state.skipTo = -1;
  for (const { height, round, heardPower, precommits } of state.votes) {
    if (height !== state.height) continue;
    if (precommits.power >= quorumPower) state.mayDecide = true;
    if (heardPower >= skipPower) state.skipTo = Math.max(state.skipTo, round);
  }
}

/** Votes of the current round. */
export function currentVotes(state: TendermintState): RoundVotes {
  return state.votes[state.currentAt]!;
}

export function votesOfRound(state: TendermintState, height: number, round: number): RoundVotes | undefined {
  const at = placeIfKept(state, height, round);
  return at < 0 ? undefined : state.votes[at];
}

/** The place of a round among those that are kept; it is opened where it was not. */
export function placeOfRound(state: TendermintState, height: number, round: number): number {
  const at = placeIfKept(state, height, round);
  if (at >= 0) return at;
  const { votes, spare } = state;
  const used = spare.pop();
  const { words } = state.constants;
  return (
    votes.push(used === undefined ? emptyRound(height, round, words) : reuseRound(used, height, round)) - 1
  );
}

/** Most are asked for soon after they were opened. */
function placeIfKept({ votes }: TendermintState, height: number, round: number): number {
  let at = votes.length - 1;
  while (at >= 0 && (votes[at]!.round !== round || votes[at]!.height !== height)) at--;
  return at;
}

/** The round under which votes of a round are counted: itself, unless rules are broken. */
export function countedRound(state: TendermintState, round: number): number {
  return state.constants.rules.roundInVote ? round : 0;
}

/** Where votes of the current round are counted. */
export function countedVotes(state: TendermintState): RoundVotes {
  const { constants, height, votes } = state;
  return constants.rules.roundInVote ? currentVotes(state) : votes[placeOfRound(state, height, 0)]!;
}

/** Writes what only this height needs. */
export function writeAhead(state: TendermintState, record: object, out: TendermintOutputs): void {
  state.written++;
  out.persist(record);
}

export function note(
  state: TendermintState,
  kind: Note['kind'],
  round: number,
  value: number,
  out: TendermintOutputs,
  why?: string,
): void {
  if (out.ignoresNotes === true) return;
  const { height } = state;
  out.note(why === undefined ? { kind, height, round, value } : { kind, height, round, value, why });
}

/** Rounds kept to be used again, at most. */
const MOST_SPARE = 4;

function forgetPast(state: TendermintState): void {
  const { votes, spare, height } = state;
  let kept = 0;
  for (const one of votes) {
    if (one.height >= height) votes[kept++] = one;
    else if (spare.length < MOST_SPARE) spare.push(one);
  }
  while (votes.length > kept) votes.pop();
}
