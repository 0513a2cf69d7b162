/** Whether a request is for a file of the page: below the folder that it is served from, and only read. */
export function isOfPage(
  request: Pick<Request, 'method' | 'url' | 'cache' | 'mode'>,
  scope: string,
): boolean {
  // Developer tools ask for what is only in the cache with a mode that fetch refuses.
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return false;
  return request.method === 'GET' && request.url.startsWith(scope);
}

/** Whether the host itself sends what isolates a page. */
export function isIsolating(headers: Headers): boolean {
  return (
    /^same-origin *(;|$)/.test(headers.get('Cross-Origin-Opener-Policy') ?? '') &&
    /^(require-corp|credentialless) *(;|$)/.test(headers.get('Cross-Origin-Embedder-Policy') ?? '')
  );
}

/** The host's answer with the headers of the page. The host's own content policy, if it has one, holds too. */
export function withHeaders(response: Response, pageHeaders: Readonly<Record<string, string>>): Response {
  // Redirects and failures reach a worker sealed: their status is 0 and nothing can be added.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(pageHeaders)) {
    if (name === 'Content-Security-Policy') headers.append(name, value);
    else headers.set(name, value);
  }
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
