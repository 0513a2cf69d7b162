import { kernelErrors, kernelTables } from '../execution/kernel/kernelTables.ts';
import { type ErrorType, linkModules } from '../moduleSdk/index.ts';
import { modules } from '../registry.ts';

/** The registry's modules, linked: the same numbers in every thread that loads this code. */
export const moduleSet = linkModules(modules, {
  tables: kernelTables,
  errors: Object.values(kernelErrors) as unknown as readonly ErrorType[],
});

/** Hash of all code that decides what a transaction does; threads compare it before they work together. */
export const MODULES_HASH: string = __MODULES_HASH__;
