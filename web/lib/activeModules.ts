import type { EngineDescription, GenesisSettings, ModuleDescription } from '../../engine/api/index.ts';

/** The modules of a chain whose settings do not name any. */
const DEFAULT_MODULES: readonly string[] = ['bank', 'amm'];

/** Ids of the modules that take part in a chain of these settings. */
export function activeIds(genesis: Pick<GenesisSettings, 'modules'> | undefined): readonly string[] {
  return genesis?.modules ?? DEFAULT_MODULES;
}

/** What the engine knows of these modules alone: others cannot be used in this chain. */
export function withActiveModules(
  description: EngineDescription,
  genesis: Pick<GenesisSettings, 'modules'> | undefined,
): EngineDescription {
  const ids = activeIds(genesis);
  const modules: readonly ModuleDescription[] = description.modules.filter(({ id }) => ids.includes(id));
  return { ...description, modules };
}
