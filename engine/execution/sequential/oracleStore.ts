import { type CommittedState, keyIdentity, type StateChange } from '../../storage/contract.ts';
import type { StateStore } from '../contract.ts';
import { type BlockMemory, RECORD_HEADER } from '../kernel/blockMemory.ts';

/** A plain map over the state before the block; values are copied into scratch memory when read. */
export class OracleStore implements StateStore {
  readonly u32: Uint32Array;
  readonly version = 0;
  keys: Uint32Array[] = [];
  readonly values = new Map<number, Uint32Array | null>();
  private readonly identities: string[] = [];
  private readonly befores: (Uint32Array | null)[] = [];
  private readonly numbers = new Map<string, number>();
  private state: CommittedState | undefined;
  private readonly start: number;
  private readonly end: number;
  private next: number;

  constructor({ u32, layout }: BlockMemory) {
    this.u32 = u32;
    this.start = this.next = layout.arena;
    this.end = layout.arena + layout.size.arenaWords;
  }

  /** Forgets the block before and starts from `state`. What was handed out stays as it is. */
  beginBlock(state: CommittedState | undefined): void {
    this.state = state;
    this.keys = [];
    this.values.clear();
    this.identities.length = 0;
    this.befores.length = 0;
    this.numbers.clear();
  }

  beginTransaction(): void {
    this.next = this.start;
  }

  intern(words: Uint32Array, count: number): number {
    const identity = keyIdentity(words, 0, count);
    let key = this.numbers.get(identity);
    if (key === undefined) {
      key = this.keys.length;
      this.numbers.set(identity, key);
      this.keys.push(words.slice(0, count));
      this.identities.push(identity);
      this.befores.push(this.state?.get(identity)?.value ?? null);
    }
    return key;
  }

  load(key: number): number {
    const value = this.current(key);
    if (value === null) return 0;
    const place = this.allocate(value.length, false);
    for (let i = 0; i < value.length; i++) this.u32[place + i] = value[i]!;
    return place;
  }

  allocate(words: number, deleted: boolean): number {
    const place = this.next + RECORD_HEADER;
    this.next = place + words;
    // Gas bounds what a transaction can write, and the scratch is larger than that.
    if (this.next > this.end) throw new RangeError('oracle scratch memory exhausted');
    this.u32[place - 1] = deleted ? 1 : 0;
    return place;
  }

  /** The key's value at this point of the block. */
  private current(key: number): Uint32Array | null {
    const written = this.values.get(key);
    return written === undefined ? this.befores[key]! : written;
  }

  /** Makes the record at `place` the key's value, in a copy of its own or (not `apart`) in that of its last value. */
  keep(key: number, place: number, length: number, apart: boolean): Uint32Array | null {
    if (this.u32[place - 1] === 1) {
      this.values.set(key, null);
      return null;
    }
    let value = apart ? undefined : this.values.get(key);
    if (value === undefined || value === null) {
      value = new Uint32Array(length);
      this.values.set(key, value);
    }
    for (let i = 0; i < length; i++) value[i] = this.u32[place + i]!;
    return value;
  }

  changes(): StateChange[] {
    const changes: StateChange[] = [];
    for (const [key, after] of this.values) {
      changes.push({
        identity: this.identities[key]!,
        key: this.keys[key]!,
        before: this.befores[key]!,
        after,
      });
    }
    return changes;
  }
}
