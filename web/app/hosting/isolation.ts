/**
 * Threads need a cross-origin isolated page. Where the host does not isolate it, the page's service worker does,
 * from the next load on; so the first visit loads twice, before anything has started.
 */
import { isFramed, readReloaded, rememberReloaded, serviceWorkers } from '../../lib/isolation.ts';

/** What the page knows of its own visit. */
export interface Visit {
  readonly isolated: boolean;
  /** In another page, or in embed mode: there virtual cores do, and nothing is registered. */
  readonly embedded: boolean;
  /** Undefined where the browser has none for this page. */
  readonly workers: Pick<ServiceWorkerContainer, 'register'> | undefined;
  /** Whether this visit was loaded again before; undefined when the browser keeps no memory for the page. */
  readonly reloaded: boolean | undefined;
  /** Remembers that it was; false when that does not last. */
  rememberReload(): boolean;
  reload(): void;
}

/** A host that served the page serves a file of 1 kB soon, or not at all. */
const PATIENCE_MS = 8000;

/**
 * Registers the service worker if that can isolate the page, and loads the page again, at most once a visit.
 * True when that is under way: then nothing must start any more.
 */
export async function reloadToIsolate(visit: Visit = thisVisit()): Promise<boolean> {
  const { workers, reloaded } = visit;
  if (visit.isolated || visit.embedded || workers === undefined || reloaded === undefined) return false;
  const ready = register(workers);
  // Loaded again and still not isolated: past the worker (a hard reload), or in vain. Virtual cores take over.
  if (reloaded) return false;
  if (!(await soon(ready)) || !visit.rememberReload()) return false;
  visit.reload();
  return true;
}

/** Whether the worker has been installed and will answer for the next load. */
async function register(workers: Pick<ServiceWorkerContainer, 'register'>): Promise<boolean> {
  try {
    const address = new URL('sw.js', document.baseURI);
    // Some browsers and extensions refuse by answering nothing.
    const registration: ServiceWorkerRegistration | undefined = await workers.register(address, {
      updateViaCache: 'none',
    });
    return registration !== undefined && (await activated(registration));
  } catch {
    return false;
  }
}

function activated({ active, waiting, installing }: ServiceWorkerRegistration): Promise<boolean> {
  const worker = active ?? waiting ?? installing;
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker?.state === 'activated') resolve(true);
      if (worker === null || worker.state === 'redundant') resolve(false);
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}

async function soon(ready: Promise<boolean>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([ready, late]);
  } finally {
    clearTimeout(timer);
  }
}

function thisVisit(): Visit {
  return {
    isolated: crossOriginIsolated,
    embedded: isFramed() || new URLSearchParams(location.search).has('embed'),
    workers: serviceWorkers(),
    reloaded: readReloaded(),
    rememberReload: rememberReloaded,
    reload: () => location.reload(),
  };
}
