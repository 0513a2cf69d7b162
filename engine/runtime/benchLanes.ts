import {
  account,
  type Capability,
  type Context,
  defineModule,
  type ModuleDefinition,
  provide,
  table,
  transaction,
  u8,
  u32,
} from '../moduleSdk/index.ts';

/** Modules for measurements, at most. */
export const MOST_BENCH_LANES = 8;
const FIRST_LANE = 241;

/** What one of them does for another, in the same transaction. */
interface Counters {
  /** Raises a counter by one. */
  raise(counter: number): void;
}

const numbers = Array.from({ length: MOST_BENCH_LANES }, (_, i) => i);
const capabilities = numbers.map((i): Capability<Counters> => ({ name: `bench${i}/counters` }));
const tables = numbers.map((i) =>
  table(`bench${i}/counters`, { key: { counter: account() }, account: 'counter', value: u32() }),
);

function raise(context: Context, i: number, counter: number): void {
  const held = context.get(tables[i]!, counter) ?? 0;
  context.set(tables[i]!, (held + 1) >>> 0, counter);
}

/**
 * Eight equal modules, a lane each, that no chain has: what can be measured of lanes should not depend on what the chain's
 * modules happen to cost. Each has counters of its own, and raises those of another through its capability.
 */
export const benchLanes: readonly ModuleDefinition[] = numbers.map((i) =>
  defineModule({
    id: `bench${i}`,
    lane: FIRST_LANE + i,
    title: `Bench ${i}`,
    summary: 'For measurements: counters.',
    tables: [tables[i]!],
    transactions: {
      raise: transaction(
        { counter: account() },
        'Raise a counter.',
        (context, { counter }) => {
          const held = context.get(tables[i]!, counter) ?? 0;
          context.work();
          context.set(tables[i]!, (held + 1) >>> 0, counter);
        },
        { lanes: () => [] },
      ),
      raiseBoth: transaction(
        { counter: account(), other: u8() },
        'Raise a counter, and the same one of another module.',
        (context, { counter, other }) => {
          const held = context.get(tables[i]!, counter) ?? 0;
          context.work();
          context.set(tables[i]!, (held + 1) >>> 0, counter);
          context.use(capabilities[other % MOST_BENCH_LANES]!).raise(counter);
        },
        { lanes: ({ other }) => [FIRST_LANE + (other % MOST_BENCH_LANES)] },
      ),
    },
    events: [],
    errors: [],
    provides: [
      provide(capabilities[i]!, (context): Counters => ({ raise: (counter) => raise(context, i, counter) })),
    ],
    requires: capabilities.filter((_, other) => other !== i),
    invariants: [],
    views: [],
    workloads: [],
  }),
);
