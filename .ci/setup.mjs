// Makes a bare checkout ready: installed packages that match the lock file. Uses only Node itself, because
// it runs while node_modules may be missing.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a program with this terminal's output and resolves to its exit code.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, shell?: boolean, quiet?: boolean }} [options] quiet: what it says on stderr is
 *   shown when it fails, and nothing else
 * @returns {Promise<number>}
 */
export function run(program, args, { env = {}, shell = false, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
      shell,
    });
    let complaints = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      complaints += text;
    });
    child.on('error', (error) => {
      console.error(`${program}: ${error.message}`);
      resolve(127);
    });
    child.on('close', (code, signal) => {
      if (code !== 0) process.stderr.write(complaints);
      resolve(signal === null ? (code ?? 1) : 1);
    });
  });
}

/**
 * Runs a JavaScript file of an installed package with this same Node.
 * @param {string} script path below node_modules
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, quiet?: boolean }} [options]
 */
export function runTool(script, args, options) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options);
}

/**
 * Installs the locked packages when they are missing or other than the lock file says.
 * @param {{ quiet?: boolean }} [options] quiet: nothing goes to stdout
 */
export async function ensurePackages({ quiet = false } = {}) {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stampPath = join(root, 'node_modules', '.switchyard-lock');
  const stamp = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  if (!installedMatches(lock)) {
    (quiet ? console.error : console.log)('Installing packages (npm ci) …');
    const code = await npm(['ci', '--no-audit', '--no-fund'], quiet);
    if (code !== 0) throw new Error('Could not install the packages: npm ci failed.');
  }
  writeFileSync(stampPath, stamp);
}

/**
 * Whether npm's own record of what it installed satisfies the lock file, as after a plain `npm install`.
 * @param {string} lock
 */
function installedMatches(lock) {
  const recordPath = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(recordPath)) return false;
  const installed = JSON.parse(readFileSync(recordPath, 'utf8')).packages;
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, entry]) => path === '' || entry.optional === true || installed[path]?.version === entry.version,
  );
}

/**
 * @param {string[]} args
 * @param {boolean} quiet
 */
function npm(args, quiet) {
  const script = process.env.npm_execpath;
  if (script !== undefined && /npm-cli\.c?js$/.test(script))
    return run(process.execPath, [script, ...args], { quiet });
  return run('npm', args, { quiet, shell: process.platform === 'win32' });
}
