import { plainApplication } from '../consensus/application.ts';
import type { Block, Note } from '../consensus/contract.ts';
import {
  type ChainState,
  chainsOf,
  committeeOf,
  epochOf,
  progressIn,
  proposerIn,
} from '../consensus/proofOfStake/chain.ts';
import { stateOf } from '../consensus/proofOfStake/chainStates.ts';
import { proofOfStake } from '../consensus/proofOfStake/index.ts';
import {
  type AttestationData,
  aggregateOf,
  attestationOf,
  blockMessage,
  blocksOf,
  bodyOf,
  checkpointOf,
  type ProofOfStakeMessage,
  type SignedData,
  type Slashing,
} from '../consensus/proofOfStake/messages.ts';
import type { ProofOfStakeOutputs, ProofOfStakeTimer } from '../consensus/proofOfStake/state.ts';
import { Ledger } from '../consensus/simulator/ledger.ts';
import { equals } from './stakeNetwork.ts';

const SLOT_US = 12_000;

interface Given {
  readonly identity?: number;
  readonly powers?: readonly number[];
  readonly own?: Readonly<Record<string, number>>;
  readonly seed?: number;
}

/** One validator on a table, by default the last of eight with four slots an epoch: what it is given, and what it does. */
export class OneValidator {
  readonly ledger = new Ledger(plainApplication(0, 0), 1);
  readonly identity: number;
  readonly powers: readonly number[];
  readonly settings;
  readonly seed: number;
  state;
  nowUs = 0;
  sent: { readonly to: number; readonly message: ProofOfStakeMessage }[] = [];
  timers: { readonly atUs: number; readonly timer: ProofOfStakeTimer }[] = [];
  disk: object[] = [];
  /** What it did, in order, in a word each. */
  order: string[] = [];
  executing: Block[] = [];
  decided: Block[] = [];
  notes: Note[] = [];
  readonly out: ProofOfStakeOutputs = {
    send: (to, message) => {
      this.order.push('send');
      this.sent.push({ to, message });
    },
    broadcast: (message) => {
      this.order.push('broadcast');
      this.sent.push({ to: -1, message });
    },
    startTimer: (delayUs, timer) => this.timers.push({ atUs: this.nowUs + delayUs, timer }),
    persist: (record, instead = 0) => {
      this.order.push('persist');
      this.disk.splice(this.disk.length - instead, instead, record);
    },
    makeBlock: (parent, round, nowUs, extra) => this.ledger.make(parent, this.identity, round, nowUs, extra),
    block: (id) => this.ledger.block(id),
    execute: (block) => this.executing.push(block),
    decide: (block) => this.decided.push(block),
    note: (note) => this.notes.push(note),
  };

  constructor({ identity = 7, powers = equals(8), own = {}, seed = 1 }: Given = {}) {
    this.identity = identity;
    this.powers = powers;
    this.seed = seed;
    const read = proofOfStake.readSettings({ slotUs: SLOT_US, slotsPerEpoch: 4, aggregators: 0, ...own });
    if (!read.ok) throw new Error(read.error.message);
    this.settings = read.value;
    this.state = proofOfStake.create(this.setup());
    this.step({ kind: 'start' });
  }

  setup(identity = this.identity) {
    const { powers, settings, seed } = this;
    const totalPower = powers.reduce((sum, power) => sum + power, 0);
    const leader = (): undefined => undefined;
    return { identity, node: identity, powers, totalPower, settings, seed, leader };
  }

  step(
    input: Partial<Parameters<typeof proofOfStake.step>[1]> & {
      kind: 'start' | 'message' | 'timer' | 'executed';
    },
  ): void {
    const whole = { from: 1, message: undefined, timer: undefined, block: undefined, digest: 0, ...input };
    proofOfStake.step(this.state, { ...whole, nowUs: this.nowUs }, this.out);
  }

  // What holds, as anybody can work it out.

  get chains() {
    return chainsOf(this.setup());
  }
  get genesis(): Block {
    return this.ledger.block(0);
  }
  chainOf(block: Block): ChainState {
    return stateOf(this.chains, block, (id) => this.ledger.block(id));
  }
  committee(slot: number): readonly number[] {
    return [...committeeOf(this.chains, slot)];
  }

  /** A right block by whose turn it is, or another. */
  made(parent: Block, slot: number, carries: Carried = {}, proposer?: number): Block {
    const { attestations = [], slashings = [] } = carries;
    const due = proposer ?? proposerIn(this.chains, this.chainOf(parent), slot);
    return this.ledger.make(parent, due, slot, 0, bodyOf(attestations, slashings));
  }

