import { describe, expect, it } from 'vitest';
import { copyDisk, emptyDisk, settle, write } from './disk.ts';

const record = (name: string): object => Object.freeze({ name });
const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(record) as [object, object, object, object, object];

describe('a disk', () => {
  it('forgets what a record stands for, as soon as that is there', () => {
    const fast = emptyDisk();
    write(fast, a, 0, 0, 0);
    write(fast, b, 0, 0, 0);
    write(fast, c, 1, 5, 0);
    expect([fast.records, fast.durableUs]).toEqual([
      [a, c],
      [0, 5],
    ]);
    const slow = emptyDisk();
    write(slow, a, 0, 0, 10);
    write(slow, b, 0, 1, 10);
    write(slow, c, 2, 2, 10);
    write(slow, d, 0, 3, 10);
    write(slow, e, 1, 4, 10);
    expect(slow.records).toEqual([a, b, c, d, e]);
    expect(slow.writtenUs).toBe(14);
    // At 13 c is there, and e is not.
    write(slow, a, 0, 13, 10);
    expect(slow.records).toEqual([c, d, e, a]);
    write(slow, b, 0, 14, 10);
    expect(slow.records).toEqual([c, e, a, b]);
    expect(slow.durableUs).toEqual([12, 14, 23, 24]);
  });

  it('loses in a crash what is not there, and nothing that only this made needless', () => {
    const disk = emptyDisk();
    write(disk, a, 0, 0, 10);
    write(disk, b, 1, 5, 10);
    const other = copyDisk(disk);
    settle(disk, true, 12);
    expect(disk.records).toEqual([a]);
    write(disk, c, 0, 20, 10);
    expect(disk.records).toEqual([a, c]);
    // Without loss all is there from then on.
    settle(other, false, 12);
    expect([other.records, other.durableUs]).toEqual([
      [a, b],
      [10, 12],
    ]);
    settle(other, true, 12);
    expect(other.records).toEqual([a, b]);
  });

  it('that lies says that it wrote, and keeps nothing', () => {
    const disk = emptyDisk();
    write(disk, a, 0, 0, 10);
    disk.lies = true;
    write(disk, b, 1, 5, 10);
    expect([disk.records, disk.writtenUs]).toEqual([[a], 15]);
  });
});
