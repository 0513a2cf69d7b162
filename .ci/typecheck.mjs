// Type-checks every project of the house, two at a time. Arguments narrow it: `npm run typecheck -- engine web`
// checks the projects whose path starts with one of them.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
const projects = [
  'engine/tsconfig.json',
  'engine/runtime/tsconfig.json',
  'engine/cli/tsconfig.json',
  'engine/tests/tsconfig.json',
  'web/tsconfig.json',
  'web/serviceWorker/tsconfig.json',
  '.config/tsconfig.webTests.json',
  'e2e/tsconfig.json',
  '.config/tsconfig.json',
];

const wanted = process.argv.slice(2);
const queue = projects.filter(
  (project) => wanted.length === 0 || wanted.some((start) => project.startsWith(start)),
);
const failed = [];

/** @param {string} project */
function check(project) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [tsc, '-p', project, '--pretty', String(process.stdout.isTTY === true)],
      {
        cwd: root,
      },
    );
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${project}\n${output}`);
      if (code !== 0) failed.push(project);
      resolve(undefined);
    });
  });
}

async function lane() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await check(next);
}

await Promise.all([lane(), lane()]);
process.exitCode = failed.length === 0 ? 0 : 1;
