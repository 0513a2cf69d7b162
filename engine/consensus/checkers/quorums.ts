import { NIL, type Note } from '../contract.ts';
import type { World } from '../observer.ts';
import { nodesInWords, Rule, valueInWords } from './rule.ts';
import { faultyPower, has, isHonest, isQuorum, membersOf, powerOf } from './signers.ts';
import type { Tally, Transcript } from './transcript.ts';

/** What is kept of a height. */
interface Seen {
  readonly certificates: readonly Certificate[];
  readonly isTold: boolean;
}

interface Certificate {
  readonly kind: number;
  readonly round: number;
  readonly value: number;
  readonly signers: Uint32Array;
  readonly power: number;
}

/** Heights of which certificates are kept, the last ones that there were any of. */
const KEPT_HEIGHTS = 16;
const MOST_CERTIFICATES = 256;

/**
 * What honest replicas take for certificates are some: a quorum of the power, each of whom sent that very vote; and any two of them in a height
 * for different values share an honest replica, which is told once a height where they do not.
 */
export class Quorums extends Rule {
  readonly name = 'quorums';
  private heights = new Map<number, Seen>();

  override noted(world: World, node: number, note: Note): void {
    const { kind, height, round, value, votes, signers } = note;
    if (kind !== 'certificate' || votes === undefined || signers === undefined || world.isFaulty(node))
      return;
    const power = powerOf(signers, world.powers);
    if (!isQuorum(world, power)) {
      const message = `Node ${node} took votes of ${power} of ${world.totalPower} for a certificate for ${valueInWords(value)} in round ${round} of height ${height}.`;
      this.report(world, [node], height, round, message);
    }
    const tally = this.transcript.tallyOf(votes, height, round);
    if (tally !== undefined || this.transcript.roundsOf(height) !== undefined) {
      // Its own may go out just after it was counted.
      const own = world.identities[node];
      const absent = membersOf(signers).filter(
        (identity) => identity !== own && !voted(tally, value, identity),
      );
      if (absent.length > 0) {
        const message = `Node ${node} counted votes of ${nodesInWords(absent)} for ${valueInWords(value)} in round ${round} of height ${height}, which they did not send.`;
        this.report(world, [node], height, round, message);
      }
    }
    if (value !== NIL) this.intersect(world, node, height, { kind: votes, round, value, signers, power });
  }

  override forkOn(transcript: Transcript): Quorums {
    const fork = this.handOver(new Quorums(transcript));
    fork.heights = new Map(this.heights);
    return fork;
  }

  private intersect(world: World, node: number, height: number, certificate: Certificate): void {
    const seen = this.heights.get(height) ?? NOTHING;
    const { certificates } = seen;
    if (certificates.length >= MOST_CERTIFICATES || certificates.some((one) => isSame(one, certificate)))
      return;
    const other = seen.isTold ? undefined : strangerTo(world, certificate, certificates);
    if (other !== undefined) {
      const message = `Two certificates of height ${height} share no honest replica: for ${valueInWords(other.value)} in round ${other.round} and for ${valueInWords(certificate.value)} in round ${certificate.round}.`;
      this.report(world, [node], height, certificate.round, message);
    }
    this.heights.set(height, {
      certificates: [...certificates, certificate],
      isTold: seen.isTold || other !== undefined,
    });
    if (this.heights.size <= KEPT_HEIGHTS) return;
    const [oldest] = this.heights.keys();
    this.heights.delete(oldest!);
  }
}

const NOTHING: Seen = { certificates: [], isTold: false };

/** A certificate among others that shares no honest replica with this one. */
function strangerTo(
  world: World,
  certificate: Certificate,
  others: readonly Certificate[],
): Certificate | undefined {
  const faulty = faultyPower(world);
  return others.find(({ value, power, signers }) => {
    if (value === certificate.value) return false;
    // So much they share at least; what of it is not faulty is honest.
    if (power + certificate.power - world.totalPower > faulty) return false;
    const shared = membersOf(certificate.signers).filter((identity) => has(signers, identity));
    return !shared.some((identity) => isHonest(world, identity));
  });
}

function voted(tally: Tally | undefined, value: number, identity: number): boolean {
  return tally?.choices.some((choice) => choice.value === value && has(choice.signers, identity)) ?? false;
}

function isSame(one: Certificate, other: Certificate): boolean {
  return (
    one.kind === other.kind &&
    one.round === other.round &&
    one.value === other.value &&
    one.signers.every((word, at) => word === other.signers[at])
  );
}
