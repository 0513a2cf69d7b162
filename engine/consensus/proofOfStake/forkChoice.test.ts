import { describe, expect, it } from 'vitest';
import { OneValidator } from '../../tests/oneValidator.ts';
import { equals } from '../../tests/stakeNetwork.ts';
import type { Block } from '../contract.ts';
import type { ChainState } from './chain.ts';
import { headOf, plantTree, addToTree } from './tree.ts';

/** The head of a tree of blocks by name (`parent child`, numbered as they come), of which all but some know that one is justified. */
function headIn(
  edges: string,
  votes: Readonly<Record<string, number>>,
  justified = '0',
  blind: readonly string[] = [],
): string {
  const bench = new OneValidator();
  const named = new Map<string, Block>([['0', bench.genesis]]);
  const all = edges.split(', ').map((edge) => edge.split(' ') as [parent: string, name: string]);
  for (const [parent, name] of all) {
    named.set(name, bench.ledger.make(named.get(parent)!, 0, named.size, 0, undefined));
  }
  const { progress } = bench.chainOf(bench.genesis);
  const chains = new Map<string, ChainState>();
  const chainOf = (name: string, parent: ChainState | undefined): ChainState => {
    const block = named.get(name)!;
    const chain = Object.freeze({ block, slot: block.round, parent, progress });
    chains.set(name, chain);
    return chain;
  };
  const tree = plantTree(chainOf('0', undefined));
  for (const [parent, name] of all) addToTree(tree, chainOf(name, chains.get(parent)));
  const byId = Object.entries(votes).map(([name, gwei]) => [named.get(name)!.id, gwei] as const);
  const nameOf = ({ id }: Block): string => [...named].find(([, block]) => block.id === id)![0];
  const { block } = headOf(
    tree,
    named.get(justified)!.id,
    new Map(byId),
    (leaf) => !blind.includes(nameOf(leaf.block)),
  );
  return nameOf(block);
}

describe('LMD GHOST', () => {
  it('goes at each fork where most of the latest votes are, however they are spread, and however long the branches', () => {
    const tree = '0 a, 0 b, a c, a d, b e, e f, f g, c h';
    // Numbers are votes for the block alone: four under a against three under b, though that is longer.
    expect(headIn(tree, { a: 1, c: 1, d: 1, h: 1, e: 1, f: 1, g: 1 })).toBe('h');
    expect(headIn(tree, { a: 1, c: 1, d: 2, e: 1, f: 1, g: 1 })).toBe('d');
    expect(headIn(tree, { a: 1, c: 1, d: 2, e: 2, f: 2, g: 1 })).toBe('g');
    // Who voted for what lies before a fork has no say in it.
    expect(headIn(tree, { a: 9, c: 1, d: 2, e: 8 })).toBe('d');
  });

  it('takes the lower of equals, and a block without votes where there is no other', () => {
    const tree = '0 a, 0 b, b c';
    expect(headIn(tree, {})).toBe('a');
    expect(headIn(tree, { a: 5, c: 5 })).toBe('a');
    expect(headIn(tree, { a: 5, c: 6 })).toBe('c');
    expect(headIn(tree, { b: 6, a: 5 })).toBe('c');
  });

  it('begins at the last justified checkpoint, whatever lies beside it', () => {
    const tree = '0 a, 0 b, b c, b d';
    expect(headIn(tree, { a: 100, d: 1 })).toBe('a');
    expect(headIn(tree, { a: 100, d: 1 }, 'b')).toBe('d');
  });

  it('goes only where the last block knows of that justification', () => {
    const tree = '0 a, a b, a c, 0 d';
    const votes = { b: 9, c: 5, d: 1 };
    expect(headIn(tree, votes, '0', ['b'])).toBe('c');
    expect(headIn(tree, votes, '0', ['b', 'c'])).toBe('d');
    expect(headIn(tree, votes, '0', ['b', 'c', 'd'])).toBe('0');
  });
});

describe('a validator', () => {
  it('counts the latest vote of each, by stake, and none twice', () => {
    const bench = new OneValidator({ powers: [1, 1, 1, 1, 1, 1, 1, 20], own: { proposerBoostPermille: 0 } });
    const [one, other] = [1, 2].map((slot) => bench.made(bench.genesis, slot)) as [Block, Block];
    bench.passToSlot(2);
    bench.take(one, other);
    expect(bench.head).toBe(one.id);
    const [first] = bench.committee(2).filter((identity) => identity !== 7);
    bench.vote(first!, bench.data(other, 2));
    bench.passToSlot(3);
    expect(bench.head).toBe(other.id);
    // Of the next epoch, which is later.
    bench.passToSlot(8);
    const slot = [4, 5, 6, 7].find((at) => bench.committee(at).includes(first!))!;
    bench.vote(first!, bench.data(one, slot));
    bench.passToSlot(9);
    expect(bench.head).toBe(one.id);
  });

  it('keeps a vote for a block that is missing until the block is there', () => {
    const bench = new OneValidator({ own: { proposerBoostPermille: 0 } });
    const [one, other] = [1, 2].map((slot) => bench.made(bench.genesis, slot)) as [Block, Block];
    bench.passToSlot(3);
    bench.take(one);
    bench.vote(bench.committee(2)[0]!, bench.data(other, 2));
    expect(bench.head).toBe(one.id);
    expect(bench.sentOf(3).map(({ message }) => message.wanted)).toEqual([other.id]);
    bench.answer(other);
    bench.executeAll();
    expect(bench.head).toBe(other.id);
  });

  it('prefers the block that came in time in its slot, if the boost is more than the votes against it', () => {
    const headWith = (proposerBoostPermille: number, permille: number): boolean => {
      const bench = new OneValidator({ powers: equals(40), own: { proposerBoostPermille } });
      const old = bench.made(bench.genesis, 1);
      bench.passToSlot(1);
      bench.take(old);
      // Three votes of a committee of ten.
      const voters = bench
        .committee(1)
        .filter((identity) => identity !== 7)
        .slice(0, 3);
      for (const author of voters) bench.vote(author, bench.data(old, 1));
      bench.passToSlot(2, permille);
      const young = bench.made(bench.genesis, 2);
      bench.take(young);
      return bench.head === young.id;
    };
    expect(headWith(400, 100)).toBe(true);
    expect(headWith(400, 500)).toBe(false);
    expect(headWith(200, 100)).toBe(false);
    expect(headWith(0, 100)).toBe(false);
  });

  it('takes no branch that does not know of the last justification', () => {
    const bench = new OneValidator({ own: { proposerBoostPermille: 0 } });
    const all = [...equals(8).keys()];
    // A branch of the first epoch, for which all vote later, and one in which the epoch is justified.
    const early = bench.made(bench.genesis, 1);
    const chain = bench.grow(bench.genesis, 9, () => all);
    const blind = bench.made(early, 2);
    bench.passToSlot(10);
    bench.take(early, blind);
    expect(bench.checkpoints('justified')).toEqual([`epoch 1: ${chain[3]!.id}`]);
    for (const slot of [8, 9]) bench.aggregate(bench.signed(bench.data(blind, slot)));
    bench.passToSlot(11);
    expect(bench.head).toBe(chain.at(-1)!.id);
  });
});