  /** What somebody attests in a slot whose head is this block. */
  data(head: Block, slot: number, more: Partial<AttestationData> = {}): AttestationData {
    const { id, height, digest } = head;
    const epoch = epochOf(this.chains, slot);
    const { boundary, epoch: state } = progressIn(this.chains, this.chainOf(head), epoch);
    const target = checkpointOf(epoch, boundary);
    return Object.freeze({ slot, head: id, height, digest, source: state.justified, target, ...more });
  }

  /** Votes of a whole committee, or of those of it who are named. */
  signed(data: AttestationData, who: readonly number[] = this.committee(data.slot)): SignedData {
    const committee = this.committee(data.slot);
    const words = new Array<number>(Math.ceil(committee.length / 32)).fill(0);
    for (const identity of who) {
      const place = committee.indexOf(identity);
      if (place < 0) throw new Error(`${identity} does not vote in slot ${data.slot}`);
      words[place >>> 5]! |= 1 << (place & 31);
    }
    return Object.freeze({ data, signers: Object.freeze(words) });
  }

  // What it is given.

  hear(message: ProofOfStakeMessage, from = 1): void {
    this.step({ kind: 'message', from, message });
  }
  vote(author: number, data: AttestationData): void {
    this.hear(attestationOf(author, data));
  }
  aggregate(...attestations: SignedData[]): void {
    this.hear(aggregateOf(1, attestations));
  }
  show(block: Block, from = 1): void {
    this.hear(blockMessage(block), from);
  }
  answer(...blocks: Block[]): void {
    this.hear(blocksOf(1, blocks));
  }
  executeAll(): void {
    for (let block = this.executing.shift(); block !== undefined; block = this.executing.shift()) {
      this.step({ kind: 'executed', block, digest: this.ledger.executionOf(block.id).digest });
    }
  }
  /** Shows blocks and executes them. */
  take(...blocks: readonly Block[]): void {
    for (const block of blocks) this.show(block);
    this.executeAll();
  }

  /** Timers up to a time, each at its own. */
  passTo(us: number): void {
    for (;;) {
      this.timers.sort((a, b) => a.atUs - b.atUs);
      const next = this.timers[0];
      if (next === undefined || next.atUs > us) break;
      this.timers.shift();
      this.nowUs = next.atUs;
      this.step({ kind: 'timer', timer: next.timer });
    }
    this.nowUs = us;
  }
  /** To the beginning of a slot, or some thousandths into it. */
  passToSlot(slot: number, permille = 0): void {
    this.passTo(slot * SLOT_US + Math.floor((SLOT_US * permille) / 1000));
  }

  /**
   * A block in each slot from the one after its parent's to the last, on which all vote whom `votes` names, with the votes of the slot before in the next
   * block. Shown, with time going on, unless `isHidden`.
   */
  grow(parent: Block, last: number, votes: (slot: number) => readonly number[], isHidden = false): Block[] {
    const blocks: Block[] = [];
    let tip = parent;
    for (let slot = parent.round + 1; slot <= last; slot++) {
      const before = slot - 1;
      const who = votes(before).filter((identity) => this.committee(before).includes(identity));
      const attestations = who.length === 0 ? [] : [this.signed(this.data(tip, before), who)];
      tip = this.made(tip, slot, { attestations });
      blocks.push(tip);
      if (isHidden) continue;
      this.passToSlot(slot);
      this.take(tip);
    }
    return blocks;
  }

  /** As it comes back from its disk, or from the first so many records of it. */
  restart(records = this.disk.length): void {
    this.sent = [];
    this.timers = [];
    this.executing = [];
    this.disk = this.disk.slice(0, records);
    this.state = proofOfStake.restore(this.setup(), this.disk, this.out);
    this.step({ kind: 'start' });
  }

  // What it did.

  get head(): number {
    return this.state.head.block.id;
  }
  get refusals(): (string | undefined)[] {
    return this.notes.filter(({ kind }) => kind === 'refused').map(({ why }) => why);
  }
  /** Checkpoints that became so, in order: epoch and block. */
  checkpoints(kind: 'justified' | 'finalised'): string[] {
    return this.notes.filter((note) => note.kind === kind).map(({ why, value }) => `${why}: ${value}`);
  }
  sentOf<K extends ProofOfStakeMessage['kind']>(kind: K) {
    return this.sent.filter(({ message }) => message.kind === kind) as {
      readonly to: number;
      readonly message: Extract<ProofOfStakeMessage, { kind: K }>;
    }[];
  }
  /** Kinds and identities of the proofs that it holds. */
  get offences(): string[] {
    return this.state.offences.map(({ identity, kind }) => `${identity} ${kind}`);
  }
}

interface Carried {
  readonly attestations?: readonly SignedData[];
  readonly slashings?: readonly Slashing[];
}

/** Everybody votes. */
export const EVERYBODY = (identities: number) => (): readonly number[] => [...equals(identities).keys()];
