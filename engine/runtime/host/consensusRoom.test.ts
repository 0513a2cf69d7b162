import { describe, expect, it } from 'vitest';
import type { ApiResult, ConsensusSettings, Intervention } from '../../api/index.ts';
import { orderOf } from '../../tests/simulationOrders.ts';
import { ConsensusRoom } from './consensusRoom.ts';

const settings = (more: Partial<ConsensusSettings> = {}): ConsensusSettings => ({
  ...orderOf().settings,
  seed: 3,
  ...more,
});

function given<T>(answer: ApiResult<T>): T {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

const codeOf = <T>(answer: ApiResult<T>): string => (answer.ok ? 'ok' : answer.error.code);

/** A room with one run that has processed some events. */
function opened(events: number, more: Partial<ConsensusSettings> = {}) {
  const room = new ConsensusRoom();
  const { branch } = given(room.openConsensus(settings(more)));
  return { room, branch, chunk: given(room.runConsensus(branch, { events })) };
}

describe('a run of consensus behind the door', () => {
  it('is described, opened, run in parts, and closed', () => {
    const room = new ConsensusRoom();
    const described = given(room.describeProtocols());
    expect(described.map(({ id }) => id)).toContain('tendermint');
    for (const { title, source, messageKinds } of described) {
      expect(title.length * source.length * messageKinds.length).toBeGreaterThan(0);
    }
    const info = given(room.openConsensus(settings({ twins: [3] })));
    expect(info).toMatchObject({
      parent: -1,
      forkEvents: 0,
      protocol: 'tendermint',
      identities: [0, 1, 2, 3, 3],
      powers: [1, 1, 1, 1],
      interventions: [],
    });
    const first = given(room.runConsensus(info.branch, { events: 100 }));
    const second = given(room.runConsensus(info.branch, { events: 1_000_000, heights: 3 }));
    expect([first.fromEvents, first.toEvents, first.ending]).toEqual([0, 100, 'events']);
    expect([second.fromEvents, second.ending]).toEqual([100, 'heights']);
    expect(second.totalMessages).toBe(first.messages.count + second.messages.count);
    const later = given(room.runConsensus(info.branch, { events: 1_000_000, untilUs: second.nowUs + 1000 }));
    expect(later.ending).toBe('time');
    expect(later.nowUs).toBeLessThanOrEqual(second.nowUs + 1000);
    expect(codeOf(room.closeConsensus(info.branch))).toBe('ok');
    expect(codeOf(room.closeConsensus(info.branch))).toBe('consensus/no_branch');
    expect(codeOf(room.runConsensus(info.branch, { events: 1 }))).toBe('consensus/no_branch');
  });

  it('is attacked from a library', () => {
    const room = new ConsensusRoom();
    const described = given(room.describeAttacks());
    expect(described.map(({ id }) => id)).toContain('amnesia');
    expect(described.every((attack) => !('patch' in attack))).toBe(true);
    const attacked = given(room.attackedSettings(settings(), ['twins', 'random'], 1, 5));
    expect(attacked.twins).toEqual([3]);
    expect(attacked.interventions.length).toBeGreaterThan(0);
    const { branch } = given(room.openConsensus(attacked));
    const chunk = given(room.runConsensus(branch, { events: 1_000_000, heights: 5 }));
    expect([chunk.ending, chunk.violations]).toEqual(['heights', []]);
    expect(codeOf(room.attackedSettings(settings(), ['nonsense'], 1, 5))).toBe('consensus/unknown_fault');
    expect(codeOf(room.attackedSettings(settings(), ['twins'], 0, 5))).toBe('consensus/no_liars');
    expect(codeOf(room.attackedSettings(settings(), [], 5, 5))).toBe('consensus/too_many_liars');
    expect(codeOf(room.attackedSettings(settings(), [], -1, 5))).toBe('consensus/bad_setting');
    expect(codeOf(room.attackedSettings(settings(), [], 1, 0.5))).toBe('consensus/bad_setting');
  });

  it('is the same in one piece as in many, over snapshots', () => {
    const whole = opened(25_000);
    const room = new ConsensusRoom();
    const { branch } = given(room.openConsensus(settings()));
    let last = whole.chunk;
    for (let i = 0; i < 50; i++) last = given(room.runConsensus(branch, { events: 500 }));
    expect(last.traceHash).toBe(whole.chunk.traceHash);
  });

  it('branches at any moment, which changes neither the past nor the original', () => {
    const { room, branch, chunk } = opened(15_000);
    const kill: Intervention = { kind: 'crash', node: 1, loseUnsynced: true };
    for (const at of [0, 137, 9999, 10_000, 12_345, 15_000]) {
      const made = given(room.interveneConsensus(branch, at, kill));
      expect(made).toMatchObject({ parent: branch, forkEvents: at });
      expect(made.interventions).toEqual([{ afterEvents: at, intervention: kill }]);
      expect(given(room.inspectReplica(made.branch, at, 1)).up).toBe(false);
      expect(given(room.inspectReplica(branch, at, 1)).up).toBe(true);
      const went = given(room.runConsensus(made.branch, { events: 15_000 - at }));
      expect([went.fromEvents, went.toEvents]).toEqual([at, 15_000]);
      // The same from the settings alone: a link says no more.
      const again = opened(15_000, { interventions: made.interventions });
      expect(again.chunk.traceHash).toBe(went.traceHash);
      if (at < 15_000) expect(went.traceHash).not.toBe(chunk.traceHash);
    }
    const on = given(room.runConsensus(branch, { events: 1000 }));
    expect(on.traceHash).toBe(opened(16_000).chunk.traceHash);
  });

  it('tells of branches of branches what was done to them', () => {
    const { room, branch } = opened(400);
    const lie: Intervention = { kind: 'lie', node: 0, lies: ['twoVotes'] };
    const first = given(room.interveneConsensus(branch, 100, lie));
    given(room.runConsensus(first.branch, { events: 300 }));
    const crash: Intervention = { kind: 'crash', node: 2, loseUnsynced: false };
    const second = given(room.interveneConsensus(first.branch, 250, crash));
    expect(second.interventions.map(({ afterEvents }) => afterEvents)).toEqual([100, 250]);
    expect(given(room.inspectReplica(second.branch, 250, 0)).lies).toEqual(['twoVotes']);
    const went = given(room.runConsensus(second.branch, { events: 3000 }));
    const named = new Set(went.evidence.map(({ identity }) => identity));
    expect([...named]).toEqual([0]);
    expect(went.violations).toEqual([]);
  });

  it('logs each event with what planned it', () => {
    const { chunk } = opened(5000);
    const { events, messages } = chunk;
    expect(events.count).toBe(5000);
    expect([...events.atUs]).toEqual([...events.atUs].sort((a, b) => a - b));
    const causes = new Map(Array.from(messages.number, (number, at) => [number, messages.cause[at]]));
    const arrivals = new Map(Array.from(messages.number, (number, at) => [number, messages.arrivesUs[at]]));
    let arrived = 0;
    for (let i = 0; i < events.count; i++) {
      const number = events.number[i]!;
      if (!causes.has(number)) continue;
      arrived++;
      expect(events.cause[i]).toBe(causes.get(number));
      expect(events.atUs[i]).toBe(arrivals.get(number));
    }
    expect(arrived).toBeGreaterThan(3000);
    const timers = chunk.happenings.flatMap((one) => (one.kind === 'timer' ? [one] : []));
    for (const { event, plannedBy, events: at } of timers) {
      expect([events.number[at - 1], events.cause[at - 1]]).toEqual([event, plannedBy]);
    }
  });

  it('begins the log of a branch with what was done to it', () => {
    const { room, branch, chunk } = opened(60);
    const sent = room.waitingSteps(branch, 60);
    const { event, atUs } = given(sent).find(({ type }) => type === 'message')!;
    const first = (intervention: Intervention) => {
      const made = given(room.interveneConsensus(branch, 60, intervention));
      const { happenings, moves, messages, blocks } = given(room.runConsensus(made.branch, { events: 0 }));
      expect(happenings).toMatchObject([
        { kind: 'intervention', cause: 0, events: 60, atUs: chunk.nowUs, intervention },
      ]);
      expect(blocks).toEqual([]);
      return { moves, messages };
    };
    expect(first({ kind: 'delayMessage', event, byUs: 5 }).moves).toEqual([
      { number: event, arrivesUs: atUs + 5 },
    ]);
    expect(first({ kind: 'dropMessage', event }).moves).toEqual([{ number: event, arrivesUs: -1 }]);
    const { messages } = first({ kind: 'duplicateMessage', event });
    expect([messages.count, messages.arrivesUs[0], messages.cause[0]]).toEqual([1, atUs, 0]);
  });

  it('says which messages a crash took along', () => {
    const { network } = settings();
    const { room, branch } = opened(60, { network: { ...network, diskUs: 400 } });
    for (let at = 20; at < 60; at++) {
      for (let node = 0; node < 4; node++) {
        const made = given(
          room.interveneConsensus(branch, at, { kind: 'crash', node, loseUnsynced: true }),
        ).branch;
        const { moves } = given(room.runConsensus(made, { events: 0 }));
        given(room.closeConsensus(made));
        if (moves.length === 0) continue;
        expect(moves.every(({ arrivesUs }) => arrivesUs === -1)).toBe(true);
        return;
      }
    }
    throw new Error('no crash came between writing and sending');
  });

  it('has steps that wait, any of which can be next', () => {
    const { room, branch, chunk } = opened(60);
    const waiting = given(room.waitingSteps(branch, 60));
    expect(waiting.length).toBeGreaterThan(3);
    const times = waiting.map(({ atUs }) => atUs);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    const messages = waiting.filter(({ type }) => type === 'message');
    expect(messages.every(({ kind, height, round }) => [kind, height, round].every(Number.isInteger))).toBe(
      true,
    );
    const last = waiting.at(-1)!;
    const made = given(room.interveneConsensus(branch, 60, { kind: 'nextStep', event: last.event }));
    const moved = given(room.waitingSteps(made.branch, 60));
    expect(moved[0]!.event).toBe(last.event);
    expect(moved[0]!.atUs).toBe(chunk.nowUs);
    const stepped = given(room.runConsensus(made.branch, { events: 1 }));
    expect(stepped.nowUs).toBe(chunk.nowUs);
    expect(given(room.waitingSteps(branch, 0)).map(({ type }) => type)).toEqual([
      'start',
      'start',
      'start',
      'start',
    ]);
  });

  it('shows a replica at a moment', () => {
    const { room, branch } = opened(500);
    const early = given(room.inspectReplica(branch, 10, 2));
    const late = given(room.inspectReplica(branch, 500, 2));
    expect(early).toMatchObject({ node: 2, identity: 2, up: true, lies: [], height: 1 });
    expect(late.height).toBeGreaterThan(early.height);
    expect(late.diskRecords).toBeGreaterThan(early.diskRecords);
    expect(Object.keys(late.details).length).toBeGreaterThan(0);
  });

  it('refuses what there is not, and changes nothing then', () => {
    const { room, branch, chunk } = opened(100);
    const kill: Intervention = { kind: 'crash', node: 0, loseUnsynced: false };
    expect(codeOf(room.openConsensus(settings({ powers: [] })))).toBe('consensus/bad_setting');
    expect(codeOf(room.openConsensus(settings({ protocol: 'nothing' as never })))).toBe(
      'consensus/unknown_protocol',
    );
    expect(codeOf(room.openConsensus(settings({ protocolSettings: { nothing: 1 } })))).toBe(
      'consensus/bad_setting',
    );
    expect(codeOf(room.openConsensus(null as never))).toBe('consensus/bad_setting');
    for (const events of [-1, 0.5, Number.NaN, 1_000_001]) {
      expect(codeOf(room.runConsensus(branch, { events }))).toBe('consensus/bad_setting');
    }
    for (const at of [-1, 101, 0.5, Number.NaN]) {
      expect(codeOf(room.interveneConsensus(branch, at, kill))).toBe('consensus/no_such_moment');
      expect(codeOf(room.waitingSteps(branch, at))).toBe('consensus/no_such_moment');
      expect(codeOf(room.inspectReplica(branch, at, 0))).toBe('consensus/no_such_moment');
    }
    const doing = (intervention: unknown) =>
      codeOf(room.interveneConsensus(branch, 50, intervention as Intervention));
    expect(doing({ kind: 'restart', node: 0 })).toBe('consensus/node_runs');
    expect(doing({ kind: 'crash', node: 9, loseUnsynced: true })).toBe('consensus/unknown_node');
    expect(doing({ kind: 'dropMessage', event: 1_000_000 })).toBe('consensus/not_waiting');
    expect(doing({ kind: 'lie', node: 0, lies: ['selfishMining'] })).toBe('consensus/unknown_lie');
    expect(doing({ kind: 'explode' })).toBe('consensus/bad_setting');
    expect(doing(null)).toBe('consensus/bad_setting');
    expect(codeOf(room.inspectReplica(branch, 50, 7))).toBe('consensus/unknown_node');
    expect(codeOf(room.interveneConsensus(77, 0, kill))).toBe('consensus/no_branch');
    expect(codeOf(room.waitingSteps(77, 0))).toBe('consensus/no_branch');
    expect(codeOf(room.inspectReplica(77, 0, 0))).toBe('consensus/no_branch');
    const on = given(room.runConsensus(branch, { events: 0 }));
    expect([on.toEvents, on.traceHash]).toEqual([100, chunk.traceHash]);
  });

  it('has room for so many branches, and says when there is none', () => {
    const { room, branch } = opened(10);
    const heal: Intervention = { kind: 'heal' };
    const codes = Array.from({ length: 64 }, () => codeOf(room.interveneConsensus(branch, 10, heal)));
    expect(codes.slice(0, 63).every((code) => code === 'ok')).toBe(true);
    expect(codes[63]).toBe('consensus/too_many_branches');
    expect(codeOf(room.openConsensus(settings()))).toBe('consensus/too_many_branches');
    expect(codeOf(room.closeConsensus(branch))).toBe('ok');
    expect(codeOf(room.openConsensus(settings()))).toBe('ok');
  });
});
