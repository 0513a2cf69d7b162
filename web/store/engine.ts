import type { EngineApi, EngineDescription } from '../../engine/api/index.ts';

/**
 * The engine that now runs, for views that ask it for details (an inspection, a table's history).
 * Null until it has started, and while it is being restarted. Ask again after each await that failed.
 */
let engine: EngineApi | null = null;
let description: EngineDescription | null = null;

export function getEngine(): EngineApi | null {
  return engine;
}

/** What the engine said of itself (modules, limits, machine); null until then. */
export function getDescription(): EngineDescription | null {
  return description;
}

export function setEngine(next: EngineApi | null): void {
  engine = next;
}

export function setDescription(next: EngineDescription): void {
  description = next;
}
