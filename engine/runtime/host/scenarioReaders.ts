import { GAS } from '../../execution/kernel/gas.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { ScenarioReaders } from '../../scenarios/readScenario.ts';
import { BLOCK_GAS_LIMIT } from './limits.ts';
import { readActions } from './readActions.ts';
import { readSettings } from './readSettings.ts';

/** How the parts of a scenario are read that its format knows nothing of. */
export function scenarioReaders(modules: ModuleSet): ScenarioReaders {
  return {
    settings: readSettings,
    actions: (input) => readActions(modules, input),
    transactionGas: GAS.base,
    blockGas: BLOCK_GAS_LIMIT,
  };
}
