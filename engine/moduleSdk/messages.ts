import { assert } from '../base/assert.ts';
import { nameHash } from '../base/hash.ts';
import { moduleAccount } from '../types/ids.ts';
import type { ArgumentValue } from '../types/transaction.ts';
import type { Context } from './context.ts';
import { event, moduleError } from './declarations.ts';
import { type TransactionType, transaction } from './defineModule.ts';
import {
  account,
  asset,
  bytes,
  type Fields,
  type Struct,
  type StructValue,
  struct,
  u8,
  u32,
  u128,
} from './schema.ts';
import { table } from './table.ts';

/** Bytes of one message, at most. */
export const MAX_PAYLOAD = 64;
/** Blocks that a message may be on its way, at most. */
export const MAX_TIMEOUT = 1_000_000;

/**
 * A kind of message, known to those who send it and to those who receive it: modules never import each other, they meet
 * here. What it says takes at most {@link MAX_PAYLOAD} bytes.
 */
export interface MessageKind<F extends Fields = Fields> {
  readonly name: string;
  readonly id: number;
  readonly args: Struct<F>;
}

export function messageKind<F extends Fields>(name: string, fields: F): MessageKind<F> {
  const args = struct(fields);
  assert(args.words * 4 <= MAX_PAYLOAD, 'a message is small', { name, words: args.words });
  return { name, id: nameHash(`message/${name}`), args };
}

/** Who sent a message. */
export interface MessageOrigin {
  /** Lane of the module that sent it. */
  readonly lane: number;
  /** Who signed the transaction that sent it. */
  readonly sender: number;
}

/** What a module does when a message arrives. When it reverts, fails or takes too much gas, the sender is told so. */
export interface Receiver {
  readonly kind: MessageKind;
  run(context: Context, args: StructValue<Fields>, origin: MessageOrigin): void;
}

/** What a module does when it hears what became of a message that it sent: once for each. */
export interface Sender {
  readonly kind: MessageKind;
  settled(context: Context, args: StructValue<Fields>, outcome: MessageOutcome, to: number): void;
}

export type MessageOutcome = 'delivered' | 'failed' | 'timedOut';
const OUTCOMES: readonly MessageOutcome[] = ['delivered', 'failed', 'timedOut'];
/** The outcome's number in state. */
export const OUTCOME: Readonly<Record<MessageOutcome, number>> = { delivered: 0, failed: 1, timedOut: 2 };

export function receiver<F extends Fields>(
  kind: MessageKind<F>,
  run: (context: Context, args: StructValue<F>, origin: MessageOrigin) => void,
): Receiver {
  return { kind: kind as unknown as MessageKind, run: run as unknown as Receiver['run'] };
}

export function sender<F extends Fields>(
  kind: MessageKind<F>,
  settled: (context: Context, args: StructValue<F>, outcome: MessageOutcome, to: number) => void,
): Sender {
  return { kind: kind as unknown as MessageKind, settled: settled as unknown as Sender['settled'] };
}

/** Money for somebody's account with another module. */
export const deposit = messageKind('deposit', { account: account(), asset: asset(), amount: u128() });
/** Money of somebody's account with a module, back to who they are to the bank. */
export const payOut = messageKind('payOut', { account: account(), asset: asset(), amount: u128() });

/** Sequence number of the next message of a channel: from one lane to another. */
export const channels = table('kernel/channels', {
  key: { from: u8(), to: u8() },
  lane: 'from',
  value: struct({ next: u32('count') }),
});

/** Messages that were sent and of which their sender has not heard yet. */
export const outbox = table('kernel/outbox', {
  key: { from: u8(), to: u8(), sequence: u32() },
  lane: 'from',
  value: struct({ kind: u32(), sender: account(), timeout: u32(), payload: bytes(MAX_PAYLOAD) }),
});

/** The sequence number that a channel's receiver takes next, or a later one: what is before it never comes again. */
export const received = table('kernel/received', {
  key: { from: u8(), to: u8() },
  lane: 'to',
  value: struct({ next: u32('count') }),
});

/** What became of messages at their receiver, until the sender has heard. */
export const deliveries = table('kernel/deliveries', {
  key: { from: u8(), to: u8(), sequence: u32() },
  lane: 'to',
  value: struct({ outcome: u8() }),
});

export const messageTables = [channels, outbox, received, deliveries] as const;

const CHANNEL = { from: u8(), to: u8(), sequence: u32(), message: u32() };
export const messageSent = event('kernel/messageSent', CHANNEL);
export const messageDelivered = event('kernel/messageDelivered', CHANNEL);
export const messageFailed = event('kernel/messageFailed', CHANNEL);
export const messageSettled = event('kernel/messageSettled', { ...CHANNEL, outcome: u8() });
export const messageEvents = [messageSent, messageDelivered, messageFailed, messageSettled];

export const messageErrors = {
  unknownModule: moduleError('kernel/unknown_module', 'No module of lane {lane} takes such a message.', {
    lane: u8(),
  }),
  badTimeout: moduleError('kernel/bad_timeout', 'A message may be on its way for 1 to {max} blocks.', {
    max: u32(),
  }),
  replayed: moduleError('kernel/replayed', 'Message {sequence} was taken before.', { sequence: u32() }),
  late: moduleError('kernel/late', 'Message {sequence} came too late.', { sequence: u32() }),
  alreadySettled: moduleError('kernel/already_settled', 'Of message {sequence} its sender has heard.', {
    sequence: u32(),
  }),
};

