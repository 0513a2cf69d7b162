import { describe, expect, it } from 'vitest';
import { OneReplica } from '../../tests/oneReplica.ts';
import { act, Chronicle, EVENTS, tendermintNetwork } from '../../tests/tendermintNetwork.ts';
import type { ConsensusSettings } from '../../types/consensus.ts';

const SLOW_DISK: Partial<ConsensusSettings['network']> = {
  diskUs: 700,
  latency: { kind: 'uniform', minUs: 300, maxUs: 1800 },
};

/** Three heights in which node `node` is down from after event `after` until some time later. */
function crashed(
  after: number,
  node: number,
  loseUnsynced: boolean,
  diskUs: number,
  powers: readonly number[],
) {
  const chronicle = new Chronicle();
  const simulation = tendermintNetwork({
    powers,
    observers: [chronicle],
    network: { ...SLOW_DISK, diskUs },
    rest: { seed: after },
  });
  simulation.run({ events: after });
  act(simulation, { kind: 'crash', node, loseUnsynced });
  simulation.run({ events: EVENTS, untilUs: simulation.nowUs + (after % 3) * 5000 });
  act(simulation, { kind: 'restart', node });
  return { end: simulation.run({ heights: 3, events: EVENTS }), wrongs: chronicle.wrongs };
}

describe('a crash', () => {
  it('at every step of a decision, with and without what was not on disk: nobody contradicts itself and all decide', () => {
    // A decision of four takes some 44 events: 27 messages, executions and timers.
    for (let after = 1; after <= 90; after++) {
      for (const loseUnsynced of [false, true]) {
        for (const node of [after % 4, (after + 1) % 4]) {
          const fine = { end: 'heights', wrongs: [] };
          expect([after, node, loseUnsynced, crashed(after, node, loseUnsynced, 700, [1, 1, 1, 1])]).toEqual([
            after,
            node,
            loseUnsynced,
            fine,
          ]);
        }
      }
    }
  });

  it('of somebody with most of the power loses no decision either: what is not on disk was not decided', () => {
    for (let after = 1; after <= 60; after++) {
      for (const powers of [[1], [9, 1], [5, 1, 1]]) {
        expect([after, crashed(after, 0, true, 900, powers)]).toEqual([
          after,
          { end: 'heights', wrongs: [] },
        ]);
      }
    }
  });

  it('of all at once, at every step, is survived', () => {
    for (let after = 1; after <= 90; after += 2) {
      const chronicle = new Chronicle();
      const simulation = tendermintNetwork({
        observers: [chronicle],
        network: SLOW_DISK,
        rest: { seed: after },
      });
      simulation.run({ events: after });
      for (let node = 0; node < 4; node++)
        act(simulation, { kind: 'crash', node, loseUnsynced: node % 2 === 0 });
      simulation.run({ events: EVENTS, untilUs: simulation.nowUs + 5000 });
      for (let node = 0; node < 4; node++) act(simulation, { kind: 'restart', node });
      expect([after, simulation.run({ heights: 3, events: EVENTS })]).toEqual([after, 'heights']);
      expect(chronicle.wrongs).toEqual([]);
    }
  });
});

describe('after a restart from its disk a replica', () => {
  it('knows its votes, and casts no others', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.restart();
    expect(bench.phase).toBe('prevote');
    bench.show(bench.block());
    expect(bench.said).toEqual([]);
    bench.restart();
    bench.prevotes(undefined, 0, 0, 1, 2);
    expect(bench.said).toEqual(['precommit nil']);
    bench.restart();
    expect(bench.phase).toBe('precommit');
  });

  it('knows its lock, and what is valid, also in later rounds', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 0, 1);
    bench.restart();
    expect(bench.state).toMatchObject({ lockedValue: 1, lockedRound: 0, validValue: 1, validRound: 0 });
    bench.timeOut('precommit');
    bench.show(bench.block(1, 1), 1);
    expect(bench.said).toEqual(['1/1 prevote nil']);
    bench.restart();
    expect(bench.state).toMatchObject({ round: 1, step: 2, lockedValue: 1, lockedRound: 0 });
    const late = new OneReplica();
    const other = late.block();
    late.show(other);
    late.timeOut('prevote');
    late.prevotes(other, 0, 0, 1);
    late.restart();
    expect(late.state).toMatchObject({ lockedRound: -1, validValue: 1, validRound: 0 });
  });

  it('knows its proposal, and makes no other', () => {
    const bench = new OneReplica({ identity: 0 });
    bench.executeAll();
    expect(bench.said).toEqual(['proposal 1', 'prevote 1']);
    // Only the proposal had been written.
    bench.restart(1);
    expect(bench.said).toEqual(['proposal 1']);
    bench.executeAll();
    expect(bench.said).toEqual(['proposal 1', 'prevote 1']);
    // Nothing had been written, so nothing was said: another one may be made.
    bench.restart(0);
    bench.executeAll();
    expect(bench.said).toEqual(['proposal 2', 'prevote 2']);
  });

  it('knows what was decided, and whose turn it is then', () => {
    const bench = new OneReplica();
    const block = bench.block();
    bench.show(block);
    bench.prevotes(block, 0, 0, 1);
    bench.precommits(block, 0, 0, 1);
    const { priorities } = bench.state.proposers;
    bench.restart();
    expect(bench.decided).toEqual([block]);
    expect(bench.state).toMatchObject({ height: 2, round: 0, parent: 1, step: 1, lockedRound: -1 });
    expect(bench.state.proposers.priorities).toEqual(priorities);
    expect(bench.protocol.view(bench.state).details.proposer).toBe(1);
  });

  it('asks the others for what it missed', () => {
    const bench = new OneReplica();
    bench.show(bench.block());
    bench.restart();
    expect(bench.sent.map(({ to, message: { kind } }) => [to, kind])).toEqual([[-1, 3]]);
    expect(bench.running).toEqual(['stalled 0: 2000']);
  });
});
