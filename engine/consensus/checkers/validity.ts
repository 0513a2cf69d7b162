import type { Block } from '../contract.ts';
import type { World } from '../observer.ts';
import { Rule } from './rule.ts';
import type { Transcript } from './transcript.ts';

/**
 * What an honest node decides is a block that was made by one of the identities, with the digest that executing it gives, one height above what
 * the node decided before.
 */
export class Validity extends Rule {
  readonly name = 'validity';

  override decided(world: World, node: number, block: Block, before: number): void {
    if (world.isFaulty(node)) return;
    const { id, height, round, proposer } = block;
    if (world.blocks[id] !== block || world.powers[proposer] === undefined) {
      this.report(world, [node], height, round, `Node ${node} decided block ${id}, which nobody made.`);
      return;
    }
    if (block.digest !== world.digestOf(block)) {
      const message = `Node ${node} decided block ${id}, whose digest executing it does not give.`;
      this.report(world, [node], height, round, message);
    }
    const below = before < 0 ? 0 : world.blocks[before]!.height;
    if (height !== below + 1) {
      const message = `Node ${node} decided block ${id} of height ${height} after one of height ${below}.`;
      this.report(world, [node], height, round, message);
    }
  }

  override forkOn(transcript: Transcript): Validity {
    return this.handOver(new Validity(transcript));
  }
}
