/** An engine's worker with what went wrong before anybody listened. */
export interface EngineWorker {
  readonly worker: Worker;
  /** What its first error said; null while there was none. */
  failed(): string | null;
}

let early: EngineWorker | null = null;

function spawn(): EngineWorker {
  const worker = new Worker(new URL('../../engine/runtime/engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'engine',
  });
  let said: string | null = null;
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    said ??= event.message ?? '';
  });
  return { worker, failed: () => said };
}

/**
 * Starts the first engine's worker before the page's own code is there: its code loads meanwhile, and the first
 * block is on screen some hundred milliseconds sooner.
 */
export function startEngineEarly(): void {
  early ??= spawn();
}

/** The worker that was started early, once; after that a new one each time. */
export function takeEngineWorker(): EngineWorker {
  const taken = early ?? spawn();
  early = null;
  return taken;
}
