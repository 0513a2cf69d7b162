import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, GenesisSettings } from '../api/settings.ts';
import { toHex } from '../base/bytes.ts';
import type { OracleOutcome } from '../execution/sequential/oracle.ts';
import { escrowOf } from '../modules/bank/escrow.ts';
import { balances, PEOPLE_LANE } from '../modules/bank/state.ts';
import { LANE as GAMES, purses } from '../modules/gameAssets/state.ts';
import { deliveries, outbox } from '../moduleSdk/index.ts';
import { eventsOf } from '../runtime/host/decode.ts';
import { SCHEDULES } from '../tests/conformance/choosers.ts';
import { expectEqualsOracle } from '../tests/conformance/harness.ts';
import { differenceFromReference } from '../tests/conformance/outcomes.ts';
import type { Block } from '../tests/conformance/world.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../tests/chainParts.ts';
import type { FlatState } from '../storage/flatMap/flatState.ts';
import { Chain } from './chain.ts';
import { createStateReader } from './stateReader.ts';

const parts = chainParts();
const PEOPLE = 5;
const GENESIS: GenesisSettings = {
  ...SMALL_GENESIS,
  accounts: PEOPLE,
  assets: 1,
  modules: ['bank', 'gameAssets'],
};
const QUIET = { ...SMALL_TRAFFIC, transactionsPerBlock: 0 };
const BANK = 1;

/** The reference interpreter and each parallel executor do what the oracle does. */
function expectEverybodyAgrees(block: Block, oracle: OracleOutcome, seed: number): void {
  expect(differenceFromReference(parts.modules, block, oracle)).toBeUndefined();
  // Now one, now the other: blocks are many.
  for (const strategy of [seed % 2 === 0 ? 'blockStm' : 'moduleLanes'] as const) {
    const schedule = SCHEDULES[seed % SCHEDULES.length]!;
    const setting = { workers: 3, schedule, seed, strategy, trackFees: seed % 3 === 0 };
    // Nobody touches a lane undeclared, those who carry messages neither.
    expect(expectEqualsOracle('messages', block, oracle, setting).misses).toBe(0);
  }
}

interface Happening {
  readonly name: string;
  readonly channel: string;
  readonly outcome?: number;
}

function chainOf(genesis: Partial<GenesisSettings> = {}) {
  const chain = new Chain(parts, { ...GENESIS, ...genesis }, QUIET);
  const happened: Happening[] = [];
  const errors: string[] = [];
  const produce = (actions: readonly Action[] = []): string[] => {
    const parent = chain.tree.current;
    const pending = chain.prepare(parent, actions);
    if (!pending.ok) throw new Error(pending.error.code);
    const { built, outcome } = pending.value;
    expectEverybodyAgrees(
      {
        state: chain.stateAfter(parent) as FlatState,
        environment: built.header,
        transactions: built.transactions,
      },
      outcome,
      parent.height,
    );
    chain.append(parent, pending.value, '');
    for (const receipt of outcome.receipts) {
      if (receipt.errorId !== 0) errors.push(parts.modules.errorById(receipt.errorId).name);
      for (const { name, fields } of eventsOf(parts.modules, receipt)) {
        if (!name.startsWith('kernel/message')) continue;
        const { from, to, sequence, outcome } = fields;
        happened.push({
          name,
          channel: `${from}>${to}#${sequence}`,
          ...(outcome === undefined ? {} : { outcome: Number(outcome) }),
        });
      }
    }
    return built.transactions.map(({ module, name }) => `${module}.${name}`);
  };
  const reader = () => createStateReader(chain.stateAfter(chain.tree.current));
  const held = (person: number) => reader().get(balances, PEOPLE_LANE, 0, person) ?? 0n;
  const purse = (person: number) => reader().get(purses, person, 0) ?? 0n;
  const escrow = () => reader().get(balances, PEOPLE_LANE, 0, escrowOf(GAMES)) ?? 0n;
  const onTheirWay = () => [...reader().entries(outbox)].length + [...reader().entries(deliveries)].length;
  return { chain, errors, escrow, happened, held, onTheirWay, produce, purse, reader };
}

