import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../api/settings.ts';
import { compareBytes, toHex } from '../base/bytes.ts';
import { type CommittedState, keyIdentity } from '../storage/contract.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC, smallChain } from '../tests/chainParts.ts';
import { someAction } from '../tests/moves.ts';
import { type ChainBlock, MAIN_BRANCH } from './blockTree.ts';
import { Chain } from './chain.ts';
import { DIGEST_BEFORE_GENESIS } from './digest.ts';
import { withActions } from './recordedActions.ts';
import { SNAPSHOT_EVERY } from './stateArchive.ts';

const hot = (hotPermille: number): Action => ({ kind: 'setTraffic', traffic: { hotPermille } });

/** A state as text, independent of the order in which it is kept. */
function textOf(state: CommittedState): string {
  return [...state.entries()]
    .map(({ key, value }) => `${keyIdentity(key, 0, key.length)}=${value.join()}`)
    .sort()
    .join('\n');
}

function grow(chain: ReturnType<typeof smallChain>, actions: readonly Action[] = []): ChainBlock {
  const parent = chain.tree.current;
  const pending = chain.prepare(parent, actions);
  if (!pending.ok) throw new Error(pending.error.code);
  return chain.append(parent, pending.value, 'test');
}

describe('a chain', () => {
  it('binds each block to the one before it', () => {
    const chain = smallChain();
    const first = grow(chain);
    const second = grow(chain);
    expect(second.parentId).toBe(first.id);
    expect(second.id).toBe(`main:2:${toHex(second.digest).slice(0, 8)}`);
    expect(compareBytes(first.digest, DIGEST_BEFORE_GENESIS)).not.toBe(0);
    const other = smallChain();
    grow(other, [hot(900)]);
    expect(toHex(grow(other, [hot(SMALL_TRAFFIC.hotPermille)]).digest)).not.toBe(toHex(second.digest));
  });

  it('keeps a knob until it is turned again', () => {
    const chain = smallChain();
    expect(grow(chain, [hot(900)]).traffic.hotPermille).toBe(900);
    expect(grow(chain).traffic.hotPermille).toBe(900);
    expect(grow(chain, [{ kind: 'setTraffic', traffic: { work: 7 } }]).traffic).toMatchObject({
      hotPermille: 900,
      work: 7,
    });
  });

  it('opens the next block with what the gas limit cut, and loses nothing', () => {
    const chain = new Chain(chainParts({ blockGasLimit: 3_000_000 }), SMALL_GENESIS, {
      ...SMALL_TRAFFIC,
      transactionsPerBlock: 8,
      work: 600_000,
    });
    const first = grow(chain);
    expect(first.transactions).toBe(4);
    expect(first.cut).toHaveLength(4);
    const second = chain.prepare(chain.tree.current, []);
    expect(second.ok && second.value.built.candidates.slice(0, 4)).toEqual(first.cut);
    for (let i = 0; i < 6; i++) {
      const block = grow(chain);
      expect(block.reverted).toBe(0);
      expect(block.transactions + block.cut.length).toBe(8);
    }
  });
});

