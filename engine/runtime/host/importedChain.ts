import type { Action, ImportCheck, ImportReference, ImportReport } from '../../api/index.ts';
import { ok, type Result } from '../../base/result.ts';
import type { GivenBlock } from '../../chain/givenBlock.ts';
import { createStateReader } from '../../chain/stateReader.ts';
import type { RawReceipt } from '../../execution/outcome.ts';
import { importEdits } from '../../importers/importEdits.ts';
import type { ImportedBlock } from '../../importers/importedBlock.ts';
import { readImport } from '../../importers/readImport.ts';
import { compareImport } from './compareImport.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { CommittedState } from '../../storage/contract.ts';

/**
 * A real block that became a chain. It knows the file's content and the chain's words; neither the importers nor
 * the chain know of each other.
 */
export class ImportedChain {
  readonly report: ImportReport;
  /** What the chain is made of: its genesis and its block 1. */
  readonly given: GivenBlock;
  private readonly imported: ImportedBlock;

  private constructor(imported: ImportedBlock, report: ImportReport) {
    this.imported = imported;
    this.report = report;
    this.given = {
      nonces: imported.nonces,
      genesis: imported.genesis,
      transactions: (actions) => {
        const edits = importEdits(imported, actions);
        return edits.ok ? ok(imported.transactions(edits.value)) : edits;
      },
    };
  }

  /** Reads a file; fails as {@link readImport} does. */
  static read(file: unknown, name: unknown): Result<ImportedChain> {
    const read = readImport(file, name);
    return read.ok ? ok(new ImportedChain(read.value.imported, read.value.report)) : read;
  }

  /** What a scenario names the file by. */
  get reference(): ImportReference {
    return this.report.reference;
  }

  /** Holds what a block with these actions did (its receipts and the state after it) against the file. */
  check(
    modules: ModuleSet,
    actions: readonly Action[],
    receipts: readonly RawReceipt[],
    state: CommittedState,
  ): Result<ImportCheck> {
    const edits = importEdits(this.imported, actions);
    if (!edits.ok) return edits;
    const expected = this.imported.expected(edits.value);
    return ok(compareImport(modules, expected, receipts, createStateReader(state)));
  }
}