const pay = (sender: number, amount: bigint, timeoutBlocks = 10, lane = GAMES): Action => ({
  kind: 'submit',
  transaction: {
    ...{ sender, module: 'bank', name: 'sendToModule' },
    args: { lane, asset: 0, amount: amount.toString(), timeoutBlocks },
  },
});
const cashOut = (sender: number, amount: bigint, timeoutBlocks = 10): Action => ({
  kind: 'submit',
  transaction: {
    ...{ sender, module: 'gameAssets', name: 'cashOut' },
    args: { asset: 0, amount: amount.toString(), timeoutBlocks },
  },
});

describe('a message', () => {
  it('is taken in the next block, its sender hears in the one after, and then it is forgotten', () => {
    const { happened, held, onTheirWay, produce, purse } = chainOf();
    const before = held(1);
    produce([pay(1, 70n)]);
    expect([held(1), purse(1)]).toEqual([before - 70n, 0n]);
    expect(produce()).toEqual(['gameAssets.deliver']);
    expect(purse(1)).toBe(70n);
    expect(produce()).toEqual(['bank.settle']);
    expect(produce()).toEqual(['gameAssets.forget']);
    expect(produce()).toEqual([]);
    expect(onTheirWay()).toBe(0);
    expect(happened.map(({ name }) => name)).toEqual([
      'kernel/messageSent',
      'kernel/messageDelivered',
      'kernel/messageSettled',
    ]);
    produce([cashOut(1, 70n)]);
    produce();
    expect([held(1), purse(1)]).toEqual([before, 0n]);
  });

  it('to a module that stands still waits, and comes when it is resumed', () => {
    const { produce, purse } = chainOf();
    produce([pay(1, 70n), { kind: 'haltModule', module: 'gameAssets' }]);
    expect(produce()).toEqual([]);
    expect(produce()).toEqual([]);
    expect(produce([{ kind: 'resumeModule', module: 'gameAssets' }])).toEqual(['gameAssets.deliver']);
    expect(purse(1)).toBe(70n);
  });

  it('that does not arrive in time comes back, and never arrives afterwards', () => {
    const { escrow, held, onTheirWay, produce, purse } = chainOf();
    const before = held(1);
    produce([pay(1, 70n, 2), { kind: 'haltModule', module: 'gameAssets' }]);
    produce();
    produce();
    expect(produce()).toEqual(['bank.settle']);
    expect([held(1), purse(1), escrow()]).toEqual([before, 0n, 0n]);
    expect(produce([{ kind: 'resumeModule', module: 'gameAssets' }, pay(1, 5n)])).toEqual([
      'bank.sendToModule',
    ]);
    for (let i = 0; i < 4; i++) produce();
    expect([held(1), purse(1), onTheirWay()]).toEqual([before - 5n, 5n, 0]);
  });

  it('that its receiver fails on comes back, and those behind it come all the same', () => {
    const { held, produce, purse, errors } = chainOf();
    const before = held(1);
    produce([pay(1, 70n), { kind: 'breakModule', module: 'gameAssets', fault: 'panic' }]);
    expect(produce()).toEqual(['gameAssets.deliver']);
    expect(errors).toEqual(['kernel/panic']);
    produce([{ kind: 'resumeModule', module: 'gameAssets' }, pay(1, 5n)]);
    for (let i = 0; i < 3; i++) produce();
    expect([held(1), purse(1)]).toEqual([before - 5n, 5n]);
  });

  it('is refused when nobody takes such, or when it may be on its way for no time or for ever', () => {
    const { errors, held, produce } = chainOf();
    const before = held(1);
    produce([pay(1, 70n, 10, 99), pay(1, 70n, 10, BANK), pay(1, 70n, 0), pay(1, 70n, 4_000_000_000)]);
    expect(errors).toEqual([
      'kernel/unknown_module',
      'kernel/unknown_module',
      'kernel/bad_timeout',
      'kernel/bad_timeout',
    ]);
    expect(held(1)).toBe(before);
  });

  it('to a module that takes no part in the chain comes back when its time is over', () => {
    const { chain, held, produce } = chainOf({ modules: ['bank'] });
    const before = held(1);
    produce([pay(1, 70n, 2)]);
    for (let i = 0; i < 3; i++) produce();
    expect(held(1)).toBe(before);
    expect(chain.tree.current.height).toBe(4);
  });

  it('is carried by nobody but the chain', () => {
    const { chain } = chainOf();
    const forged = (name: string): Action => ({
      kind: 'submit',
      transaction: { sender: 1, module: 'gameAssets', name, args: {} },
    });
    for (const name of ['deliver', 'settle', 'forget']) {
      expect(chain.prepare(chain.tree.current, [forged(name)])).toMatchObject({
        error: { code: 'transaction/system_only' },
      });
    }
  });
});

