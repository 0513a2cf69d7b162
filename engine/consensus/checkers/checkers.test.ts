import { describe, expect, it } from 'vitest';
import { CheckedWorld, PRECOMMIT, PREVOTE, PROPOSAL, signersOf } from '../../tests/checkedWorld.ts';
import { NIL } from '../contract.ts';

const FOUR = [1, 1, 1, 1];

/** Height 1 as it should go, for the given block. */
function decideWell(world: CheckedWorld, value: number, nodes: readonly number[] = [0, 1, 2, 3]): void {
  world.say(PROPOSAL, 0, 0, value);
  world.all(PREVOTE, nodes, 0, value);
  world.all(PRECOMMIT, nodes, 0, value);
  for (const node of nodes) world.decide(node, world.blocks[value]!);
}

describe('the checkers', () => {
  it('have nothing to say where all goes well, also over rounds', () => {
    const world = new CheckedWorld(FOUR);
    const a = world.block(0);
    world.say(PROPOSAL, 0, 0, a.id);
    world.all(PREVOTE, [0, 1], 0, a.id);
    world.all(PREVOTE, [2, 3], 0, NIL);
    world.all(PRECOMMIT, [0, 1, 2, 3], 0, NIL);
    world.say(PROPOSAL, 1, 1, a.id);
    world.all(PREVOTE, [0, 1, 2], 1, a.id);
    world.all(PRECOMMIT, [0, 1], 1, a.id);
    world.say(PRECOMMIT, 2, 1, NIL);
    world.all(PREVOTE, [0, 1, 2], 2, a.id);
    world.all(PRECOMMIT, [0, 1, 2], 2, a.id);
    for (const node of [0, 1, 2, 3]) world.decide(node, a);
    expect(world.found).toEqual([]);
    expect(world.proven).toEqual([]);
  });

  it('agreement: two blocks at a height, once, and only where both who decided are honest', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    world.faulty.add(3);
    world.decide(3, b);
    world.decide(0, a);
    expect(world.found.filter((name) => name === 'agreement')).toEqual([]);
    world.decide(1, b);
    world.decide(2, b);
    const found = world.checkers.violations.filter(({ checker }) => checker === 'agreement');
    expect(found).toMatchObject([{ nodes: [0, 1], height: 1 }]);
    expect(found[0]!.message).toBe('At height 1 node 0 decided block 1 and node 1 block 2.');
  });

  it('agreement: a block that does not stand on the one before', () => {
    const world = new CheckedWorld(FOUR);
    world.protocol = { finality: 'probable' };
    const [a, b] = [world.block(0), world.block(0)];
    const onB = world.block(b.id);
    for (const node of [0, 1, 2, 3]) world.decide(node, a);
    world.all(PRECOMMIT, [], 0, 0);
    for (const node of [0, 1, 2, 3]) world.decide(node, onB);
    const found = world.checkers.violations.filter(({ checker }) => checker === 'agreement');
    expect(found).toMatchObject([{ nodes: [0], height: 2 }]);
  });

  it('validity: a wrong digest, a block that nobody made, a height left out', () => {
    const world = new CheckedWorld(FOUR);
    const wrong = world.block(0, 0, 5);
    const on = world.block(wrong.id);
    world.decide(0, wrong);
    world.decide(1, { ...on, height: 1 });
    world.decide(2, on);
    world.faulty.add(3);
    world.decide(3, wrong);
    const found = world.checkers.violations.filter(({ checker }) => checker === 'validity');
    expect(found.map(({ nodes }) => nodes[0])).toEqual([0, 1, 2]);
  });

  it('certificates: two quorums of one kind and round, for other values or digests', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    for (const liar of [2, 3]) world.faulty.add(liar);
    world.all(PREVOTE, [0, 2, 3], 0, a.id);
    world.all(PREVOTE, [2, 3], 0, b.id);
    expect(world.found).toEqual([]);
    world.say(PREVOTE, 1, 0, b.id);
    expect(world.checkers.violations).toMatchObject([{ checker: 'certificates', nodes: [2, 3], round: 0 }]);
    world.all(PREVOTE, [0, 1, 2], 1, a.id);
    expect(world.found).toEqual(['certificates']);
  });

  it('quorums are of power: more than two thirds, exactly', () => {
    for (const [powers, expected] of [
      [[2, 1, 1, 2], []],
      [[1000, 1001, 999, 0], ['certificates']],
      [[1000, 1000, 1000, 0], []],
    ] as const) {
      const world = new CheckedWorld(powers);
      for (const liar of [0, 1, 2, 3]) world.faulty.add(liar);
      const [a, b] = [world.block(0), world.block(0)];
      world.all(PREVOTE, [0, 1], 0, a.id);
      world.all(PREVOTE, [0, 1], 0, b.id);
      expect(world.found).toEqual(expected);
    }
  });

  it('locks: a prevote against a precommit, unless a quorum prevoted for it since', () => {
    for (const [since, expected] of [
      [[], ['locks']],
      [[1, 2, 3], []],
    ] as const) {
      const world = new CheckedWorld(FOUR);
      const [a, b] = [world.block(0), world.block(0)];
      world.faulty.add(3);
      world.all(PREVOTE, [0, 1, 3], 0, a.id);
      world.say(PRECOMMIT, 0, 0, a.id);
      world.all(PREVOTE, since, 1, b.id);
      world.say(PREVOTE, 0, 2, b.id);
      expect(world.found).toEqual(expected);
      expect(world.proven).toEqual(expected.length === 0 ? [] : ['amnesia 0 1 2']);
    }
  });

  it('locks: a precommit without prevotes, two votes of an honest one, a decision without precommits', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    world.all(PREVOTE, [0, 1], 0, a.id);
    world.say(PRECOMMIT, 0, 0, a.id);
    world.say(PREVOTE, 1, 0, b.id);
    world.decide(0, a);
    expect(world.found).toEqual(['locks', 'locks', 'locks']);
    expect(world.proven).toEqual(['twoVotes 1 1 0']);
  });

  it('locks: a quorum prevotes another value after one precommitted, in whatever order it is seen', () => {
    for (const isLate of [false, true]) {
      const world = new CheckedWorld(FOUR);
      for (const liar of [0, 1, 2]) world.faulty.add(liar);
      const [a, b] = [world.block(0), world.block(0)];
      if (!isLate) world.all(PRECOMMIT, [0, 1, 2], 0, a.id);
      world.all(PREVOTE, [0, 1, 2], 1, b.id);
      if (isLate) world.all(PRECOMMIT, [0, 1, 2], 0, a.id);
      expect(world.found).toEqual(['locks']);
    }
  });

  it('quorums: too little power, votes that were not sent, two that share nobody honest', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    for (const liar of [2, 3]) world.faulty.add(liar);
    const note = { kind: 'certificate', height: 1, round: 0, votes: PREVOTE } as const;
    world.all(PREVOTE, [0, 2, 3], 0, a.id);
    world.all(PREVOTE, [2, 3], 0, b.id);
    world.note(0, { ...note, value: a.id, signers: signersOf(0, 2, 3) });
    expect(world.found).toEqual([]);
    world.note(1, { ...note, value: a.id, signers: signersOf(0, 2) });
    expect(world.checkers.violations.at(-1)!.message).toContain('took votes of 2 of 4');
    world.note(1, { ...note, value: b.id, signers: signersOf(1, 2, 3) });
    world.note(1, { ...note, value: b.id, signers: signersOf(0, 1, 2, 3) });
    expect(world.checkers.violations.map(({ message }) => message).slice(1)).toEqual([
      'Two certificates of height 1 share no honest replica: for block 1 in round 0 and for block 2 in round 0.',
      'Node 1 counted votes of node 0 for block 2 in round 0 of height 1, which they did not send.',
    ]);
    world.note(3, { ...note, value: b.id, signers: signersOf(3) });
    expect(world.found).toEqual(['quorums', 'quorums', 'quorums']);
  });

  it('accountability: a fork names more than a third of the power, or something is wrong', () => {
    for (const [named, expected] of [
      [[2, 3], []],
      [[3], ['accountability']],
    ] as const) {
      const world = new CheckedWorld(FOUR);
      const [a, b] = [world.block(0), world.block(0)];
      for (const liar of [2, 3]) world.faulty.add(liar);
      for (const [value, honest] of [
        [a.id, 0],
        [b.id, 1],
      ] as const) {
        world.all(PREVOTE, [honest, ...named], 0, value);
        world.all(PRECOMMIT, [honest, ...named], 0, value);
      }
      world.decide(0, a);
      world.decide(1, b);
      expect(world.found).toContain('agreement');
      expect(world.found.filter((name) => name === 'accountability')).toEqual(expected);
    }
  });

  it('accountability: amnesia is named as well, and honest ones never', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    for (const liar of [2, 3]) world.faulty.add(liar);
    world.all(PREVOTE, [0, 2, 3], 0, a.id);
    world.all(PRECOMMIT, [0, 2, 3], 0, a.id);
    world.decide(0, a);
    world.all(PREVOTE, [1, 2, 3], 1, b.id);
    world.all(PRECOMMIT, [1, 2, 3], 1, b.id);
    world.decide(1, b);
    expect(world.proven).toEqual(['amnesia 2 1 1', 'amnesia 3 1 1']);
    expect(world.found.sort()).toEqual(['agreement', 'locks']);
  });

  it('liveness: a height that comes too late, or never', () => {
    const world = new CheckedWorld(FOUR, 1000);
    const a = world.block(0);
    world.nowUs = 900;
    decideWell(world, a.id, [0, 1, 2]);
    world.nowUs = 1001;
    world.decide(3, a);
    expect(world.found).toEqual(['liveness']);
    world.nowUs = 1950;
    world.checkers.finish(world, false);
    expect(world.checkers.violations.slice(1).map(({ nodes }) => nodes[0])).toEqual([0, 1, 2]);
    expect(world.checkers.violations[1]!.message).toContain('at height 0 in round 3: propose');
  });

  it('liveness: is not asked in a cut, without an honest quorum, or just after trouble', () => {
    const late = (prepare: (world: CheckedWorld) => void, isQuiet = false): number => {
      const world = new CheckedWorld(FOUR, 1000);
      world.nowUs = 500;
      prepare(world);
      world.nowUs = 2600;
      world.checkers.finish(world, isQuiet);
      return world.found.length;
    };
    expect(late(() => {})).toBe(4);
    expect(late((world) => world.intervene({ kind: 'cut', groups: [[0, 1], [2]] }))).toBe(0);
    expect(late((world) => world.intervene({ kind: 'slow', node: 1, permille: 5000 }))).toBe(0);
    expect(late((world) => world.intervene({ kind: 'heal' }))).toBe(4);
    expect(
      late((world) => {
        world.nowUs = 1000;
        world.intervene({ kind: 'heal' });
      }),
    ).toBe(0);
    expect(
      late((world) => {
        world.faulty.add(0);
        world.down.add(1);
      }),
    ).toBe(0);
    expect(late((world) => world.intervene({ kind: 'slow', node: 1, permille: 1000 }), true)).toBe(4);
  });

  it('hear no more of what a crash kept from being said', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    world.nowUs = 100;
    world.leavesUs = 150;
    world.say(PREVOTE, 0, 0, a.id);
    world.intervene({ kind: 'crash', node: 0, loseUnsynced: true });
    world.leavesUs = 100;
    world.say(PREVOTE, 0, 0, b.id);
    world.all(PREVOTE, [1, 2], 0, b.id);
    world.all(PRECOMMIT, [0, 1, 2], 0, b.id);
    for (const node of [0, 1, 2, 3]) world.decide(node, b);
    expect(world.found).toEqual([]);
    expect(world.proven).toEqual([]);
    // What was on disk in time was said.
    world.nowUs = 200;
    world.leavesUs = 250;
    world.say(PREVOTE, 3, 0, a.id);
    world.nowUs = 300;
    world.intervene({ kind: 'crash', node: 3, loseUnsynced: true });
    world.say(PREVOTE, 3, 0, b.id);
    expect(world.proven).toEqual(['twoVotes 3 1 0']);
  });

  it('go on from a fork as the original does, each by itself', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    world.all(PREVOTE, [0, 1, 3], 0, a.id);
    world.say(PRECOMMIT, 0, 0, a.id);
    const original = world.checkers;
    const fork = original.fork();
    world.say(PREVOTE, 0, 1, b.id);
    expect(world.found).toEqual(['locks']);
    world.checkers = fork;
    expect(world.found).toEqual([]);
    world.all(PREVOTE, [1, 2, 3], 1, b.id);
    world.say(PREVOTE, 0, 2, b.id);
    expect(world.found).toEqual([]);
    world.checkers = original;
    expect(world.found).toEqual(['locks']);
    world.say(PREVOTE, 1, 0, b.id);
    expect(world.proven).toEqual(['amnesia 0 1 1', 'twoVotes 1 1 0']);
    expect(fork.evidence).toEqual([]);
  });
});