describe('history', () => {
  it('finds the state after any block, along whatever way', { timeout: 60_000 }, () => {
    const chain = smallChain();
    const states = new Map<string, string>();
    const keep = (block: ChainBlock): void => {
      states.set(block.id, textOf(chain.stateAfter(block)));
    };
    keep(chain.tree.current);
    for (let i = 0; i < 2 * SNAPSHOT_EVERY + 5; i++) keep(grow(chain));
    const blocks = chain.tree.blocks();
    for (const height of [3, SNAPSHOT_EVERY, SNAPSHOT_EVERY + 9]) {
      chain.tree.currentId = blocks[height]!.id;
      for (let i = 0; i < 4; i++) keep(grow(chain, [hot(100 * i)]));
    }
    expect(chain.tree.branches()).toHaveLength(4);
    const all = chain.tree.blocks();
    fc.assert(
      fc.property(fc.array(fc.nat(all.length - 1), { minLength: 1, maxLength: 6 }), (visits) => {
        for (const visit of visits) {
          const block = all[visit]!;
          expect(textOf(chain.stateAfter(block)) === states.get(block.id)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('remakes a block as it was', () => {
    const chain = smallChain();
    const blocks = [
      grow(chain),
      grow(chain, [{ kind: 'splitPool', pool: 1, ways: 3 }]),
      grow(chain, [hot(1000)]),
      grow(chain),
    ];
    for (const block of blocks) expect(toHex(chain.remake(block).digest)).toBe(toHex(block.digest));
  });

  it('continues a head on its branch, and opens another elsewhere', () => {
    const chain = smallChain();
    const first = grow(chain);
    const second = grow(chain);
    chain.tree.currentId = first.id;
    const beside = grow(chain);
    expect(beside.branch).toBe('branch-1');
    // The same inputs give the same digest; the two blocks are still two.
    expect(toHex(beside.digest)).toBe(toHex(second.digest));
    expect(beside.id).not.toBe(second.id);
    expect(chain.tree.branch('branch-1')).toMatchObject({
      forkHeight: 1,
      parentBranch: 'main',
      label: 'test',
    });
    chain.tree.currentId = second.id;
    expect(grow(chain).branch).toBe('main');
    expect(chain.tree.blockAt('branch-1', 1)?.id).toBe(first.id);
    expect(chain.tree.blockAt('branch-1', 2)?.id).toBe(beside.id);
    expect(chain.tree.blockAt('branch-1', 3)).toBeUndefined();
  });

  it('makes the blocks after an edit again, each from its recorded actions', () => {
    const chain = smallChain();
    const first = grow(chain);
    const split = grow(chain, [{ kind: 'splitPool', pool: 0, ways: 2 }]);
    const third = grow(chain, [hot(700)]);
    const parent = chain.tree.block(first.parentId);
    const edited = chain.prepare(parent, [{ kind: 'setTraffic', traffic: { work: 5 } }]);
    if (!edited.ok) throw new Error(edited.error.code);
    const dropped: string[] = [];
    const after = [
      ...chain.prepareAfter(edited.value, parent, [split, third], (...at) => dropped.push(at.join())),
    ];
    const block = chain.appendBranch(parent, edited.value, after, 'work 5');
    expect(dropped).toEqual([]);
    expect(block).toMatchObject({ branch: 'branch-1', height: 1 });
    expect(chain.tree.current).toMatchObject({
      branch: 'branch-1',
      height: 3,
      traffic: { work: 5, hotPermille: 700 },
    });
    expect(chain.tree.block('main:3:'.concat(third.id.slice(7))).id).toBe(third.id);
    // Made step by step with the same actions, it is the same future.
    const straight = smallChain();
    grow(straight, edited.value.actions);
    grow(straight, split.actions);
    expect(toHex(grow(straight, third.actions).digest)).toBe(toHex(chain.tree.current.digest));
    expect(
      textOf(straight.stateAfter(straight.tree.current)) === textOf(chain.stateAfter(chain.tree.current)),
    ).toBe(true);
  });

  it('leaves out actions that no longer fit, and says so', () => {
    const chain = smallChain();
    const first = grow(chain);
    const pay = { sender: 1, module: 'bank', name: 'transfer', args: { asset: 0, to: 2, amount: '1' } };
    const second = grow(chain, [
      hot(5),
      { kind: 'replace', index: 12, transaction: pay },
      { kind: 'submit', transaction: pay },
    ]);
    const parent = chain.tree.block(first.parentId);
    const edited = chain.prepare(parent, [{ kind: 'setTraffic', traffic: { transactionsPerBlock: 4 } }]);
    if (!edited.ok) throw new Error(edited.error.code);
    const dropped: unknown[] = [];
    const [after] = [
      ...chain.prepareAfter(edited.value, parent, [second], (height, { kind }, code) =>
        dropped.push([height, kind, code]),
      ),
    ];
    expect(dropped).toEqual([[2, 'replace', 'action/no_such_transaction']]);
    expect(after?.actions.map(({ kind }) => kind)).toEqual(['setTraffic', 'submit']);
  });

  it('lets a branch take the place of another, wherever one stands', () => {
    const chain = smallChain();
    const first = grow(chain);
    grow(chain);
    const make = (value: number) => {
      const pending = chain.prepare(chain.tree.block(first.parentId), [hot(value)]);
      if (!pending.ok) throw new Error(pending.error.code);
      return pending.value;
    };
    const parent = () => chain.tree.block(first.parentId);
    const one = chain.appendBranch(parent(), make(100), [], 'one');
    const two = chain.appendBranch(parent(), make(900), [], 'two', one.branch);
    expect(two.branch).toBe(one.branch);
    expect(chain.tree.find(one.id)).toBeUndefined();
    expect(chain.tree.branches().map(({ label }) => label)).toEqual(['main', 'two']);
    expect(chain.tree.current.id).toBe(two.id);
    expect(toHex(chain.remake(two).digest)).toBe(toHex(two.digest));
  });
});

describe('a chain that is made again at once', () => {
  it('has the same blocks and states, with snapshots on the way', () => {
    const chain = smallChain();
    const again = smallChain();
    for (let height = 1; height <= 70; height++) {
      const actions: Action[] = height % 9 === 4 ? [hot(height * 10)] : [];
      if (height === 6) actions.push({ kind: 'splitPool', pool: 0, ways: 3 });
      const block = grow(chain, actions);
      const made = again.extend(again.tree.current, actions);
      expect(made.ok && toHex(made.value.digest)).toBe(toHex(block.digest));
    }
    for (const height of [70, 33, 1, 50]) {
      const at = (of: typeof chain) => of.stateAfter(of.tree.blockAt(MAIN_BRANCH, height)!);
      expect(textOf(at(again))).toBe(textOf(at(chain)));
    }
  });

  it('stays as it is when an action does not fit', () => {
    const chain = smallChain();
    const before = chain.tree.current.id;
    const made = chain.extend(chain.tree.current, [{ kind: 'splitPool', pool: 77, ways: 2 }]);
    expect(made.ok ? 'made' : made.error.code).toBe('amm/unknown_pool');
    expect(chain.tree.current.id).toBe(before);
    expect(chain.tree.blocks()).toHaveLength(1);
  });
});

describe('comparing two blocks', () => {
  it('finds every key on which their states differ', () => {
    const chain = smallChain();
    const first = grow(chain);
    grow(chain);
    const left = grow(chain);
    chain.tree.currentId = first.id;
    grow(chain, [hot(1000)]);
    const right = grow(chain);
    const states = [left, right].map((block) => {
      const entries = [...chain.stateAfter(block).entries()];
      return new Map(entries.map(({ key, value }) => [keyIdentity(key, 0, key.length), value.join()]));
    });
    const expected = new Set(
      [...states[0]!.keys(), ...states[1]!.keys()].filter((id) => states[0]!.get(id) !== states[1]!.get(id)),
    );
    const { fork, differences } = chain.compare(left, right);
    expect(fork.id).toBe(first.id);
    expect(new Set(differences.map(({ key }) => keyIdentity(key, 0, key.length)))).toEqual(expected);
    expect(differences.length).toBeGreaterThan(5);
    for (const { key, left: a, right: b } of differences) {
      const id = keyIdentity(key, 0, key.length);
      expect([a?.join(), b?.join()]).toEqual([states[0]!.get(id), states[1]!.get(id)]);
    }
    expect(chain.compare(left, left).differences).toEqual([]);
    expect(chain.compare(left, first).fork.id).toBe(first.id);
  });
});

describe('recorded actions', () => {
  it('hold a dragged knob once', () => {
    const submit: Action = {
      kind: 'submit',
      transaction: { sender: 1, module: 'bank', name: 'transfer', args: {} },
    };
    expect(withActions([hot(1), submit], [hot(2), { kind: 'setTraffic', traffic: { work: 3 } }])).toEqual([
      { kind: 'setTraffic', traffic: { hotPermille: 2, work: 3 } },
      submit,
    ]);
    expect(withActions([], [])).toEqual([]);
  });

  it('hold the last transaction put into a place once, and make the same block', { timeout: 60_000 }, () => {
    const put = (index: number, amount: string): Action => ({
      kind: 'replace',
      index,
      transaction: { sender: 1, module: 'bank', name: 'transfer', args: { asset: 0, to: 2, amount } },
    });
    const split: Action = { kind: 'splitPool', pool: 0, ways: 2 };
    expect(withActions([put(1, '1'), put(2, '2'), hot(1)], [put(1, '3')])).toEqual([
      put(1, '3'),
      put(2, '2'),
      hot(1),
    ]);
    // What comes before the traffic moves the places.
    expect(withActions([put(1, '1')], [split, put(1, '2')])).toHaveLength(3);
    const crowded = fc.record({ index: fc.nat(3), amount: fc.constantFrom('1', '20', '300') });
    const action = fc.oneof(
      someAction,
      crowded.map(({ index, amount }) => put(index, amount)),
    );
    const chain = smallChain();
    const made = (actions: readonly Action[]): string => {
      const block = chain.prepare(chain.tree.current, actions);
      return block.ok ? toHex(block.value.digest) : block.error.code;
    };
    fc.assert(
      fc.property(fc.array(action, { maxLength: 8 }), fc.nat(8), (actions, cut) => {
        expect(made(withActions(actions.slice(0, cut), actions.slice(cut)))).toBe(made(actions));
      }),
    );
  });
});
