import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OneMiner } from '../../tests/oneMiner.ts';
import type { Block } from '../contract.ts';
import { nakamoto } from './index.ts';
import { type BlockMessage, type Blocks, type GetData, KIND } from './state.ts';

describe('a block without its parent', () => {
  it('is kept, its parent is asked for, and what is before that in twice as many each time', () => {
    const bench = new OneMiner();
    const blocks = bench.chain(bench.genesis, 20);
    bench.hear(blocks[19]!, 2);
    expect(bench.sentOf(KIND.getData)).toMatchObject([
      { to: 2, message: { wanted: blocks[18]!.id, count: 2, height: 19, value: -1 } },
    ]);
    expect(bench.state.heldCount).toBe(1);
    // Heard again: not asked again.
    bench.hear(blocks[19]!);
    bench.hear(bench.made(blocks[18]!));
    expect(bench.sentOf(KIND.getData)).toHaveLength(1);
    const answer = (...part: Block[]): void => {
      const last = part.at(-1)!;
      const { height, id: value, digest } = last;
      const message: Blocks = {
        kind: 2,
        author: 2,
        height,
        round: 0,
        value,
        digest,
        sizeBytes: 1,
        blocks: part,
      };
      bench.step({ kind: 'message', from: 2, message });
    };
    answer(blocks[17]!, blocks[18]!);
    expect(bench.sentOf(KIND.getData).at(-1)!.message).toMatchObject({ wanted: blocks[16]!.id, count: 4 });
    answer(...blocks.slice(0, 17));
    bench.executeAll();
    expect(bench.state.head.height).toBe(20);
    expect([bench.state.heldCount, bench.state.held.size, bench.state.asked.size]).toEqual([0, 0, 0]);
  });

  it('is asked for at others when no answer comes, ten times, and then forgotten until it is heard of again', () => {
    const bench = new OneMiner();
    const [first, second, third] = bench.chain(bench.genesis, 3);
    bench.hear(third!);
    bench.hear(bench.made(third!));
    for (let i = 0; i < 10; i++) {
      const { timer, delayUs } = bench.timers.at(-1)!;
      expect(timer).toEqual({ overdue: second!.id });
      expect(delayUs).toBe(60_000_000);
      bench.step({ kind: 'timer', timer });
    }
    const asked = bench.sentOf(KIND.getData).map(({ to }) => to);
    expect(asked).toHaveLength(10);
    expect(new Set(asked)).toEqual(new Set([1, 2]));
    expect([bench.state.heldCount, bench.state.held.size, bench.state.asked.size]).toEqual([0, 0, 0]);
    bench.take(first!, second!, third!);
    expect(bench.state.head.height).toBe(3);
  });

  it('is asked for anew when it came before its time', () => {
    const bench = new OneMiner({ futureLimitUs: 0 });
    const early = bench.made(bench.genesis, 1, 1001);
    const [second, third] = bench.chain(early, 2);
    bench.hear(second!);
    bench.hear(early);
    expect(bench.refusals).toEqual(['time too new']);
    bench.nowUs = 2000;
    bench.hear(third!);
    expect(bench.sentOf(KIND.getData).map(({ message }) => message.wanted)).toEqual([early.id, second!.id]);
    bench.hear(second!);
    expect(bench.sentOf(KIND.getData).at(-1)!.message.wanted).toBe(early.id);
    bench.take(early);
    expect(bench.head).toBe(third!.id);
  });

  it('is answered with the block and those before it, to who asks', () => {
    const bench = new OneMiner();
    const blocks = bench.chain(bench.genesis, 100);
    bench.take(...blocks);
    const asks = (wanted: number, count: number): void => {
      const message: GetData = {
        kind: 1,
        author: 2,
        height: 1,
        round: 0,
        value: -1,
        digest: 0,
        sizeBytes: 1,
        wanted,
        count,
      };
      bench.step({ kind: 'message', from: 2, message });
    };
    asks(blocks[9]!.id, 4);
    asks(blocks[1]!.id, 8);
    asks(blocks[99]!.id, 1e9);
    asks(blocks[5]!.id, Number.NaN);
    const answers = bench.sentOf(KIND.blocks);
    expect(answers.map(({ to, message }) => [to, message.value, message.blocks.length])).toEqual([
      [2, blocks[9]!.id, 4],
      [2, blocks[1]!.id, 2],
      [2, blocks[99]!.id, 64],
      [2, blocks[5]!.id, 6],
    ]);
    expect(answers[0]!.message.blocks).toEqual(blocks.slice(6, 10));
    expect(answers[0]!.message.sizeBytes).toBe(4 * blocks[0]!.sizeBytes);
    for (const unknown of [0, -1, 0.5, 1e12, Number.NaN]) asks(unknown, 1);
    expect(bench.sentOf(KIND.blocks)).toHaveLength(4);
  });
});

