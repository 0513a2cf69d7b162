/**
 * The page's one service worker. On a host that cannot send headers it adds those of the page (.config/headers.ts)
 * to everything the host answers, which isolates the page, so that it gets its threads. It keeps nothing: every
 * answer is the network's, so the files of two builds never meet.
 */
import { isIsolating, isOfPage, withHeaders } from './pageResponse.ts';

declare const self: ServiceWorkerGlobalScope;

// Nothing is kept from one version to the next, so a new one may take over at once, under open pages too.
self.addEventListener('install', () => void self.skipWaiting());

self.addEventListener('fetch', (event) => {
  if (isOfPage(event.request, self.registration.scope)) event.respondWith(answer(event.request));
});

async function answer(request: Request): Promise<Response> {
  const response = await fromNetwork(request);
  if (request.mode === 'navigate' && isIsolating(response.headers)) {
    // The host has learnt to send the headers. Pages that are open keep this worker until they close.
    void self.registration.unregister();
    return response;
  }
  return withHeaders(response, __PAGE_HEADERS__);
}

/**
 * The page itself is asked for anew even where a cache still holds it: it names its scripts by their hash, and a
 * host drops those of the build before.
 */
function fromNetwork(request: Request): Promise<Response> {
  const mayBeOld = request.mode === 'navigate' && request.cache === 'default';
  return fetch(mayBeOld ? new Request(request, { cache: 'no-cache' }) : request);
}
