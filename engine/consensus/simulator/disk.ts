/** Some records that nobody needs once a later one is there. */
interface Obsolete {
  readonly from: number;
  readonly count: number;
  readonly atUs: number;
}

/** What a node wrote, in the order in which it did, and when each record is there to stay. Plain data. */
export interface Disk {
  records: object[];
  durableUs: number[];
  /** Ascending. */
  obsolete: Obsolete[];
  /** When all that was written is there. */
  writtenUs: number;
  /** It says that all is written and keeps nothing. */
  lies: boolean;
}

export function emptyDisk(): Disk {
  return { records: [], durableUs: [], obsolete: [], writtenUs: 0, lies: false };
}

export function copyDisk(disk: Disk): Disk {
  const { records, durableUs, obsolete } = disk;
  return {
    ...disk,
    records: records.slice(),
    durableUs: durableUs.slice(),
    obsolete: obsolete.slice(),
  };
}

/** Writes a record that is there in `takesUs`, and makes so many before it obsolete then. */
export function write(disk: Disk, record: object, instead: number, nowUs: number, takesUs: number): void {
  disk.writtenUs = nowUs + takesUs;
  if (disk.lies) return;
  if (disk.obsolete.length > 0) forgetObsolete(disk, nowUs);
  const { records, durableUs } = disk;
  const count = Math.min(instead, records.length);
  if (takesUs > 0 && count > 0) {
    disk.obsolete.push({ from: records.length - count, count, atUs: disk.writtenUs });
  } else {
    for (let i = 0; i < count; i++) {
      records.pop();
      durableUs.pop();
    }
  }
  records.push(record);
  durableUs.push(disk.writtenUs);
}

/** After a crash: what is not yet there is gone, if it is to be lost; the rest stays. Records become durable in their order. */
export function settle(disk: Disk, loseUnsynced: boolean, nowUs: number): void {
  forgetObsolete(disk, nowUs);
  disk.writtenUs = nowUs;
  const { records, durableUs } = disk;
  if (loseUnsynced) {
    while (durableUs.length > 0 && durableUs.at(-1)! > nowUs) {
      durableUs.pop();
      records.pop();
    }
  }
  for (let i = durableUs.length - 1; i >= 0 && durableUs[i]! > nowUs; i--) durableUs[i] = nowUs;
  // What made them obsolete is lost; or it stays, and restoring passes over them.
  disk.obsolete = [];
}

function forgetObsolete(disk: Disk, nowUs: number): void {
  let gone = 0;
  while (disk.obsolete.length > 0 && disk.obsolete[0]!.atUs <= nowUs) {
    const { from, count } = disk.obsolete.shift()!;
    disk.records.splice(from - gone, count);
    disk.durableUs.splice(from - gone, count);
    gone += count;
  }
  if (gone === 0) return;
  disk.obsolete = disk.obsolete.map((one) => ({ ...one, from: one.from - gone }));
}
