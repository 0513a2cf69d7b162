import { describe, expect, it } from 'vitest';
import type { ApiResult, ConsensusSettings, Intervention } from '../../../engine/api/index.ts';
import { ConsensusRoom } from '../../../engine/runtime/host/consensusRoom.ts';
import { firstSettings, lostUs, underProtocol } from './firstSettings.ts';
import { RunLog } from './runLog.ts';
import { visitMessages } from './segment.ts';
import { worldAt } from './worldAt.ts';

function given<T>(answer: ApiResult<T>): T {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

/** A run told in chunks of some events. */
function told(events: number, chunk: number, more: Partial<ConsensusSettings> = {}) {
  const room = new ConsensusRoom();
  const settings = { ...firstSettings('tendermint'), ...more };
  const info = given(room.openConsensus(settings));
  const log = new RunLog(info, lostUs(settings));
  for (let left = events; left > 0; left -= chunk) {
    log.append(given(room.runConsensus(info.branch, { events: Math.min(left, chunk) })), undefined);
  }
  return { room, log, branch: info.branch };
}

/** What a log says of itself, for comparison. */
function allOf(log: RunLog) {
  const messages: string[] = [];
  for (const { messages: columns, endsUs, lost, sentAt } of log.segments) {
    for (let i = 0; i < columns.count; i++) {
      messages.push(
        [columns.number[i], columns.from[i], columns.to[i], endsUs[i], lost[i], sentAt[i]].join(),
      );
    }
  }
  const events = Array.from({ length: log.toEvents }, (_, at) =>
    [log.numberOf(at + 1), log.causeOf(at + 1), log.timeOf(at + 1), log.nodeOf(at + 1)].join(),
  );
  return { messages, events, happenings: log.happenings, blocks: log.blocks, decisions: log.decisions };
}

const NETWORKS: readonly Partial<ConsensusSettings>[] = [
  {},
  { network: { ...firstSettings('tendermint').network, lossPermille: 80, duplicatePermille: 50 }, seed: 9 },
  { network: { ...firstSettings('tendermint').network, topology: { kind: 'gossip', peers: 2 } }, seed: 4 },
];

describe('the log of a run', () => {
  it('is the same however it was told', () => {
    for (const more of NETWORKS) {
      const whole = told(600, 600, more).log;
      for (const chunk of [1, 7, 128]) expect(allOf(told(600, chunk, more).log)).toEqual(allOf(whole));
    }
  });

  it('finds events by time and by number', () => {
    const { log } = told(500, 64);
    for (let place = 1; place <= log.toEvents; place++) {
      const timeUs = log.timeOf(place);
      const until = log.eventsAt(timeUs);
      expect(until).toBeGreaterThanOrEqual(place);
      expect(log.timeOf(until)).toBe(timeUs);
      if (until < log.toEvents) expect(log.timeOf(until + 1)).toBeGreaterThan(timeUs);
      expect(log.placeOf(log.numberOf(place))).toBe(place);
    }
    expect(log.eventsAt(-1)).toBe(0);
    expect(log.eventsAt(log.timeOf(log.toEvents) + 1)).toBe(log.toEvents);
  });

  it('knows the states that the engine knows', () => {
    const { log, room, branch } = told(400, 90);
    for (let events = 4; events <= 400; events += 23) {
      for (let node = 0; node < log.nodes; node++) {
        const { height, round, phase, locked, head, decided } = given(
          room.inspectReplica(branch, events, node),
        );
        expect(log.stateAt(node, events)).toEqual({ height, round, phase, locked, head, decided });
      }
    }
  });

  it('has under way what waits at the engine', () => {
    const { log, room, branch } = told(300, 50, NETWORKS[1]);
    for (let events = 10; events < 300; events += 31) {
      const waiting = given(room.waitingSteps(branch, events)).flatMap(({ type, event }) =>
        type === 'message' ? [event] : [],
      );
      const timeUs = log.timeOf(events);
      const sent = log.sentBy(events).messages;
      const found: number[] = [];
      visitMessages(log.segments, 0, Number.POSITIVE_INFINITY, (segment, at) => {
        if (segment.firstMessage + at >= sent || segment.lost[at] === 1) return;
        const number = segment.messages.number[at]!;
        const arrived = log.placeOf(number);
        if (segment.endsUs[at]! >= timeUs && (arrived === 0 || arrived > events)) found.push(number);
      });
      expect(found.sort((a, b) => a - b)).toEqual(waiting.sort((a, b) => a - b));
    }
  });

  it('branches without asking for what was told before', () => {
    const { room, log, branch } = told(400, 100);
    const event = given(room.waitingSteps(branch, 150)).find(({ type }) => type === 'message')!.event;
    const deeds: Intervention[] = [
      { kind: 'crash', node: 1, loseUnsynced: true },
      {
        kind: 'cut',
        groups: [
          [0, 1],
          [2, 3],
        ],
      },
      { kind: 'dropMessage', event },
      { kind: 'delayMessage', event, byUs: 77_000 },
      { kind: 'duplicateMessage', event },
    ];
    for (const intervention of deeds) {
      const before = JSON.stringify(allOf(log));
      const info = given(room.interveneConsensus(branch, 150, intervention));
      const fork = log.fork(info);
      expect(fork.toEvents).toBe(150);
      fork.append(given(room.runConsensus(info.branch, { events: 0 })), undefined);
      fork.append(given(room.runConsensus(info.branch, { events: 300 })), undefined);
      // The same, told from the beginning.
      const again = told(450, 450, { interventions: info.interventions }).log;
      expect(allOf(fork)).toEqual(allOf(again));
      expect(JSON.stringify(allOf(log))).toBe(before);
      expect(fork.interventions.map((one) => one.intervention)).toEqual([intervention]);
    }
  });

  it('tells how the world stands', () => {
    const { room, log, branch } = told(200, 200);
    const lie: Intervention = { kind: 'lie', node: 2, lies: ['twoVotes'] };
    const made = given(room.interveneConsensus(branch, 120, lie));
    const fork = log.fork(made);
    fork.append(given(room.runConsensus(made.branch, { events: 50 })), undefined);
    expect(worldAt(fork, 119).lies.size).toBe(0);
    expect([...worldAt(fork, 120).lies]).toEqual([[2, ['twoVotes']]]);
    expect(worldAt(log, 200).lies.size).toBe(0);
  });

  it('counts what was sent as the engine does', () => {
    const { room, log, branch } = told(300, 70);
    const { totalMessages, totalBytes } = given(room.runConsensus(branch, { events: 0 }));
    expect(log.sentBy(300)).toEqual({ messages: totalMessages, bytes: totalBytes });
    expect(log.sentBy(0)).toEqual({ messages: 0, bytes: 0 });
  });
});

describe('settings under another protocol', () => {
  it('keep replicas and network', () => {
    const settings = { ...firstSettings('tendermint'), powers: [3, 1, 1], seed: 8 };
    const other = underProtocol(settings, 'nakamoto');
    expect(other).toMatchObject({ protocol: 'nakamoto', powers: [3, 1, 1], seed: 8 });
    expect(other.protocolSettings).toEqual(firstSettings('nakamoto').protocolSettings);
    expect(underProtocol(settings, 'tendermint')).toBe(settings);
  });
});
