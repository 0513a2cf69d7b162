import type { Block } from '../contract.ts';
import type { World } from '../observer.ts';
import { Rule } from './rule.ts';
import { isHonest, membersOf } from './signers.ts';
import type { Transcript } from './transcript.ts';

/**
 * No two honest nodes decide different blocks at a height, and what a node decides stands on what it decided before. Of each pair of blocks, and of each block
 * that does not stand on the one before, it is told once. Where finality is only probable, what is found is a reorganisation that went deeper
 * than the confirmations waited for.
 */
export class Agreement extends Rule {
  readonly name = 'agreement';
  private told = new Set<string>();

  override decided(world: World, node: number, block: Block, before: number): void {
    if (world.isFaulty(node)) return;
    const { id, height, round } = block;
    const all = this.transcript.decidedAt(height);
    if (all.length > 1) {
      for (const other of all) {
        if (other.block === id) continue;
        const theirs = membersOf(other.nodes).find((one) => isHonest(world, one));
        if (theirs === undefined) continue;
        if (!this.isNew(`${Math.min(other.block, id)} or ${Math.max(other.block, id)}`)) continue;
        const message = `At height ${height} node ${theirs} decided block ${other.block} and node ${node} block ${id}.`;
        this.report(world, [theirs, node], height, round, message);
      }
    }
    if (before < 0 || block.parent === before || height !== world.blocks[before]!.height + 1) return;
    if (!this.isNew(`${before} under ${id}`)) return;
    const message = `Node ${node} decided block ${before} at height ${height - 1}, and then block ${id}, which stands on block ${block.parent}.`;
    this.report(world, [node], height, round, message);
  }

  override forkOn(transcript: Transcript): Agreement {
    const fork = this.handOver(new Agreement(transcript));
    fork.told = new Set(this.told);
    return fork;
  }

  private isNew(what: string): boolean {
    if (this.told.has(what)) return false;
    this.told.add(what);
    return true;
  }
}
