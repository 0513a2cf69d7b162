import {
  defineModule,
  event,
  messageKind,
  receiver,
  send,
  sender,
  struct,
  table,
  transaction,
  u8,
  u32,
} from '../../moduleSdk/index.ts';

export const HOSTILE_LANE = 210;

const cells = table('hostile/cells', { key: { cell: u32() }, value: struct({ value: u32(), more: u32() }) });
const shouted = event('hostile/shouted', { number: u32() });

/** What the hostile module sends, and takes in the worst way that `how` names. */
export const noise = messageKind('noise', { how: u8(), number: u32() });

export const HOW = { well: 0, throws: 1, loops: 2, allocates: 3, shouts: 4, floods: 5 } as const;

/** A module that does everything a module should not. */
export const hostile = defineModule({
  id: 'hostile',
  lane: HOSTILE_LANE,
  title: 'Hostile',
  summary: 'For tests: throws, loops, allocates, floods.',
  tables: [cells],
  transactions: {
    misbehave: transaction(
      { how: u8(), count: u32() },
      'Do one of the things that a module should not.',
      (context, { count, how }) => misbehave(context, how, count),
    ),
    tell: transaction(
      { lane: u8(), how: u8(), timeoutBlocks: u32() },
      'Send a message that makes its receiver misbehave.',
      (context, { how, lane, timeoutBlocks }) =>
        send(context, noise, lane, { how, number: 1 }, timeoutBlocks),
    ),
  },
  events: [shouted],
  errors: [],
  provides: [],
  requires: [],
  receives: [receiver(noise, (context, { how }) => misbehave(context, how, 1_000_000))],
  sends: [
    sender(noise, (context, { number }, outcome) => {
      const told = context.get(cells, number)?.more ?? 0;
      context.set(
        cells,
        { value: outcome === 'delivered' ? 1 : outcome === 'failed' ? 2 : 3, more: told + 1 },
        number,
      );
    }),
  ],
  invariants: [],
  views: [],
  workloads: [],
});

function misbehave(context: Parameters<Parameters<typeof receiver>[1]>[0], how: number, count: number): void {
  switch (how) {
    case HOW.throws:
      throw new Error('as it pleases');
    case HOW.loops:
      for (;;) context.get(cells, 0);
    case HOW.allocates:
      for (let cell = 0; cell < count; cell++) context.set(cells, { value: cell, more: 0 }, cell);
      break;
    case HOW.shouts:
      for (let number = 0; number < count; number++) context.emit(shouted, { number });
      break;
    case HOW.floods:
      for (let number = 0; number < count; number++)
        send(context, noise, HOSTILE_LANE, { how: 0, number }, 5);
      break;
    default:
      context.set(cells, { value: 1, more: 0 }, 0xffff_ffff);
  }
}
