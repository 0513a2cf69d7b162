import {
  createArgumentReader,
  type ModuleSet,
  type StructValue,
  type Fields,
} from '../../moduleSdk/index.ts';
import { RECEIPT_STATUS, type ReceiptStatus } from '../../types/receipt.ts';
import { type BlockMemory, CONTROL, HEADER, HEADER_WORDS } from './blockMemory.ts';
import { FAULT, FaultsInForce } from './faults.ts';
import { GAS } from './gas.ts';
import { accounts, fees, kernelErrors } from './kernelTables.ts';
import { LANE_PANIC, OUT_OF_GAS, OVER_CAPACITY, REVERT, isStoreSignal } from './signals.ts';
import type { TransactionContext } from './transactionContext.ts';

const TWO_32 = 0x100000000;
/** A double holds integers exactly below 2^53: the high word of a small balance is below 2^21. */
const SMALL_HIGH = 0x200000;

/** Executes transactions of an encoded block; one a worker. */
export interface TransactionExecutor {
  /**
   * Runs transaction `index` in the context and leaves the outcome there: access list, events,
   * error and gas. With `resume`, what an interrupted run has read is kept. Answers how it ended;
   * throws only the signals of the store (ESTIMATE, PAUSED, LANE_MISS, MEMORY_FULL).
   */
  execute(index: number, resume: boolean): ReceiptStatus;
}

/**
 * The one way in which a transaction is executed, whatever runs it: check nonce and fee balance,
 * run the module's function, then write nonce and fee. A revert, a panic or running out of gas
 * drops the module's writes and events; nonce and fee stay. A rejected transaction changes nothing.
 */
