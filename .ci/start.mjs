// `npm start`: from a bare checkout to a page in the browser. Installs and builds what is missing or out of
// date, then serves dist/ with the headers that give the page real threads.
import { build } from './build.mjs';
import { ensurePackages, root } from './setup.mjs';

const usage = 'Usage: npm start -- [--port NUMBER]';

/** @returns {number} */
function wantedPort() {
  const args = process.argv.slice(2);
  if (args.length === 0) return 4173;
  const port = args[0] === '--port' && args.length === 2 ? Number(args[1]) : Number.NaN;
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(usage);
  return port;
}

/** @param {number} port */
async function serve(port) {
  const { preview } = await import('vite');
  const server = await preview({ root, logLevel: 'error', preview: { port, strictPort: false } });
  const address = server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
  const served = Number(new URL(address).port);
  if (served !== port) console.log(`Port ${port} is taken, so this is port ${served}.`);
  console.log(`\n  Switchyard is at ${address}\n\n  Stop it with Ctrl+C.`);
}

try {
  const port = wantedPort();
  await ensurePackages();
  await build('page');
  await serve(port);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
