import { expect, it } from 'vitest';
import { pageHeaders } from '../../.config/headers.ts';
import { isIsolating, isOfPage, withHeaders } from './pageResponse.ts';

const scope = 'https://x.example/y/switchyard/';

function request(url: string, parts: Partial<Request> = {}) {
  return { method: 'GET', url, cache: 'default', mode: 'no-cors', ...parts } as const;
}

it.each([
  [request(scope), true],
  [request(`${scope}?seed=3`), true],
  [request(`${scope}assets/a.js`), true],
  [request('https://x.example/y/other/a.js'), false],
  [request('https://x.example/y/switchyard-2/'), false],
  [request('https://elsewhere.example/y/switchyard/'), false],
  [request(scope, { method: 'POST' }), false],
  [request(scope, { cache: 'only-if-cached' }), false],
  [request(scope, { cache: 'only-if-cached', mode: 'same-origin' }), true],
])('answers for the files of the page alone: %o %s', (asked, ours) => {
  expect(isOfPage(asked, scope)).toBe(ours);
});

it('gives an answer the headers of the page, and keeps the rest of it', async () => {
  const bare = new Response('code', {
    status: 206,
    headers: { 'Content-Type': 'text/javascript', ETag: '"1"' },
  });
  const dressed = withHeaders(bare, pageHeaders);
  for (const [name, value] of Object.entries(pageHeaders)) expect(dressed.headers.get(name)).toBe(value);
  expect(dressed.headers.get('ETag')).toBe('"1"');
  expect(dressed.headers.get('Content-Type')).toBe('text/javascript');
  expect(dressed.status).toBe(206);
  expect(await dressed.text()).toBe('code');
  expect(isIsolating(dressed.headers)).toBe(true);
});

it('replaces weaker headers of the host, and adds to its content policy', () => {
  const weak = { 'Cross-Origin-Embedder-Policy': 'unsafe-none', 'Content-Security-Policy': "img-src 'none'" };
  const { headers } = withHeaders(new Response('', { headers: weak }), pageHeaders);
  expect(headers.get('Cross-Origin-Embedder-Policy')).toBe('require-corp');
  expect(headers.get('Content-Security-Policy')).toBe(
    `img-src 'none', ${pageHeaders['Content-Security-Policy']}`,
  );
});

it.each([204, 304, 404])('passes answers on that have no body or no file (%i)', (status) => {
  const response = withHeaders(new Response(null, { status }), pageHeaders);
  expect(response.status).toBe(status);
  expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
});

it('leaves a failure as it is', () => {
  const failure = Response.error();
  expect(withHeaders(failure, pageHeaders)).toBe(failure);
});

it.each([
  ['same-origin', 'require-corp', true],
  ['same-origin; report-to="x"', 'credentialless', true],
  ['same-origin-allow-popups', 'require-corp', false],
  ['same-origin', 'unsafe-none', false],
  ['same-origin', '', false],
])('knows what isolates a page: %s, %s', (opener, embedder, isolates) => {
  const headers = new Headers({
    'Cross-Origin-Opener-Policy': opener,
    'Cross-Origin-Embedder-Policy': embedder,
  });
  expect(isIsolating(headers)).toBe(isolates);
});
