import type { Intervention } from '../../types/consensus.ts';
import type { Block } from '../contract.ts';
import type { World } from '../observer.ts';
import { Rule } from './rule.ts';
import { isQuorum } from './signers.ts';
import type { Transcript } from './transcript.ts';

/** How much longer than the trouble lasted it may take to get over it: timeouts grew meanwhile. */
const RECOVERY = 2;

/**
 * Each height is decided within a bound by every honest node that runs, once nothing is done to the world any more: no cut, no link slowed down, and a quorum of
 * the power honest and running. Trouble that lasted long may be followed by as much patience again, since the timeouts of protocols grow
 * with their rounds.
 */
export class Liveness extends Rule {
  readonly name = 'liveness';
  private readonly boundUs: number;
  /** When each node last decided. */
  private lastUs: number[] = [];
  private calmUs = 0;
  private patienceUs = 0;
  private isCut = false;
  private slow = new Set<number>();

  /** `boundUs`: in which each height must be decided; infinite: it is not asked. */
  constructor(transcript: Transcript, boundUs: number) {
    super(transcript);
    this.boundUs = boundUs;
  }

  override decided(world: World, node: number, { height, round }: Block): void {
    if (this.isTooLate(world, node)) {
      const message = `Node ${node} decided height ${height} only ${inSeconds(world.nowUs - this.sinceUs(node))} after the one before or the last fault.`;
      this.report(world, [node], height, round, message);
    }
    this.lastUs[node] = world.nowUs;
  }

  override intervened(world: World, intervention: Intervention): void {
    if (intervention.kind === 'cut') this.isCut = true;
    if (intervention.kind === 'heal') this.isCut = false;
    if (intervention.kind === 'slow') {
      if (intervention.permille > 1000) this.slow.add(intervention.node);
      else this.slow.delete(intervention.node);
    }
    this.calmUs = world.nowUs;
    let lowestUs = world.nowUs;
    for (let node = 0; node < world.identities.length; node++) {
      if (world.isUp(node) && !world.isFaulty(node)) lowestUs = Math.min(lowestUs, this.lastUs[node] ?? 0);
    }
    this.patienceUs = RECOVERY * (world.nowUs - lowestUs);
  }

  override finish(world: World, isQuiet: boolean): void {
    for (let node = 0; node < world.identities.length; node++) {
      if (!world.isUp(node) || world.isFaulty(node)) continue;
      if (!this.isTooLate(world, node) && !(isQuiet && this.isAsked(world))) continue;
      const { height, round, phase } = world.viewOf(node);
      const waited = isQuiet ? 'for ever' : `for ${inSeconds(world.nowUs - this.sinceUs(node))}`;
      const message = `Node ${node} waits ${waited}, at height ${height} in round ${round}: ${phase}.`;
      this.report(world, [node], height, round, message);
    }
  }

  override forkOn(transcript: Transcript): Liveness {
    const fork = this.handOver(new Liveness(transcript, this.boundUs));
    fork.lastUs = this.lastUs.slice();
    fork.calmUs = this.calmUs;
    fork.patienceUs = this.patienceUs;
    fork.isCut = this.isCut;
    fork.slow = new Set(this.slow);
    return fork;
  }

  private isTooLate(world: World, node: number): boolean {
    if (world.nowUs - this.sinceUs(node) <= this.boundUs + this.patienceUs) return false;
    return !world.isFaulty(node) && this.isAsked(world);
  }

  private sinceUs(node: number): number {
    return Math.max(this.lastUs[node] ?? 0, this.calmUs);
  }

  /** Whether the world is such that heights must be decided. */
  private isAsked(world: World): boolean {
    if (!Number.isFinite(this.boundUs) || this.isCut || this.slow.size > 0) return false;
    let power = 0;
    for (let identity = 0; identity < world.powers.length; identity++) {
      if (world.isUp(identity) && !world.isFaulty(identity)) power += world.powers[identity]!;
    }
    return isQuorum(world, power);
  }
}

function inSeconds(us: number): string {
  return `${(us / 1_000_000).toFixed(3)} s`;
}
