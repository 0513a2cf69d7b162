import { describe, expect, it } from 'vitest';
import { OneMiner } from '../../tests/oneMiner.ts';
import type { Proof } from './difficulty.ts';
import { blockMessage, KIND } from './state.ts';

const HOUR_US = 3_600_000_000;

describe('the chain', () => {
  it('of two equal blocks is that of the first seen, of more work that of the later', () => {
    const bench = new OneMiner();
    const [a, b] = [bench.made(bench.genesis, 1), bench.made(bench.genesis, 2)];
    bench.take(b, a);
    expect(bench.head).toBe(b.id);
    const onA = bench.made(a);
    bench.take(onA);
    expect(bench.head).toBe(onA.id);
    expect(bench.notes.find(({ kind }) => kind === 'reorganised')).toMatchObject({
      height: 0,
      value: onA.id,
      why: 'undoes 1',
    });
  });

  it('of two equal blocks is that of the later where the setting says so', () => {
    const bench = new OneMiner({ tieSwitchPermille: 1000 });
    const [a, b] = [bench.made(bench.genesis, 1), bench.made(bench.genesis, 2)];
    bench.take(b, a);
    expect(bench.head).toBe(a.id);
  });

  it('is the one with more work, not the longer one', () => {
    const bench = new OneMiner({ retargetBlocks: 2, blockIntervalUs: 1000 });
    // After a quick first period blocks take four times the work; after a slow one a quarter.
    const quick = bench.made(bench.genesis, 1, 1);
    const hard = bench.made(quick, 1, 2);
    const slow = bench.made(bench.genesis, 2, 100_000);
    const easy = bench.chain(slow, 2, 2);
    bench.nowUs = 200_000;
    bench.take(slow, ...easy);
    expect(bench.state.head.height).toBe(3);
    bench.take(quick, hard);
    expect(bench.head).toBe(hard.id);
    expect([hard, easy[0]!].map(({ extra }) => (extra as Proof).difficulty)).toEqual([4_000_000, 250_000]);
  });

  it('takes a block up only when it was executed, and mines on it then', () => {
    const bench = new OneMiner();
    const block = bench.made(bench.genesis);
    bench.hear(block);
    expect([bench.head, bench.executing.length]).toEqual([0, 1]);
    expect(bench.mine().parent).toBe(0);
    const second = bench.made(block);
    bench.hear(second);
    // Not before what it stands on.
    expect(bench.executing).toEqual([block]);
    bench.executeAll();
    expect(bench.head).toBe(second.id);
    expect(bench.mine().parent).toBe(second.id);
  });

  it('decides a block with so many confirmations, in order', () => {
    const bench = new OneMiner({ confirmations: 3 });
    const blocks = bench.chain(bench.genesis, 5);
    bench.take(...blocks.slice(0, 2));
    expect(bench.decided).toEqual([]);
    bench.take(blocks[2]!);
    expect(bench.decided).toEqual([blocks[0]]);
    bench.take(...blocks.slice(3));
    expect(bench.decided).toEqual(blocks.slice(0, 3));
    expect(bench.state).toMatchObject({ decided: blocks[2]!.id, decidedHeight: 3 });
  });

  it('says so when a branch undoes what it decided, and goes on from there', () => {
    const bench = new OneMiner();
    const ours = bench.chain(bench.genesis, 4, 1);
    const theirs = bench.chain(ours[0]!, 5, 2);
    bench.take(...ours, ...theirs);
    expect(bench.notes.filter(({ kind }) => kind === 'reorganised')).toMatchObject([
      { height: 1, value: theirs[3]!.id, why: 'undoes 3, of which 2 decided' },
    ]);
    expect(bench.decided).toEqual([...ours.slice(0, 3), theirs[2], theirs[3]]);
    expect(bench.decided.map(({ height }) => height)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a block is refused', () => {
  it('with another digest than execution gives, and what stands on it with it', () => {
    const bench = new OneMiner();
    const wrong = bench.ledger.claimOtherwise(bench.made(bench.genesis));
    const [on, onThat] = bench.chain(wrong, 2);
    bench.take(onThat!, on!, wrong);
    expect(bench.refusals).toEqual(['digest', 'parent', 'parent']);
    bench.take(bench.made(onThat!));
    expect(bench.refusals).toHaveLength(4);
    expect([bench.head, bench.state.heldCount, bench.state.held.size]).toEqual([0, 0, 0]);
  });

  it('with another difficulty or other work than the rules say', () => {
    const bench = new OneMiner({ retargetBlocks: 2, blockIntervalUs: 1000 });
    const { genesis } = bench;
    bench.take(bench.made(genesis, 1, 1, { difficulty: 999_999 }));
    bench.take(bench.made(genesis, 1, 1, { work: 5_000_000 }));
    bench.take(bench.ledger.make(genesis, 1, 0, 1, undefined));
    const good = bench.made(genesis, 1, 5);
    bench.take(good, bench.made(good, 1, 9, { difficulty: 1_000_000, work: 2_000_000 }));
    expect(bench.refusals).toEqual(['difficulty', 'work', 'difficulty', 'difficulty']);
    expect(bench.head).toBe(good.id);
  });

  it('with a time not after the median of the last eleven, or too far ahead of the clock', () => {
    const bench = new OneMiner();
    let tip = bench.genesis;
    for (let i = 1; i <= 11; i++) {
      tip = bench.made(tip, 1, 100 * i);
      bench.take(tip);
    }
    bench.take(bench.made(tip, 1, 600));
    expect(bench.refusals).toEqual(['time too old']);
    const justAfter = bench.made(tip, 1, 601);
    bench.take(justAfter);
    expect(bench.head).toBe(justAfter.id);
    const early = bench.made(justAfter, 1, bench.nowUs + 2 * HOUR_US + 1);
    bench.take(early);
    expect(bench.refusals).toEqual(['time too old', 'time too new']);
    // Its time comes.
    bench.nowUs++;
    bench.take(early);
    expect(bench.head).toBe(early.id);
  });

  it('with a message that says otherwise than the block', () => {
    const bench = new OneMiner();
    const block = bench.made(bench.genesis);
    const right = blockMessage({ ...bench.state, identity: 1 }, block);
    for (const wrong of [{ author: 2 }, { digest: 77 }, { height: 2 }]) {
      bench.step({ kind: 'message', message: { ...right, ...wrong } });
    }
    expect(bench.refusals).toEqual(['message', 'message', 'message']);
    bench.step({ kind: 'message', message: right });
    expect(bench.executing).toEqual([block]);
  });
});

describe('mining', () => {
  it('waits for the time that the difficulty and the share of the hash rate give, on average', () => {
    const bench = new OneMiner({ blockIntervalUs: 1_000_000 });
    for (let i = 0; i < 5000; i++) bench.mine();
    const waits = bench.timers.map(({ delayUs }) => delayUs);
    const mean = waits.reduce((sum, us) => sum + us) / waits.length;
    // A third of the hash rate: 3 s ± 1.4 %; of an exponential distribution a part 1/e is longer than the mean.
    expect(mean / 3_000_000).toBeGreaterThan(0.95);
    expect(mean / 3_000_000).toBeLessThan(1.05);
    expect(waits.filter((us) => us > 3_000_000).length / waits.length).toBeCloseTo(0.368, 1);
  });

  it('does not begin anew with a new head, and does with another difficulty', () => {
    const bench = new OneMiner({ retargetBlocks: 3, blockIntervalUs: 1000 });
    expect(bench.timers).toHaveLength(1);
    const blocks = bench.chain(bench.genesis, 2);
    bench.take(blocks[0]!);
    expect(bench.timers).toHaveLength(1);
    bench.take(blocks[1]!);
    expect(bench.timers).toHaveLength(2);
    // The timer of the old difficulty is void.
    const before = bench.ledger.blocks.length;
    bench.step({ kind: 'timer', timer: bench.timers[0]!.timer });
    expect(bench.ledger.blocks).toHaveLength(before);
    const found = bench.mine();
    expect(found.extra).toEqual({ difficulty: 4_000_000, work: 6_000_000 });
  });

  it('writes a block to disk before it shows it, with a time after the median', () => {
    const bench = new OneMiner();
    bench.nowUs = 0;
    const [first, second] = [bench.mine(), bench.mine()];
    expect([first.timeUs, second.timeUs]).toEqual([1, 2]);
    expect(bench.sentOf(KIND.block).map(({ message }) => message)).toEqual(
      [first, second].map((block) => {
        const { id: value, height, digest, sizeBytes } = block;
        return { kind: 0, author: 0, height, round: 0, value, digest, sizeBytes, block };
      }),
    );
    expect(bench.disk.slice(0, 2)).toEqual([first, second]);
  });
});
