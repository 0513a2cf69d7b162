import { plainApplication } from '../consensus/application.ts';
import type { Block, Note } from '../consensus/contract.ts';
import { nextDifficulty, type Proof, workOf } from '../consensus/nakamoto/difficulty.ts';
import { nakamoto } from '../consensus/nakamoto/index.ts';
import {
  blockMessage,
  type MinerState,
  type NakamotoMessage,
  type NakamotoOutputs,
  type NakamotoTimer,
} from '../consensus/nakamoto/state.ts';
import { Ledger } from '../consensus/simulator/ledger.ts';

/** One replica on a table: what it is given, and what it does. Blocks of the others are made as one likes. */
export class OneMiner {
  readonly ledger = new Ledger(plainApplication(0, 0), 1);
  readonly settings;
  state: MinerState;
  nowUs = 1000;
  sent: { readonly to: number; readonly message: NakamotoMessage }[] = [];
  timers: { readonly delayUs: number; readonly timer: NakamotoTimer }[] = [];
  disk: object[] = [];
  executing: Block[] = [];
  decided: Block[] = [];
  notes: Note[] = [];
  readonly out: NakamotoOutputs = {
    send: (to, message) => this.sent.push({ to, message }),
    broadcast: (message) => this.sent.push({ to: -1, message }),
    startTimer: (delayUs, timer) => this.timers.push({ delayUs, timer }),
    persist: (record) => this.disk.push(record),
    makeBlock: (parent, round, nowUs, extra) => this.ledger.make(parent, 0, round, nowUs, extra),
    block: (id) => this.ledger.block(id),
    execute: (block) => this.executing.push(block),
    decide: (block) => this.decided.push(block),
    note: (note) => this.notes.push(note),
  };

  constructor(own: Readonly<Record<string, number>> = {}) {
    const read = nakamoto.readSettings({ retargetBlocks: 0, confirmations: 2, ...own });
    if (!read.ok) throw new Error(read.error.message);
    this.settings = read.value;
    this.state = nakamoto.create(this.setup());
    this.step({ kind: 'start' });
  }

  setup() {
    const { settings } = this;
    const leader = (): undefined => undefined;
    return { identity: 0, node: 0, powers: [1, 1, 1], totalPower: 3, settings, seed: 1, leader };
  }

  step(
    input: Partial<Parameters<typeof nakamoto.step>[1]> & {
      kind: 'start' | 'message' | 'timer' | 'executed';
    },
  ) {
    const whole = { from: 1, message: undefined, timer: undefined, block: undefined, digest: 0, ...input };
    nakamoto.step(this.state, { ...whole, nowUs: this.nowUs }, this.out);
  }

  /** A block that is right, but for what is said. */
  made(parent: Block, proposer = 1, timeUs = parent.timeUs + 1, proof: Partial<Proof> = {}): Block {
    const difficulty = nextDifficulty(this.settings, parent, (id) => this.ledger.block(id));
    const extra = Object.freeze({ difficulty, work: workOf(parent) + difficulty, ...proof });
    return this.ledger.make(parent, proposer, 0, timeUs, extra);
  }

  chain(parent: Block, length: number, proposer = 1): Block[] {
    const blocks: Block[] = [];
    for (let tip = parent; blocks.length < length; blocks.push(tip)) tip = this.made(tip, proposer);
    return blocks;
  }

  hear(block: Block, from = 1): void {
    const message = { ...blockMessage({ ...this.state, identity: block.proposer }, block) };
    this.step({ kind: 'message', from, message });
  }

  executeAll(): void {
    for (let block = this.executing.shift(); block !== undefined; block = this.executing.shift()) {
      this.step({ kind: 'executed', block, digest: this.ledger.executionOf(block.id).digest });
    }
  }

  take(...blocks: readonly Block[]): void {
    for (const block of blocks) this.hear(block);
    this.executeAll();
  }

  get genesis(): Block {
    return this.ledger.block(0);
  }
  get head(): number {
    return this.state.head.id;
  }
  get refusals(): (string | undefined)[] {
    return this.notes.filter(({ kind }) => kind === 'refused').map(({ why }) => why);
  }
  sentOf<K extends NakamotoMessage['kind']>(kind: K) {
    return this.sent.filter(({ message }) => message.kind === kind) as {
      readonly to: number;
      readonly message: Extract<NakamotoMessage, { kind: K }>;
    }[];
  }
  /** The timer that finds a block. */
  mine(): Block {
    const { timer } = this.timers.filter(({ timer: each }) => 'mine' in each).at(-1)!;
    this.step({ kind: 'timer', timer });
    return this.ledger.blocks.at(-1)!;
  }
}
