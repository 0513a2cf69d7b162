import { plainApplication } from '../consensus/application.ts';
import { type Block, type Note, NIL } from '../consensus/contract.ts';
import { Ledger } from '../consensus/simulator/ledger.ts';
import { tendermint } from '../consensus/tendermint/index.ts';
import {
  precommitOf,
  prevoteOf,
  proposalOf,
  type TendermintMessage,
} from '../consensus/tendermint/messages.ts';
import type { TendermintOutputs, TendermintTimer, TimerStep } from '../consensus/tendermint/state.ts';
import { equals } from './tendermintNetwork.ts';

interface Given {
  readonly identity?: number;
  readonly powers?: readonly number[];
  readonly own?: Readonly<Record<string, number>>;
  readonly protocol?: typeof tendermint;
}

/** One replica on a table, by default the fourth of four: what it is given, and what it does. The first proposes in round 0, the next in round 1, and so on. */
export class OneReplica {
  readonly ledger = new Ledger(plainApplication(0, 0), 1);
  readonly identity: number;
  readonly powers: readonly number[];
  readonly protocol: typeof tendermint;
  readonly settings;
  state;
  nowUs = 1000;
  sent: { readonly to: number; readonly message: TendermintMessage }[] = [];
  timers: { readonly delayUs: number; readonly timer: TendermintTimer }[] = [];
  disk: object[] = [];
  /** What it did, in order, in a word each. */
  order: string[] = [];
  executing: Block[] = [];
  decided: Block[] = [];
  notes: Note[] = [];
  readonly out: TendermintOutputs = {
    send: (to, message) => {
      this.order.push('send');
      this.sent.push({ to, message });
    },
    broadcast: (message) => {
      this.order.push('broadcast');
      this.sent.push({ to: -1, message });
    },
    startTimer: (delayUs, timer) => this.timers.push({ delayUs, timer }),
    persist: (record) => {
      this.order.push('persist');
      this.disk.push(record);
    },
    makeBlock: (parent, round, nowUs, extra) => this.ledger.make(parent, this.identity, round, nowUs, extra),
    block: (id) => this.ledger.block(id),
    execute: (block) => this.executing.push(block),
    decide: (block) => {
      this.order.push('decide');
      this.decided.push(block);
    },
    note: (note) => this.notes.push(note),
  };

  constructor({ identity = 3, powers = equals(4), own = {}, protocol = tendermint }: Given = {}) {
    this.identity = identity;
    this.powers = powers;
    this.protocol = protocol;
    const read = protocol.readSettings(own);
    if (!read.ok) throw new Error(read.error.message);
    this.settings = read.value;
    this.state = protocol.create(this.setup());
    this.step({ kind: 'start' });
  }

  setup() {
    const { identity, powers, settings } = this;
    const totalPower = powers.reduce((sum, power) => sum + power, 0);
    const leader = (): undefined => undefined;
    return { identity, node: identity, powers, totalPower, settings, seed: 1, leader };
  }

  step(
    input: Partial<Parameters<typeof tendermint.step>[1]> & {
      kind: 'start' | 'message' | 'timer' | 'executed';
    },
  ): void {
    const whole = { from: 0, message: undefined, timer: undefined, block: undefined, digest: 0, ...input };
    this.protocol.step(this.state, { ...whole, nowUs: this.nowUs }, this.out);
  }

  /** As after a crash, from the first so many records. */
  restart(records = this.disk.length): void {
    this.disk = this.disk.slice(0, records);
    this.executing = [];
    this.timers = [];
    this.sent = [];
    this.state = this.protocol.restore(this.setup(), this.disk, this.out);
    this.step({ kind: 'start' });
  }

  hear(message: TendermintMessage, from = message.author): void {
    this.step({ kind: 'message', from, message });
  }

  /** A block of somebody on the last decided one, or on another. */
  block(proposer = 0, round = 0, parent = this.ledger.block(this.state.parent)): Block {
    return this.ledger.make(parent, proposer, round, this.nowUs, undefined);
  }

  /** Somebody proposes, by default whose turn it is. */
  propose(block: Block, round = 0, validRound = -1, author = round % this.powers.length): void {
    this.hear(proposalOf(author, round, block, validRound));
  }

  /** The same, and it is executed. */
  show(block: Block, round = 0, validRound = -1): void {
    this.propose(block, round, validRound);
    this.executeAll();
  }

  prevotes(value: Block | undefined, round: number, ...authors: readonly number[]): void {
    const { id, digest } = value ?? { id: NIL, digest: 0 };
    for (const author of authors) this.hear(prevoteOf(author, this.state.height, round, id, digest, -1));
  }

  precommits(value: Block | undefined, round: number, ...authors: readonly number[]): void {
    const { id, digest } = value ?? { id: NIL, digest: 0 };
    for (const author of authors) this.hear(precommitOf(author, this.state.height, round, id, digest));
  }

  executeAll(): void {
    for (let block = this.executing.shift(); block !== undefined; block = this.executing.shift()) {
      this.step({ kind: 'executed', block, digest: this.ledger.executionOf(block.id).digest });
    }
  }

  /** A timeout of the current height and round ends. */
  timeOut(timeout: TimerStep, round = this.state.round): void {
    const { height } = this.state;
    this.step({ kind: 'timer', timer: { timeout, height, round } });
  }

  get phase(): string {
    return this.protocol.view(this.state).phase;
  }

  /** Its proposals and votes so far, as words: “prevote 2”, “precommit nil”, of later heights and rounds “1/0 prevote 5”. */
  get said(): string[] {
    return this.sent.flatMap(({ message: { kind, round, value, height } }) =>
      kind > 2
        ? []
        : [
            `${height === 1 && round === 0 ? '' : `${height}/${round} `}${tendermint.messageKinds[kind]!.name} ${value === NIL ? 'nil' : value}`,
          ],
    );
  }

  get running(): string[] {
    return this.timers.map(
      ({ delayUs, timer: { timeout, round } }) => `${timeout} ${round}: ${delayUs / 1000}`,
    );
  }

  get refusals(): (string | undefined)[] {
    return this.notes.filter(({ kind }) => kind === 'refused').map(({ why }) => why);
  }
}