describe('the pool of evidence', () => {
  it('has two proposals, two votes and wrong digests, each once', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    const wrong = world.block(0, 1, 7);
    for (let i = 0; i < 2; i++) {
      world.all(PROPOSAL, [0], 0, a.id);
      world.all(PROPOSAL, [0], 0, b.id);
      world.say(PREVOTE, 1, 0, wrong.id);
      world.say(PREVOTE, 2, 0, a.id);
      world.say(PREVOTE, 2, 0, NIL);
      world.mine(3, a.id);
      world.mine(3, b.id);
      world.mine(1, wrong.id);
    }
    expect(world.proven).toEqual([
      'twoProposals 0 1 0',
      'wrongDigest 1 1 0',
      'twoVotes 2 1 0',
      'wrongDigest 1 1 0',
    ]);
    expect(world.checkers.evidence.map(({ message, values }) => [message, ...values])).toEqual([
      ['proposal', 1, 2],
      ['prevote', 3],
      ['prevote', 1, -1],
      ['block', 3],
    ]);
  });

  it('asks the protocol what two messages prove', () => {
    const world = new CheckedWorld(FOUR);
    world.protocol = {
      finality: 'absolute',
      offence: (earlier, later) => (earlier.round === 5 && later.round === 2 ? 'surroundVote' : undefined),
    };
    const a = world.block(0);
    world.say(PREVOTE, 0, 5, a.id);
    world.say(PREVOTE, 1, 2, a.id);
    expect(world.proven).toEqual([]);
    world.say(PREVOTE, 0, 2, a.id);
    expect(world.proven).toEqual(['surroundVote 0 1 2']);
  });

  it('takes what a liar says of itself in a bundle, and nothing that it says of others', () => {
    const world = new CheckedWorld(FOUR);
    const [a, b] = [world.block(0), world.block(0)];
    world.protocol = {
      finality: 'absolute',
      votesIn: () => [
        {
          kind: PREVOTE,
          height: 1,
          round: 0,
          value: b.id,
          digest: b.digest,
          signers: signersOf(0, 3),
        },
      ],
    };
    world.all(PREVOTE, [0, 3], 0, a.id);
    world.say(4, 3, 0, NIL);
    expect(world.proven).toEqual([]);
    world.faulty.add(3);
    world.say(4, 3, 0, NIL);
    expect(world.proven).toEqual(['twoVotes 3 1 0']);
  });
});
