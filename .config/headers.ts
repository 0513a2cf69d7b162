/**
 * The response headers of every file of the page, defined once: for the development server, for the
 * preview server, as a `_headers` file for static hosts, and in the service worker for hosts that send none.
 *
 * The two Cross-Origin policies make the page cross-origin isolated, without which browsers give it no
 * SharedArrayBuffer, hence no threads.
 */

type Policy = Record<string, string[]>;

const self = "'self'";
const wasm = "'wasm-unsafe-eval'";

const policy: Policy = {
  'default-src': ["'none'"],
  // Compiling WebAssembly, which hashes fast, and no more than that: text never becomes code.
  'script-src': [self, wasm],
  'worker-src': [self],
  'style-src': [self],
  'img-src': [self, 'data:', 'blob:'],
  'font-src': [self],
  'connect-src': [self],
  'manifest-src': [self],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  // Anybody may embed the page. Framing is dangerous where a visitor can be led to click something away: here
  // there is no account, no cookie, nothing that is sent, and nothing of value in storage.
  'frame-ancestors': ['*'],
};

/** What Vite's hot reload needs on top: its inline preamble, its style elements and its socket. */
const developmentPolicy: Policy = {
  ...policy,
  'script-src': [self, wasm, "'unsafe-inline'"],
  'style-src': [self, "'unsafe-inline'"],
  'connect-src': [self, 'ws:'],
};

function headersWith(contentPolicy: Policy): Record<string, string> {
  const directives = Object.entries(contentPolicy).map(([name, sources]) => [name, ...sources].join(' '));
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    // A foreign page that is isolated itself may frame only what says this. The files are the same for everybody,
    // so reading them across origins tells nothing about a visitor.
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Content-Security-Policy': directives.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
}

export const pageHeaders = headersWith(policy);
export const developmentHeaders = headersWith(developmentPolicy);

/** The same headers in the `_headers` format that static hosts read; built assets never change. */
export function headersFile(): string {
  const lines = Object.entries(pageHeaders).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '', '/assets/*', '  Cache-Control: public, max-age=31536000, immutable', ''].join(
    '\n',
  );
}