export function createTransactionExecutor(
  memory: BlockMemory,
  modules: ModuleSet,
  context: TransactionContext,
): TransactionExecutor {
  const { u32, i32, layout } = memory;
  const faults = new FaultsInForce(memory);
  context.faults = faults;
  const runs = modules.transactions.map((linked) => ({
    lane: linked.module.lane,
    genesisOnly: linked.type.genesisOnly,
    args: createArgumentReader(linked.type.args, u32),
    run: linked.type.run,
    failed: linked.type.failed,
  }));

  const runModule = (type: number, args: number): ReceiptStatus => {
    const entry = runs[type]!;
    try {
      const wrong = faults.any ? faults.kindOf(entry.lane) : 0;
      if (wrong === FAULT.halted) {
        // As context.revert, without what throwing costs: a module that stands still must not slow the others down.
        const { id, shape } = kernelErrors.moduleHalted;
        context.errorId = id;
        context.errorWords = shape.write(context.errorData, 0, { lane: entry.lane });
        return RECEIPT_STATUS.reverted;
      }
      if (wrong === FAULT.panic) throw LANE_PANIC;
      if (entry.genesisOnly && context.height !== 0) context.revert(kernelErrors.genesisOnly, {});
      entry.args.base = args;
      entry.run(context, entry.args as unknown as StructValue<Fields>);
      return RECEIPT_STATUS.success;
    } catch (thrown) {
      if (isStoreSignal(thrown)) throw thrown;
      if (thrown === REVERT) return RECEIPT_STATUS.reverted;
      if (thrown === OUT_OF_GAS) {
        context.errorId = kernelErrors.outOfGas.id;
        context.errorData[0] = context.gasLimit;
        context.errorWords = 1;
        return RECEIPT_STATUS.outOfGas;
      }
      context.errorWords = 0;
      if (thrown === OVER_CAPACITY) {
        context.errorId = kernelErrors.capacity.id;
        return RECEIPT_STATUS.reverted;
      }
      // Arithmetic that fails, a value that does not fit: the module's own mistake, by its read set.
      context.errorId = kernelErrors.panic.id;
      return RECEIPT_STATUS.panicked;
    }
  };

  const reject = (errorId: number, words: readonly number[]): ReceiptStatus => {
    context.dropWrites();
    context.gasUsed = 0;
    context.errorId = errorId;
    words.forEach((word, i) => {
      context.errorData[i] = word;
    });
    context.errorWords = words.length;
    return RECEIPT_STATUS.rejected;
  };

  return {
    execute: (index, resume) => {
      const header = layout.headers + index * HEADER_WORDS;
      const sender = u32[header + HEADER.sender]!;
      const gasLimit = u32[header + HEADER.gasLimit]!;
      const gasPrice = u32[header + HEADER.gasPrice]!;
      const type = u32[header + HEADER.type]!;
      context.height = i32[CONTROL.height]!;
      context.timestamp = i32[CONTROL.timestamp]!;
      faults.load(index);
      if (resume) context.rewind(sender, runs[type]!.lane, gasLimit, u32[header + HEADER.work]!);
      else context.begin(sender, runs[type]!.lane, gasLimit, u32[header + HEADER.work]!);

      const own = context.read(accounts as never, sender, 0, 0);
      const place = context.accessValue[own]!;
      const nonce = place === 0 ? 0 : u32[place]!;
      const given = u32[header + HEADER.nonce]!;
      if (nonce !== given && !context.scouting) return reject(kernelErrors.nonceMismatch.id, [nonce, given]);
      // The kernel's record is kept in words: bigints for the rare balance beyond 2^53 only.
      const b0 = place === 0 ? 0 : u32[place + 1]!;
      const b1 = place === 0 ? 0 : u32[place + 2]!;
      const b2 = place === 0 ? 0 : u32[place + 3]!;
      const b3 = place === 0 ? 0 : u32[place + 4]!;
      // Doubles are exact below 2^53; beyond, balance and fee are counted in bigints.
      const needed = gasLimit * gasPrice;
      const small = b1 < SMALL_HIGH && b2 === 0 && b3 === 0 && needed <= Number.MAX_SAFE_INTEGER;
      const covered = small
        ? b1 * TWO_32 + b0 >= needed
        : wideOf(b0, b1, b2, b3) >= BigInt(gasLimit) * BigInt(gasPrice);
      if (!covered) {
        const words = new Uint32Array(4);
        writeWide(words, 0, BigInt(gasLimit) * BigInt(gasPrice));
        return reject(kernelErrors.insufficientFeeBalance.id, [b0, b1, b2, b3, ...words]);
      }
      const tracked = i32[CONTROL.trackFees] === 1;
      const recipient = u32[CONTROL.feeRecipient]!;
      const pot = tracked ? context.read(fees as never, recipient, 0, 0) : -1;

      let status: ReceiptStatus;
      if (gasLimit < GAS.base) {
        context.gasUsed = gasLimit;
        context.errorId = kernelErrors.outOfGas.id;
        context.errorData[0] = gasLimit;
        context.errorWords = 1;
        status = RECEIPT_STATUS.outOfGas;
      } else {
        context.gasUsed = GAS.base;
        status = runModule(type, u32[header + HEADER.args]!);
      }
      if (status !== RECEIPT_STATUS.success) {
        context.dropWrites();
        const { args, failed } = runs[type]!;
        if (failed !== undefined) {
          context.liftLimit();
          args.base = u32[header + HEADER.args]!;
          failed(context, args as unknown as StructValue<Fields>);
        }
      }

      const { gasUsed } = context;
      const next = context.writeEntry(own, 5);
      u32[next] = nonce + 1;
      if (small) {
        const rest = b1 * TWO_32 + b0 - gasUsed * gasPrice;
        u32[next + 1] = rest;
        u32[next + 2] = rest / TWO_32;
        u32[next + 3] = 0;
        u32[next + 4] = 0;
      } else {
        writeWide(u32, next + 1, wideOf(b0, b1, b2, b3) - BigInt(gasUsed) * BigInt(gasPrice));
      }
      context.markWrite(accounts as never, sender, 0, 0);
      // A fee of nothing writes nothing: the block's own credit would not either.
      const earnedPrice = gasPrice - u32[header + HEADER.burntPrice]!;
      if (tracked && gasUsed > 0 && earnedPrice > 0) {
        const before = context.accessValue[pot]!;
        const earned = before === 0 ? 0n : fees.readValue(u32, before);
        const fee = BigInt(gasUsed) * BigInt(earnedPrice);
        fees.writeValue(u32, context.writeEntry(pot, fees.valueWords), earned + fee);
        context.markWrite(fees as never, recipient, 0, 0);
      }
      return status;
    },
  };
}

function wideOf(b0: number, b1: number, b2: number, b3: number): bigint {
  return (BigInt(b3) << 96n) | (BigInt(b2) << 64n) | (BigInt(b1) << 32n) | BigInt(b0);
}

function writeWide(u32: Uint32Array, at: number, value: bigint): void {
  let rest = value;
  for (let i = 0; i < 4; i++) {
    u32[at + i] = Number(rest & 0xffffffffn);
    rest >>= 32n;
  }
}
