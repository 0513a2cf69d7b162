import { assert } from '../../base/assert.ts';
import { type Application, type Block, GENESIS } from '../contract.ts';

interface Execution {
  readonly digest: number;
  readonly gas: number;
}

/** Every block that anybody made, by its number, and what executing it gives: asked of the application once per parent and content. */
export class Ledger {
  readonly blocks: Block[];
  private readonly executions: Execution[];
  /** The youngest block on each, and the one made before each on the same parent: by number, −1 for none. */
  private readonly youngest: number[] = [-1];
  private readonly elder: number[] = [-1];
  /** The other one of each two that a liar proposed in one round. */
  private readonly others = new Map<number, number>();
  readonly application: Application;

  constructor(application: Application, genesisDigest: number) {
    this.application = application;
    this.blocks = [
      Object.freeze({
        id: GENESIS,
        parent: GENESIS,
        height: 0,
        round: 0,
        proposer: -1,
        timeUs: 0,
        digest: genesisDigest,
        payload: 0,
        transactions: 0,
        sizeBytes: 0,
      }),
    ];
    this.executions = [{ digest: genesisDigest, gas: 0 }];
  }

  block(id: number): Block {
    return this.blocks[id] ?? neverMade(id);
  }

  has(id: number): boolean {
    return id >= 0 && id < this.blocks.length;
  }

  /** A new block on `parent`, with what the application puts there. */
  make(parent: Block, proposer: number, round: number, timeUs: number, extra: object | undefined): Block {
    const { payload, transactions, sizeBytes } = this.application.fill(parent, proposer, round);
    return this.add(parent, proposer, round, timeUs, extra, payload, transactions, sizeBytes, 0);
  }

  /** The same block again with another digest, as a liar would claim it. */
  claimOtherwise(block: Block): Block {
    const { proposer, round, timeUs, extra, payload, transactions, sizeBytes } = block;
    const parent = this.block(block.parent);
    return this.add(parent, proposer, round, timeUs, extra, payload, transactions, sizeBytes, 1);
  }

  /** What executing a block on its parent gives, whatever anybody claims. */
  executionOf(id: number): Execution {
    return this.executions[id] ?? neverMade(id);
  }

  /** A liar proposed both in one round. */
  pair(id: number, other: number): void {
    this.others.set(id, other).set(other, id);
  }

  otherOf(id: number): Block | undefined {
    const other = this.others.get(id);
    return other === undefined ? undefined : this.blocks[other];
  }

  copy(): Ledger {
    const copy = new Ledger(this.application, this.blocks[0]!.digest);
    for (let id = 1; id < this.blocks.length; id++) {
      copy.blocks.push(this.blocks[id]!);
      copy.executions.push(this.executions[id]!);
      copy.elder.push(this.elder[id]!);
      copy.youngest.push(this.youngest[id]!);
    }
    for (const [id, other] of this.others) copy.others.set(id, other);
    copy.youngest[GENESIS] = this.youngest[GENESIS]!;
    return copy;
  }

  private add(
    parent: Block,
    proposer: number,
    round: number,
    timeUs: number,
    extra: object | undefined,
    payload: number,
    transactions: number,
    sizeBytes: number,
    lie: 0 | 1,
  ): Block {
    const execution = this.knownExecution(parent, payload) ?? this.application.execute(parent, payload);
    const block: Block = Object.freeze({
      id: this.blocks.length,
      parent: parent.id,
      height: parent.height + 1,
      round,
      proposer,
      timeUs,
      digest: lie === 0 ? execution.digest : wrongDigest(execution.digest),
      payload,
      transactions,
      sizeBytes,
      ...(extra === undefined ? {} : { extra }),
    });
    this.blocks.push(block);
    this.executions.push(execution);
    this.elder.push(this.youngest[parent.id]!);
    this.youngest[parent.id] = block.id;
    this.youngest.push(-1);
    return block;
  }

  /** What the same content on the same parent gave. Takes time with the number of blocks there. */
  private knownExecution(parent: Block, payload: number): Execution | undefined {
    for (let id = this.youngest[parent.id]!; id >= 0; id = this.elder[id]!) {
      if (this.blocks[id]!.payload === payload) return this.executions[id];
    }
    return undefined;
  }
}

function neverMade(id: number): never {
  assert(false, 'a replica asks for blocks that it was told of', { id });
}

/** What a liar says instead: a number that the application gave to nothing. */
export function wrongDigest(digest: number): number {
  return -Math.abs(digest) - 1;
}
