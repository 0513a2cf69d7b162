// `npm run bench:browser -- [--accounts 10000] [--work 0] [--workers 2] [--runs 15] [--chain]`: the measurements of
// `npm run bench`, in headless Chromium through the built page's own engine worker.
import { argv } from 'node:process';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { chromiumArguments, findChromium } from '../.config/chromium.mjs';

const TRANSACTIONS = 10_000;

/** @param {string} flag @param {number[]} fallback */
function numbers(flag, fallback) {
  const at = argv.indexOf(flag);
  return at < 0 ? fallback : argv[at + 1].split(',').map(Number);
}

const server = await preview({ preview: { port: 0, host: 'localhost' }, logLevel: 'silent' });
const address = server.resolvedUrls?.local[0] ?? '';
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumArguments });
try {
  const page = await browser.newPage();
  // The page itself must not play meanwhile: any file of the same origin will do to start a worker from.
  const engine = new Promise((resolve) => page.once('worker', (worker) => resolve(worker.url())));
  await page.goto(address);
  const url = await engine;
  await page.goto(new URL('robots.txt', address).href);
  const runs = numbers('--runs', [15])[0];
  for (const accounts of argv.includes('--chain') ? [0] : numbers('--accounts', [10_000])) {
    for (const workUs of numbers('--work', [0])) {
      for (const workers of numbers('--workers', [1, 2])) {
        const request = { accounts, transactions: TRANSACTIONS, workUs, workers, runs };
        const row = await page.evaluate(
          ([workerUrl, what]) =>
            new Promise((resolve, reject) => {
              const worker = Reflect.construct(Reflect.get(globalThis, 'Worker'), [
                workerUrl,
                { type: 'module' },
              ]);
              worker.onerror = (/** @type {{message: string}} */ event) => reject(new Error(event.message));
              worker.onmessage = (/** @type {{data: {type: string, value: unknown}}} */ { data }) => {
                worker.terminate();
                data.type === 'RAW' ? resolve(data.value) : reject(new Error(JSON.stringify(data.value)));
              };
              // One call in the message form of Comlink.
              worker.postMessage({
                id: 'bench',
                type: 'APPLY',
                path: ['measure'],
                argumentList: [{ type: 'RAW', value: what }],
              });
            }),
          [url, request],
        );
        console.log(JSON.stringify({ accounts, workUs, ...row }));
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
