import type { ProtocolDescription } from '../../../engine/api/index.ts';
import type { RunLog } from '../../store/consensus/runLog.ts';

/** Votes of its height and round that a replica has: by kind of vote, the value of each identity; undefined: not heard. */
export type Tally = ReadonlyMap<number, readonly (number | undefined)[]>;

/** What replicas have been told by a moment, their own votes among it. Costs as much as a height has messages. */
export function talliesAt(
  log: RunLog,
  kinds: ProtocolDescription['messageKinds'],
  events: number,
  timeUs: number,
): readonly Tally[] {
  const { identities } = log.info;
  const states = identities.map((_, node) => log.stateAt(node, events));
  const tallies = identities.map(() => new Map<number, (number | undefined)[]>());
  const note = (node: number, kind: number, author: number, value: number): void => {
    const tally = tallies[node]!;
    const votes = tally.get(kind) ?? [];
    votes[author] = value;
    tally.set(kind, votes);
  };
  const first = log.firstMessageOf(Math.min(...states.map(({ height }) => height)));
  for (const { messages, firstMessage, sentAt, endsUs, lost } of log.segments) {
    const { count, kind, height, round, value, author, from, to } = messages;
    for (let i = Math.max(0, first - firstMessage); i < count; i++) {
      if (sentAt[i]! > events) return tallies;
      if (kinds[kind[i]!]?.role !== 'vote') continue;
      const own = from[i]!;
      if (identities[own] === author[i] && isOf(states[own], height[i]!, round[i]!))
        note(own, kind[i]!, author[i]!, value[i]!);
      const node = to[i]!;
      if (lost[i] === 0 && endsUs[i]! <= timeUs && isOf(states[node], height[i]!, round[i]!))
        note(node, kind[i]!, author[i]!, value[i]!);
    }
  }
  return tallies;
}

function isOf(
  state: { readonly height: number; readonly round: number } | undefined,
  height: number,
  round: number,
): boolean {
  return state !== undefined && state.height === height && state.round === round;
}

/** The value that more than so many thousandths of the power voted for; undefined: none yet. */
export function quorumOf(
  votes: readonly (number | undefined)[],
  powers: readonly number[],
  permille: number,
): number | undefined {
  const total = powers.reduce((sum, power) => sum + power, 0);
  const sums = new Map<number, number>();
  for (const [author, value] of votes.entries()) {
    if (value === undefined) continue;
    const sum = (sums.get(value) ?? 0) + powers[author]!;
    if (1000 * sum > permille * total) return value;
    sums.set(value, sum);
  }
  return undefined;
}
