import { kernelErrors, kernelTables } from '../execution/kernel/kernelTables.ts';
import { type ErrorType, linkModules, type ModuleDefinition, type ModuleSet } from '../moduleSdk/index.ts';
import { modules } from '../registry.ts';
import { benchLanes } from './benchLanes.ts';

/** The registry's modules, linked: the same numbers in every thread that loads this code. */
export const moduleSet = link(modules);

/**
 * Which modules a pool's threads run: the chain's, or these and, behind them, the {@link benchLanes}. What the chain's
 * are numbered is the same in both.
 */
export type ModuleSetName = 'chain' | 'bench';

let withBenchLanes: ModuleSet | undefined;

/** The modules of that name; those for measurements are linked when they are first asked for. */
export function moduleSetOf(name: ModuleSetName): ModuleSet {
  if (name === 'chain') return moduleSet;
  withBenchLanes ??= link([...modules, ...benchLanes]);
  return withBenchLanes;
}

function link(definitions: readonly ModuleDefinition[]): ModuleSet {
  return linkModules(definitions, {
    tables: kernelTables,
    errors: Object.values(kernelErrors) as unknown as readonly ErrorType[],
  });
}

/** Hash of all code that decides what a transaction does; threads compare it before they work together. */
export const MODULES_HASH: string = __MODULES_HASH__;
