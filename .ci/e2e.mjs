// Runs Playwright on the built page: finds or installs a Chromium, builds the page when it is out of date, and
// serves it on a port nobody uses. Arguments go to Playwright.
import { createServer } from 'node:net';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensurePackages, run, runTool } from './setup.mjs';

/** Makes sure that there is a browser: an installed one, else Debian's, else Playwright's own. */
export async function ensureChromium() {
  const { findChromium } = await import('../.config/chromium.mjs');
  if (findChromium() !== undefined) return;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.log('Installing Chromium (apt-get) …');
    const options = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
    const packages = ['chromium', 'fonts-dejavu-core'];
    await run('apt-get', ['update', '-qq'], options);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options);
    if (findChromium() !== undefined) return;
  }
  console.log('Downloading Chromium (playwright install) …');
  await runTool('@playwright/test/cli.js', ['install', 'chromium']);
  if (findChromium() === undefined) {
    throw new Error(
      'Found no Chromium and could not install one: set CHROMIUM_PATH to a Chromium or Chrome.',
    );
  }
}

/** @returns {Promise<number>} a port that is free now */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

/**
 * @param {string[]} args
 * @returns {Promise<number>} Playwright's exit code
 */
export async function playwright(args) {
  await ensureChromium();
  await build('page');
  const port = process.env.E2E_PORT ?? String(await freePort());
  return runTool('@playwright/test/cli.js', ['test', ...args], { env: { E2E_PORT: port } });
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  try {
    await ensurePackages();
    process.exitCode = await playwright(argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
