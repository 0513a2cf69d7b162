import { ByteWriter } from '../base/bytes.ts';
import { createSha256 } from '../base/hash.ts';
import type { BlockOutcome, RawReceipt } from '../execution/outcome.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import { inCanonicalOrder, writeCanonicalKey } from './canonicalOrder.ts';

/** Changes whenever any digest would: a link made under other rules cannot be compared. */
export const SEMANTICS_VERSION = 1;

/** What stands in the place of a digest before genesis. */
export const DIGEST_BEFORE_GENESIS: Uint8Array = new Uint8Array(32);

const PRESENT = 1;
const DELETED = 0;

/**
 * Chain digest after a block: SHA-256 over the digest before it and the block's canonical bytes.
 * Equal for every executor and every storage backend. Takes O(n log n) of the keys written.
 */
export function chainDigest(
  modules: ModuleSet,
  before: Uint8Array,
  outcome: Pick<BlockOutcome, 'changes' | 'receipts'>,
): Uint8Array {
  const out = new ByteWriter(64 + outcome.changes.length * 64 + outcome.receipts.length * 128);
  writeChanges(out, modules, outcome);
  writeReceipts(out, modules, outcome.receipts);
  writeEvents(out, modules, outcome.receipts);
  return createSha256().update(before).update(out.view()).digest();
}

/**
 * How many keys were written, then each in canonical order with what it holds after the block: a one
 * and the value's canonical bytes, or a zero when it is gone. A key's last write counts alone.
 */
function writeChanges(out: ByteWriter, modules: ModuleSet, { changes }: Pick<BlockOutcome, 'changes'>): void {
  out.u32(changes.length);
  for (const { table, entries } of inCanonicalOrder(changes, modules.tableById)) {
    for (const { key, after } of entries) {
      writeCanonicalKey(out, table, key);
      if (after === null) {
        out.u8(DELETED);
      } else {
        out.u8(PRESENT);
        table.writeValueCanonical(out, after, 0);
      }
    }
  }
}

/** How many there are, then of each: status, gas, and the error's hash and data when there is one. */
function writeReceipts(out: ByteWriter, modules: ModuleSet, receipts: readonly RawReceipt[]): void {
  out.u32(receipts.length);
  for (const receipt of receipts) {
    out.u8(receipt.status);
    out.u32(receipt.gasUsed);
    out.u32(receipt.errorId);
    if (receipt.errorId !== 0) {
      modules.errorById(receipt.errorId).shape.writeCanonical(out, receipt.errorData, 0);
    }
  }
}

/** Of each transaction: how many events, then each as its hash and its fields. */
function writeEvents(out: ByteWriter, modules: ModuleSet, receipts: readonly RawReceipt[]): void {
  for (const { eventCount, events } of receipts) {
    out.u32(eventCount);
    for (let at = 0; at < events.length; ) {
      const { id, shape } = modules.eventById(events[at]!);
      out.u32(id);
      shape.writeCanonical(out, events, at + 1);
      at += 1 + shape.words;
    }
  }
}
