import type { ImportReport } from '../api/scenario.ts';
import { toHex } from '../base/bytes.ts';
import { sha256 } from '../base/hash.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { accessListBlock } from './accessListBlock.ts';
import { chainFigures, countOf, mostFirst } from './figures.ts';
import { addressText, type ImportedBlock } from './importedBlock.ts';
import { MAX_FILE_BYTES, MAX_NAME_LETTERS } from './limits.ts';
import { movementBlock } from './movementBlock.ts';

export interface ReadImport {
  readonly imported: ImportedBlock;
  readonly report: ImportReport;
}

const MOST_KEYS = 16;
const MOST_CONTRACTS = 64;
/** The first byte of every RLP list, or one above. */
const RLP_LIST = 0xc0;
const OPEN_BRACE = 0x7b;

/**
 * Reads a real block from a file; its bytes tell what it is: RLP (a block access list) or JSON (a block of
 * `eth_getBlockByNumber`). Fails with `import/not_a_file`, `import/bad_name`, `import/too_large`, `import/not_a_block`, or
 * what {@link accessListBlock} and {@link movementBlock} say. Takes O(bytes).
 */
export function readImport(file: unknown, name: unknown): Result<ReadImport> {
  if (!(file instanceof Uint8Array))
    return fail('import/not_a_file', 'A block comes as the bytes of a file: choose one.');
  if (typeof name !== 'string' || name.length > MAX_NAME_LETTERS) {
    return fail('import/bad_name', `A file’s name is a text of at most ${MAX_NAME_LETTERS} letters.`);
  }
  if (file.length > MAX_FILE_BYTES) {
    const message = `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB, more than any block: choose the file of one block.`;
    return fail('import/too_large', message, { sizeBytes: file.length, max: MAX_FILE_BYTES });
  }
  const imported = readBlock(file, name);
  if (!imported.ok) return imported;
  return ok({ imported: imported.value, report: reportOf(imported.value, file, name) });
}

function readBlock(file: Uint8Array, name: string): Result<ImportedBlock> {
  const at = firstMark(file);
  if (file[at] === OPEN_BRACE) return movementBlock(file.subarray(at));
  if (file.length > 0 && file[0]! >= RLP_LIST) return accessListBlock(file, name);
  return fail(
    'import/not_a_block',
    'This is neither a block access list (RLP) nor a block as JSON: its first byte says so. Choose another file.',
  );
}

/** Where the first byte stands that is no white space and no byte-order mark. */
function firstMark(file: Uint8Array): number {
  let at = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf ? 3 : 0;
  while (file[at] === 0x20 || file[at] === 0x09 || file[at] === 0x0a || file[at] === 0x0d) at++;
  return at;
}

function reportOf(imported: ImportedBlock, file: Uint8Array, name: string): ImportReport {
  const { keys, writes, touches, addresses, feeRecipient } = imported;
  const writers = countOf(writes, keys.length);
  const touched = countOf(touches.slice(0, writes.length), addresses.length);
  const all = chainFigures(writes, keys.length);
  const without = chainFigures(writes, keys.length, feeRecipient);
  return {
    reference: { kind: imported.kind, sha256: toHex(sha256(file)), name },
    block: imported.block,
    indexConvention: imported.indexConvention,
    transactions: writes.length,
    keys: keys.length,
    criticalPath: all.criticalPath,
    criticalPathWithoutFeeRecipient: without.criticalPath,
    independentShare: without.independent / writes.length,
    feeRecipient: keys[feeRecipient]?.text ?? null,
    hottestKeys: mostFirst(writers, MOST_KEYS, feeRecipient).map((key) => ({
      key: keys[key]!.text,
      writers: writers[key]!,
    })),
    contracts: mostFirst(touched, MOST_CONTRACTS).map((number) => ({
      address: addressText(addresses[number]!),
      transactions: touched[number]!,
    })),
    notes: imported.notes,
  };
}
