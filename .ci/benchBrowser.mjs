// What `npm run -s switchyard -- bench … --browser` starts: measures a job (JSON in the first argument, see
// engine/cli/measuring.ts) in headless Chromium through the built page's own engine worker, and sends its
// parent one message a row.
import process, { argv } from 'node:process';
import { build } from './build.mjs';
import { ensureChromium } from './e2e.mjs';
import { root } from './setup.mjs';

/** @param {object} message */
const tell = (message) => process.send?.(message);

/**
 * Runs in the page. Calls one method of a fresh engine worker in the message form of Comlink; rows are reported
 * through the second argument of the method, a function that Comlink hands over as a port.
 * @param {{ url: string, method: string, args: unknown[], rows: boolean }} call
 * @returns {Promise<unknown>}
 */
function callEngine({ url, method, args, rows }) {
  return new Promise((resolve, reject) => {
    const worker = Reflect.construct(Reflect.get(globalThis, 'Worker'), [url, { type: 'module' }]);
    worker.onerror = (/** @type {{message: string}} */ event) => reject(new Error(event.message));
    worker.onmessage = (/** @type {{data: {type: string, value: unknown}}} */ { data }) => {
      worker.terminate();
      data.type === 'RAW' ? resolve(data.value) : reject(new Error(JSON.stringify(data.value)));
    };
    /** @type {any} The page's, whatever is known here of Node's. */
    const channel = Reflect.construct(Reflect.get(globalThis, 'MessageChannel'), []);
    const { port1, port2 } = channel;
    port1.onmessage = (/** @type {{data: any}} */ { data }) => {
      if (data.type !== 'APPLY') return;
      const values = data.argumentList.map((/** @type {{value: unknown}} */ { value }) => value);
      Reflect.get(globalThis, 'reportRow')(...values);
      port1.postMessage({ id: data.id, type: 'RAW', value: undefined });
    };
    const given = args.map((value) => ({ type: 'RAW', value }));
    const report = { type: 'HANDLER', name: 'proxy', value: port2 };
    const argumentList = rows ? [...given, report] : given;
    worker.postMessage({ id: 'call', type: 'APPLY', path: [method], argumentList }, rows ? [port2] : []);
  });
}

/** @param {import('../engine/cli/measuring.ts').Job} job */
async function measure(job) {
  tell({ kind: 'preparing', line: 'looking for Chromium' });
  await ensureChromium();
  tell({ kind: 'preparing', line: 'building the page' });
  await build('page', { quiet: true });
  tell({ kind: 'preparing', line: 'measuring the first row' });
  // Only now is it certain that they are installed.
  const { chromium } = await import('@playwright/test');
  const { preview } = await import('vite');
  const { chromiumArguments, findChromium } = await import('../.config/chromium.mjs');
  const server = await preview({ root, preview: { port: 0, host: 'localhost' }, logLevel: 'silent' });
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
  try {
    const address = server.resolvedUrls?.local[0] ?? '';
    const page = await browser.newPage({ serviceWorkers: 'block' });
    const engine = new Promise((resolve) => page.once('worker', (worker) => resolve(worker.url())));
    await page.goto(address);
    const url = await engine;
    // The page itself must not play meanwhile: any file of the same origin will do to start a worker from.
    await page.goto(new URL('robots.txt', address).href);
    await page.exposeFunction('reportRow', (/** @type {object} */ row, /** @type {object} */ progress) =>
      tell({ kind: 'row', row, progress }),
    );
    /** @type {(method: string, args?: unknown[], rows?: boolean) => Promise<any>} */
    const call = (method, args = [], rows = false) => page.evaluate(callEngine, { url, method, args, rows });
    if (job.kind === 'benchmark') {
      const answer = await call('runBenchmark', [job.request], true);
      if (!answer.ok) throw new Error(answer.error.message);
    } else {
      for (const [at, request] of job.requests.entries()) {
        const row = { workUs: request.workUs, ...(await call('measure', [request])) };
        tell({ kind: 'row', row, progress: { done: at + 1, total: job.requests.length } });
      }
    }
    const { machine, clockResolutionUs } = await call('describeBenchmark');
    return { platform: `Chromium ${browser.version()}`, cores: machine.cores, clockResolutionUs };
  } finally {
    await browser.close();
    await server.close();
  }
}

// Nobody is there any more to whom a row could be told.
process.on('disconnect', () => process.exit(1));
try {
  const on = await measure(JSON.parse(argv[2] ?? ''));
  tell({ kind: 'done', on });
} catch (error) {
  tell({ kind: 'failed', message: String(error instanceof Error ? error.message : error).split('\n')[0] });
}
process.disconnect?.();
