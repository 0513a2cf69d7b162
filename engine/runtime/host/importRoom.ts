import type { ApiResult, ImportCheck, ImportReport } from '../../api/index.ts';
import { fail, ok } from '../../base/result.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { ChainRoom } from './chainRoom.ts';
import { readSettings } from './readSettings.ts';

/**
 * Real blocks that become chains; what reads them is loaded with the first one. A scenario that names a file does the same in
 * two steps: `ImportedChain.read(file, name)`, then `ChainRoom.begin(settings, imported)`; what it names the file by is
 * `opened.imported?.reference`.
 */
export class ImportRoom {
  private readonly modules: ModuleSet;
  private readonly chains: ChainRoom;

  constructor(modules: ModuleSet, chains: ChainRoom) {
    this.modules = modules;
    this.chains = chains;
  }

  /** Starts a chain whose block 1 is the real block in a file. Nothing changes when it cannot be read. */
  async importBlock(file: unknown, name: unknown, given: unknown): Promise<ApiResult<ImportReport>> {
    const settings = readSettings(given);
    if (!settings.ok) return settings;
    const { ImportedChain } = await import('./importedChain.ts');
    const imported = ImportedChain.read(file, name);
    if (!imported.ok) return imported;
    this.chains.open(this.chains.begin(settings.value, imported.value));
    return ok(imported.value.report);
  }

  /** Holds an imported block, as the oracle executed it, against its file. */
  checkImport(blockId: unknown): ApiResult<ImportCheck> {
    const found = this.chains.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    if (opened.imported === undefined || block.height !== 1) {
      return fail('import/not_imported', 'That block was not imported: there is no file to hold it against.');
    }
    const { outcome } = opened.prepared.get(block.id) ?? opened.chain.remake(block);
    const state = opened.chain.stateAfter(block);
    return opened.imported.check(this.modules, block.actions, outcome.receipts, state);
  }
}
