import type { Prng } from '../../base/prng.ts';
import type { Workload, WorkloadWorld } from '../../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../../types/transaction.ts';
import { identities } from './state.ts';

/** Topics that people attest: a diploma, a licence, a birthday … */
const TOPICS = 8;
/** Of a hundred things that people do. */
const ATTEST = 70;
const ROTATE = 85;

/** People register, change their keys, attest each other's credentials and take some back. */
export const credentials: Workload = {
  name: 'credentials',
  generate: (prng, world, count) => {
    if (world.accounts < 2) return [];
    const what = prng.fork('what');
    const who = prng.fork('who');
    const given = new Map<string, Attested>();
    return Array.from({ length: count }, (): TransactionDraft => {
      const drawn = act(what, who, world, given);
      return { module: 'identity', work: world.work, ...drawn };
    });
  },
};

interface Attested {
  readonly issuer: number;
  readonly subject: number;
  readonly topic: number;
}
type Drawn = { readonly sender: number; readonly name: string; readonly args: Arguments };

function act(what: Prng, who: Prng, { accounts, state }: WorkloadWorld, given: Map<string, Attested>): Drawn {
  const choice = what.below(100);
  const sender = who.below(accounts);
  const key = BigInt(who.next()) * 4_294_967_296n + BigInt(who.next()) + 1n;
  if (state.get(identities, sender) === undefined) return { sender, name: 'register', args: { key } };
  if (choice < ATTEST) {
    const subject = (sender + 1 + who.below(accounts - 1)) % accounts;
    const topic = who.below(TOPICS);
    given.set(`${sender}/${subject}/${topic}`, { issuer: sender, subject, topic });
    return { sender, name: 'attest', args: { subject, topic, claim: key, expires: 0 } };
  }
  if (choice < ROTATE || given.size === 0) return { sender, name: 'rotate', args: { key } };
  const [name, { issuer, subject, topic }] = [...given][who.below(given.size)]!;
  given.delete(name);
  return { sender: issuer, name: 'revoke', args: { subject, topic } };
}
