import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BinaryHeap } from './binaryHeap.ts';

it('gives what was put in, least first, with pushes and pops in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer(), { nil: undefined })), (steps) => {
      const heap = new BinaryHeap<number>((a, b) => a - b);
      const held: number[] = [];
      for (const step of steps) {
        if (step !== undefined) {
          heap.push(step);
          held.push(step);
          continue;
        }
        held.sort((a, b) => a - b);
        expect(heap.pop()).toBe(held.shift());
      }
      held.sort((a, b) => a - b);
      for (const least of held) expect(heap.pop()).toBe(least);
      expect(heap.pop()).toBeUndefined();
    }),
  );
});