describe('a restart at any time', () => {
  it('brings back what is on disk: the head, and what was decided', () => {
    const bench = new OneMiner();
    const ours = bench.chain(bench.genesis, 6, 1);
    const theirs = bench.chain(ours[1]!, 6, 2);
    const seen: { readonly records: number; readonly head: number; readonly decided: number }[] = [];
    for (const block of [...ours, ...theirs]) {
      bench.take(block);
      const { head, decided } = bench.state;
      seen.push({ records: bench.disk.length, head: head.id, decided });
    }
    for (const { records, head, decided } of seen) {
      const restored = nakamoto.restore(bench.setup(), bench.disk.slice(0, records), bench.out);
      expect(nakamoto.view(restored)).toMatchObject({ head, decided });
    }
    // Cut off between two records of a step: accepted and not yet decided.
    const cut = nakamoto.restore(bench.setup(), bench.disk.slice(0, 2), bench.out);
    expect(nakamoto.view(cut)).toMatchObject({ head: ours[1]!.id, decided: 0 });
  });
});

describe('chance', () => {
  it('is another for each copy of an identity, and after each restart', () => {
    const bench = new OneMiner();
    const setup = bench.setup();
    bench.take(...bench.chain(bench.genesis, 2));
    const words = [
      nakamoto.create(setup),
      nakamoto.create({ ...setup, node: 3 }),
      nakamoto.create({ ...setup, seed: 2 }),
      nakamoto.restore(setup, bench.disk.slice(0, 1), bench.out),
      nakamoto.restore(setup, bench.disk, bench.out),
    ].map((state) => state.words.join());
    expect(new Set(words).size).toBe(5);
    expect(nakamoto.create(setup).words.join()).toBe(words[0]);
  });
});

describe('whatever it is told', () => {
  it('a replica does not throw, and is none the worse for it', () => {
    const bench = new OneMiner();
    const known = bench.chain(bench.genesis, 5);
    const { length } = bench.ledger.blocks;
    const odd = fc.constantFrom(-1, -5, 0, 0.5, Number.NaN, 1e300, Number.POSITIVE_INFINITY);
    const number = fc.oneof(fc.integer({ min: -2, max: length - 1 }), odd);
    /** Some that were made, some that never were, some that are none. */
    const block = fc.oneof(
      fc.integer({ min: 0, max: length - 1 }).map((id) => bench.ledger.block(id)),
      fc.record({
        ...{
          id: fc.oneof(fc.integer({ min: 900, max: 910 }), odd),
          parent: fc.oneof(number, fc.constant(905)),
        },
        ...{
          height: number,
          round: number,
          proposer: number,
          timeUs: number,
          digest: number,
          payload: number,
        },
        ...{ transactions: number, sizeBytes: number },
        extra: fc.constantFrom(undefined, {}, { difficulty: 1_000_000, work: 1_000_000 }, known[1]!.extra),
      }),
      fc.constantFrom(undefined, null, 7, {}),
    );
    const message = fc.record({
      kind: fc.constantFrom(0, 1, 2, 3, -1, Number.NaN),
      author: number,
      height: number,
      round: number,
      value: number,
      block,
      digest: number,
      sizeBytes: number,
      wanted: fc.oneof(number, fc.constant(undefined)),
      count: fc.oneof(number, fc.constant(undefined)),
      blocks: fc.oneof(fc.array(block, { maxLength: 80 }), fc.constant(undefined), number),
    });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 30 }), (messages) => {
        for (const each of messages) {
          bench.step({ kind: 'message', from: 1, message: each as unknown as BlockMessage });
        }
        const [made, unmade] = [
          bench.executing.filter(({ id }) => bench.ledger.has(id)),
          bench.executing.filter(({ id }) => !bench.ledger.has(id)),
        ];
        for (const each of unmade) bench.step({ kind: 'executed', block: each, digest: Number.NaN });
        bench.executing = made;
        bench.executeAll();
        nakamoto.view(bench.state);
      }),
      { numRuns: 200 },
    );
    bench.take(...known, bench.made(known[4]!));
    expect(bench.state.head.height).toBe(6);
  });
});
