/**
 * First 16 hex digits of the SHA-256 over the engine's module code (see modulesHash.ts). The page's
 * workers and the Node workers are built with the same value and compare it before they work.
 */
declare const __MODULES_HASH__: string;

/** The response headers of the page (see headers.ts), for the service worker that adds them where a host does not. */
declare const __PAGE_HEADERS__: Readonly<Record<string, string>>;
