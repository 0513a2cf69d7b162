/** One memory for each folder: several pages may share a host. */
const memoryKey = (): string => `switchyard:reloaded:${new URL('.', document.baseURI).pathname}`;

/** Whether this visit was loaded again to isolate the page; undefined when the browser keeps no memory for it. */
export function readReloaded(): boolean | undefined {
  try {
    return sessionStorage.getItem(memoryKey()) !== null;
  } catch {
    return undefined;
  }
}

/** Remembers that this visit was loaded again; false when that does not last. */
export function rememberReloaded(): boolean {
  try {
    sessionStorage.setItem(memoryKey(), '1');
  } catch {
    return false;
  }
  return readReloaded() === true;
}

export const isFramed = (): boolean => window.top !== window;

/** The browser's service workers, if it has any for this page. A sandboxed page may not even ask for them. */
export function serviceWorkers(): ServiceWorkerContainer | undefined {
  try {
    return 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  } catch {
    return undefined;
  }
}

export type NoThreadsReason = 'insecure' | 'missing' | 'framed' | 'bypassed' | 'headers';

/** Why the page has no threads, for the one who looks at it. */
export function whyNoThreads(): NoThreadsReason {
  if (!isSecureContext) return 'insecure';
  if (crossOriginIsolated) return 'missing';
  if (isFramed()) return 'framed';
  return readReloaded() === true && serviceWorkers()?.controller === null ? 'bypassed' : 'headers';
}
