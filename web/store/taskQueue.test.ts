import { describe, expect, it } from 'vitest';
import { createTaskQueue } from './taskQueue.ts';

describe('the task queue', () => {
  it('runs in order, and the latest of a name wins', async () => {
    const log: string[] = [];
    const queue = createTaskQueue(
      (busy) => log.push(busy ? 'busy' : 'idle'),
      () => log.push('threw'),
    );
    const task = (name: string) => async () => {
      await Promise.resolve();
      log.push(name);
    };
    void queue.add(task('first'), 'knob');
    const second = queue.add(task('second'), 'knob');
    const third = queue.add(task('third'), 'knob');
    expect(queue.isWaiting('knob')).toBe(true);
    const throws = queue.add(() => Promise.reject(new Error('no')));
    const last = queue.add(task('last'));
    await Promise.all([second, third, throws, last]);
    await Promise.resolve();
    expect(log).toEqual(['busy', 'first', 'third', 'threw', 'last', 'idle']);
  });
});