/**
 * Sends a message to the module of lane `to`: it is taken in a later block, in the order in which it was sent, or times out
 * after so many blocks; either way the sender's module hears of it exactly once. Ends the transaction with
 * `kernel/unknown_module` when nobody there takes such messages, and with `kernel/bad_timeout`.
 */
export function send<F extends Fields>(
  context: Context,
  kind: MessageKind<F>,
  to: number,
  args: StructValue<F>,
  timeoutBlocks: number,
): void {
  const from = context.lane;
  if (!context.takesMessage(to, kind.id)) context.revert(messageErrors.unknownModule, { lane: to & 0xff });
  if (timeoutBlocks < 1 || timeoutBlocks > MAX_TIMEOUT) {
    context.revert(messageErrors.badTimeout, { max: MAX_TIMEOUT });
  }
  const sequence = context.get(channels, from, to)?.next ?? 0;
  const payload = toPayload(kind.args, args);
  const timeout = context.height + timeoutBlocks;
  context.set(channels, { next: sequence + 1 }, from, to);
  context.set(outbox, { kind: kind.id, sender: context.sender, timeout, payload }, from, to, sequence);
  context.emit(messageSent, { from, to, sequence, message: kind.id });
}

/** What is said of a message by those who carry it: the chain, from the state after the block before. */
const DELIVERY = {
  from: u8(),
  sequence: u32(),
  message: u32(),
  sender: account(),
  timeout: u32(),
  payload: bytes(MAX_PAYLOAD),
};

/**
 * Transactions by which the chain carries messages to a module of this lane and tells it what became of its own. Nobody
 * else can send them.
 */
export function messageTransactions(
  lane: number,
  receives: readonly Receiver[],
  sends: readonly Sender[],
): Readonly<Record<string, TransactionType>> {
  const only = { systemOnly: true };
  const deliver = transaction(
    DELIVERY,
    'Carry a message to this module.',
    (context, { from, sequence, message, sender: origin, timeout, payload }) => {
      const next = context.get(received, from, lane)?.next ?? 0;
      if (sequence < next) context.revert(messageErrors.replayed, { sequence });
      if (context.height > timeout) context.revert(messageErrors.late, { sequence });
      const taker =
        receives.find(({ kind }) => kind.id === message) ??
        context.revert(messageErrors.unknownModule, { lane });
      context.set(received, { next: sequence + 1 }, from, lane);
      context.set(deliveries, { outcome: OUTCOME.delivered }, from, lane, sequence);
      context.emit(messageDelivered, { from, to: lane, sequence, message });
      taker.run(context, fromPayload(taker.kind.args, payload), { lane: from, sender: origin });
    },
    {
      ...only,
      // What its receiver refuses is taken all the same, so that those behind it come and its sender hears.
      failed: (context, { from, sequence, message, timeout }) => {
        const next = context.get(received, from, lane)?.next ?? 0;
        if (sequence < next || context.height > timeout) return;
        context.set(received, { next: sequence + 1 }, from, lane);
        context.set(deliveries, { outcome: OUTCOME.failed }, from, lane, sequence);
        context.emit(messageFailed, { from, to: lane, sequence, message });
      },
    },
  );
  const settle = transaction(
    { to: u8(), sequence: u32(), outcome: u8() },
    'Tell this module what became of a message that it sent.',
    (context, { outcome, sequence, to }) => {
      const sent =
        context.get(outbox, lane, to, sequence) ?? context.revert(messageErrors.alreadySettled, { sequence });
      context.delete(outbox, lane, to, sequence);
      context.emit(messageSettled, { from: lane, to, sequence, message: sent.kind, outcome });
      const teller = sends.find(({ kind }) => kind.id === sent.kind);
      teller?.settled(context, fromPayload(teller.kind.args, sent.payload), OUTCOMES[outcome]!, to);
    },
    only,
  );
  const forget = transaction(
    { from: u8(), sequence: u32() },
    'Forget what became of a message once its sender has heard.',
    (context, { from, sequence }) => context.delete(deliveries, from, lane, sequence),
    only,
  );
  return {
    ...(receives.length > 0 ? { deliver, forget } : {}),
    ...(sends.length > 0 ? { settle } : {}),
  } as unknown as Readonly<Record<string, TransactionType>>;
}

/** The account in whose name the chain carries messages to a lane: each lane its own, so that they do not wait for each other. */
export function carrierOf(lane: number): number {
  return moduleAccount(lane, 0x7fffff);
}

function toPayload<F extends Fields>(args: Struct<F>, value: StructValue<F>): Uint8Array {
  const words = new Uint32Array(args.words);
  args.write(words, 0, value);
  return Uint8Array.from({ length: words.length * 4 }, (_, i) => words[i >> 2]! >>> ((i & 3) * 8));
}

function fromPayload(args: Struct, payload: Uint8Array): StructValue<Fields> {
  const words = new Uint32Array(args.words);
  payload.forEach((byte, i) => {
    words[i >> 2]! |= byte << ((i & 3) * 8);
  });
  return args.read(words, 0) as StructValue<Fields> & { readonly [name: string]: ArgumentValue };
}