/** One block's doings of the property below. */
const doings = fc.record({
  sends: fc.array(
    fc.record({
      out: fc.boolean(),
      who: fc.nat(PEOPLE - 1),
      amount: fc.integer({ min: 1, max: 50 }),
      timeout: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 4 },
  ),
  trouble: fc.option(
    fc.record({
      module: fc.constantFrom('bank', 'gameAssets'),
      kind: fc.constantFrom('halt', 'wait', 'panic', 'storageFull', 'slow', 'resume', 'resume'),
      at: fc.nat(5),
    }),
    { nil: undefined, freq: 2 },
  ),
});

describe('under halts, failures and time-outs', () => {
  it('every message has exactly one end, and no money is lost or made', () => {
    const outcomes = [0, 0, 0];
    fc.assert(
      fc.property(fc.array(doings, { minLength: 1, maxLength: 10 }), fc.boolean(), (blocks, byLane) => {
        const world = chainOf({ bankPartition: byLane ? 'lane' : 'asset' });
        const { chain, escrow, happened, held, onTheirWay, produce, purse, reader } = world;
        const start = Array.from({ length: PEOPLE }, (_, person) => held(person));
        const broken = () => new Set(chain.tree.current.health.map(({ module }) => module));
        for (const { sends, trouble } of blocks) {
          const actions: Action[] = sends.map(({ out, who, amount, timeout }) =>
            (out ? cashOut : pay)(who, BigInt(amount), timeout),
          );
          if (trouble !== undefined) {
            const { module, kind, at } = trouble;
            if (kind === 'resume') {
              if (broken().has(module)) actions.push({ kind: 'resumeModule', module });
            } else if (kind === 'halt' || kind === 'wait') {
              actions.push({ kind: 'haltModule', module, at, policy: kind === 'halt' ? 'reject' : 'queue' });
            } else actions.push({ kind: 'breakModule', module, fault: kind, at });
          }
          produce(actions);
        }
        produce([...broken()].map((module) => ({ kind: 'resumeModule', module })));
        for (let i = 0; i < 12 && (onTheirWay() > 0 || chain.tree.current.held.length > 0); i++) produce();
        expect(onTheirWay()).toBe(0);
        const channelsOf = (name: string) =>
          happened.filter((one) => one.name === `kernel/${name}`).map(({ channel }) => channel);
        const ends = happened.filter(({ name }) => name === 'kernel/messageSettled');
        const sent = channelsOf('messageSent');
        const delivered = channelsOf('messageDelivered');
        const failed = channelsOf('messageFailed');
        expect(new Set(sent).size).toBe(sent.length);
        expect(ends.map(({ channel }) => channel).sort()).toEqual([...sent].sort());
        expect(new Set([...delivered, ...failed]).size).toBe(delivered.length + failed.length);
        for (const { channel, outcome } of ends) {
          const end = delivered.includes(channel) ? 0 : failed.includes(channel) ? 1 : 2;
          expect(outcome).toBe(end);
          outcomes[end]!++;
        }
        // What was taken was taken in the order in which it was sent.
        for (const [from, to] of [
          [BANK, GAMES],
          [GAMES, BANK],
        ]) {
          const taken = [...happened]
            .filter(({ name }) => name === 'kernel/messageDelivered' || name === 'kernel/messageFailed')
            .filter(({ channel }) => channel.startsWith(`${from}>${to}#`))
            .map(({ channel }) => Number(channel.split('#')[1]));
          expect(taken).toEqual([...taken].sort((a, b) => a - b));
        }
        const now = Array.from({ length: PEOPLE }, (_, person) => held(person) + purse(person));
        expect(now).toEqual(start);
        const inPurses = [...reader().entries(purses)].reduce((sum, [, amount]) => sum + amount, 0n);
        expect(escrow()).toBe(inPurses);
        for (const { invariants } of chain.world.modules) {
          for (const { check } of invariants) expect(check(reader())).toBeUndefined();
        }
        const last = chain.tree.current;
        expect(toHex(chain.remake(last).digest)).toBe(toHex(last.digest));
      }),
      { numRuns: process.env.FULL === undefined ? 40 : 3000 },
    );
    for (const count of outcomes) expect(count).toBeGreaterThan(3);
  }, 1_800_000);
});
