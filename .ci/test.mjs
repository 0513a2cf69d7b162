// `npm test`: everything, from a bare checkout. Stops at the first stage that fails, names it, and ends with
// one line that counts the tests of both runners; a failed stage without a failed test counts as one.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { ensureChromium, playwright } from './e2e.mjs';
import { ensurePackages, root, runTool } from './setup.mjs';

const reports = join(root, 'test-results');
const unitReport = join(reports, 'vitest.json');
const pageReport = join(reports, 'playwright.json');

/** @type {[name: string, work: () => Promise<unknown>][]} Work throws, or gives an exit code. */
const stages = [
  ['packages', ensurePackages],
  ['Chromium', ensureChromium],
  ['typecheck', () => runScript('typecheck.mjs')],
  [
    'lint',
    () => runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '--config-path=.config']),
  ],
  ['unit tests', unitTests],
  ['build', () => build('page')],
  ['size', () => runScript('../.config/size.mjs')],
  ['end-to-end tests', () => playwright(['--project=e2e'])],
];

/** @param {string} script */
function runScript(script) {
  return runTool(join('../.ci', script), []);
}

function unitTests() {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];
  return runTool('vitest/vitest.mjs', ['run', ...reporters]);
}

/** @param {string} path */
function readReport(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function counts() {
  const unit = readReport(unitReport);
  const page = readReport(pageReport).stats ?? {};
  const sum = (/** @type {unknown[]} */ ...values) =>
    values.reduce((a, b) => Number(a ?? 0) + Number(b ?? 0), 0);
  return {
    passed: Number(sum(unit.numPassedTests, page.expected, page.flaky)),
    failed: Number(sum(unit.numFailedTests, page.unexpected)),
    skipped: Number(sum(unit.numPendingTests, unit.numTodoTests, page.skipped)),
  };
}

/** @returns {Promise<string | undefined>} the stage that failed */
async function firstFailure() {
  for (const [name, work] of stages) {
    console.log(`\n── ${name}`);
    const started = performance.now();
    try {
      const code = await work();
      if (typeof code === 'number' && code !== 0) return name;
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      return name;
    }
    console.log(`── ${name}: ok, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  return undefined;
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const failure = await firstFailure();
const { passed, failed, skipped } = counts();
console.log(failure === undefined ? '\nEvery stage passed.' : `\nFailed at: ${failure}`);
const shown = failure !== undefined && failed === 0 ? 1 : failed;
console.log(`${passed} passed, ${shown} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failure === undefined ? 0 : 1;
