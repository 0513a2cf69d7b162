import { MAX_U256 } from '../../base/integerMath.ts';
import {
  account,
  type Context,
  defineModule,
  event,
  list,
  moduleError,
  struct,
  table,
  transaction,
  u8,
  u32,
  u256,
} from '../../moduleSdk/index.ts';

/** Cells that scripts read and write; a key names its account, for conflicts tracked by account. */
export const cells = table('script/cells', { key: { cell: account() }, account: 'cell', value: u256() });

const noted = event('script/noted', { value: u256() });
const declined = moduleError('script/declined', 'The script declined at {value}.', { value: u256() });

/**
 * What a script does with its one register. `a` and `b` are the operation's operands; "cell" is `a`,
 * and the dynamic forms name cell `a + register mod b`: a location that depends on what was read.
 */
export const OP = {
  /** register = cell, 0 when absent. */
  read: 0,
  /** register += cell. */
  readMore: 1,
  /** cell = register. */
  write: 2,
  remove: 3,
  readAt: 4,
  writeAt: 5,
  removeAt: 6,
  /** register += a. */
  add: 7,
  /** register = register × 2^a + b, modulo 2^256: values above 64 bits. */
  widen: 8,
  /** Skips `a` operations when the register is odd. */
  skipIfOdd: 9,
  /** Skips `b` operations when cell `a` is absent. */
  skipIfAbsent: 10,
  /** Reverts when the register modulo `a` is `b`. */
  revertIf: 11,
  /** Divides `a` by the register: panics when it is zero. */
  divide: 12,
  note: 13,
  work: 14,
  /** Reads `b` cells from `a` upward. */
  readRange: 15,
  /** Writes the register to `b` cells from `a` upward. */
  writeRange: 16,
  /** Goes on reading cells until gas runs out, when the register modulo `a` is `b`. */
  loopIf: 17,
  /** Writes and removes cell `a` in turns until gas runs out. */
  churn: 18,
} as const;

export interface Operation {
  readonly code: number;
  readonly a: number;
  readonly b: number;
}

export const MAX_OPERATIONS = 64;

/** The cells that a script names by number. */
export interface Cells {
  get(context: Context, cell: number): bigint | undefined;
  set(context: Context, value: bigint, cell: number): void;
  delete(context: Context, cell: number): void;
}

export function runScript(context: Context, operations: readonly Operation[], cells: Cells): void {
  let register = 0n;
  const at = (a: number, b: number): number => a + Number(register % BigInt(Math.max(1, b)));
  for (let i = 0; i < operations.length; i++) {
    const { code, a, b } = operations[i]!;
    if (code === OP.read) register = cells.get(context, a) ?? 0n;
    else if (code === OP.readMore) register = (register + (cells.get(context, a) ?? 0n)) & MAX_U256;
    else if (code === OP.write) cells.set(context, register, a);
    else if (code === OP.remove) cells.delete(context, a);
    else if (code === OP.readAt) register = cells.get(context, at(a, b)) ?? 0n;
    else if (code === OP.writeAt) cells.set(context, register, at(a, b));
    else if (code === OP.removeAt) cells.delete(context, at(a, b));
    else if (code === OP.add) register = (register + BigInt(a)) & MAX_U256;
    else if (code === OP.widen) register = ((register << BigInt(a & 255)) + BigInt(b)) & MAX_U256;
    else if (code === OP.skipIfOdd) i += (register & 1n) === 1n ? a : 0;
    else if (code === OP.skipIfAbsent) i += cells.get(context, a) === undefined ? b : 0;
    else if (code === OP.revertIf) {
      if (register % BigInt(Math.max(1, a)) === BigInt(b)) context.revert(declined, { value: register });
    } else if (code === OP.divide) register = BigInt(a) / register;
    else if (code === OP.note) context.emit(noted, { value: register });
    else if (code === OP.work) context.work();
    else if (code === OP.readRange) {
      for (let k = 0; k < b; k++) register = (register + (cells.get(context, a + k) ?? 0n)) & MAX_U256;
    } else if (code === OP.writeRange) {
      for (let k = 0; k < b; k++) cells.set(context, register, a + k);
    } else if (code === OP.loopIf && register % BigInt(Math.max(1, a)) === BigInt(b)) {
      for (let k = 0; ; k = (k + 1) % 4) cells.get(context, k);
    } else if (code === OP.churn) {
      for (;;) {
        cells.set(context, register, a);
        cells.delete(context, a);
      }
    }
  }
}

const ownCells: Cells = {
  get: (context, cell) => context.get(cells, cell),
  set: (context, value, cell) => context.set(cells, value, cell),
  delete: (context, cell) => context.delete(cells, cell),
};

export const scriptArguments = {
  operations: list(struct({ code: u8(), a: u32(), b: u32() }), MAX_OPERATIONS),
};

/** A module for tests whose transactions are little programs: any pattern of accesses, in any order. */
export const scriptModule = defineModule({
  id: 'script',
  lane: 202,
  title: 'Script',
  summary: 'For tests: runs the operations it is given.',
  tables: [cells],
  transactions: {
    run: transaction(scriptArguments, 'Run the operations one after another.', (context, { operations }) =>
      runScript(context, operations, ownCells),
    ),
  },
  events: [noted],
  errors: [declined],
  provides: [],
  requires: [],
  invariants: [],
  views: [],
  workloads: [],
});

/** Short forms, for blocks written by hand. */
export const op = (code: number, a = 0, b = 0): Operation => ({ code, a, b });
