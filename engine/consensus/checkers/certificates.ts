import type { World } from '../observer.ts';
import { Rule, valueInWords } from './rule.ts';
import { isHonest, isQuorum, membersOf } from './signers.ts';
import type { Cast, Transcript } from './transcript.ts';

/**
 * No two quorums vote for different values in one kind, height and round. With less than a third of the power faulty that cannot be, since two
 * quorums then share an honest replica, and those vote once.
 */
export class Certificates extends Rule {
  readonly name = 'certificates';

  override voted(world: World, { kind, height, round, author, tally, choice }: Cast, isVote: boolean): void {
    if (!isVote || tally.choices.length === 1) return;
    const { power, value } = choice;
    if (!isQuorum(world, power) || isQuorum(world, power - world.powers[author]!)) return;
    for (const other of tally.choices) {
      if (other === choice || !isQuorum(world, other.power)) continue;
      const both = membersOf(choice.signers.map((word, at) => word & other.signers[at]!));
      const named = both.filter((identity) => !isHonest(world, identity));
      const name = world.messageKinds[kind]!.name;
      const message = `In round ${round} of height ${height} there are two certificates by ${name}: for ${valueInWords(other.value)} and for ${valueInWords(value)}${other.value === value ? ' with another digest' : ''}.`;
      this.report(world, named, height, round, message);
    }
  }

  override forkOn(transcript: Transcript): Certificates {
    return this.handOver(new Certificates(transcript));
  }
}
