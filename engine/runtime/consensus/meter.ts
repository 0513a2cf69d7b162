import type { Block, ConsensusMessage } from '../../consensus/contract.ts';
import type { Observer, World } from '../../consensus/observer.ts';

/** What a run costs: messages by height, and how long it takes from a block to its decisions. */
export class Meter implements Observer {
  private readonly heights: number;
  /** Copies that went on a link, and bytes of them, by height. */
  private readonly messagesAt: Float64Array;
  private readonly bytesAt: Float64Array;
  private madeUs: number[] = [];
  /** From when a block was made until an honest node decided it, once for each, µs. */
  readonly latenciesUs: number[] = [];

  /** Messages of heights beyond these are not counted. */
  constructor(heights: number) {
    this.heights = heights;
    this.messagesAt = new Float64Array(heights + 1);
    this.bytesAt = new Float64Array(heights + 1);
  }

  copied(
    _world: World,
    _event: number,
    _from: number,
    _to: number,
    { height, sizeBytes }: ConsensusMessage,
    _departsUs: number,
    arrivesUs: number,
  ): void {
    if (arrivesUs < 0 || height > this.heights || height < 0) return;
    this.messagesAt[height]!++;
    this.bytesAt[height]! += sizeBytes;
  }

  made({ nowUs }: World, _node: number, { id }: Block): void {
    this.madeUs[id] = nowUs;
  }

  decided(world: World, node: number, { id, height }: Block): void {
    if (height > this.heights || world.isFaulty(node)) return;
    this.latenciesUs.push(world.nowUs - (this.madeUs[id] ?? world.nowUs));
  }

  /** Copies and bytes of the first so many heights. */
  upTo(height: number): { readonly messages: number; readonly bytes: number } {
    const sum = (at: Float64Array): number => at.subarray(0, height + 1).reduce((all, one) => all + one, 0);
    return { messages: sum(this.messagesAt), bytes: sum(this.bytesAt) };
  }

  fork(): Meter {
    const fork = new Meter(this.heights);
    fork.messagesAt.set(this.messagesAt);
    fork.bytesAt.set(this.bytesAt);
    fork.madeUs = this.madeUs.slice();
    fork.latenciesUs.push(...this.latenciesUs);
    return fork;
  }
}
