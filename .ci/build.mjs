// Builds the page (dist/) and the Node bundles (.build/), each only when its sources changed since the last
// time. `node .ci/build.mjs [page] [node]`; without arguments the page.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensurePackages, root, runTool } from './setup.mjs';

const toolchain = ['.config', 'package-lock.json', 'vite.config.ts'];

const targets = {
  page: {
    name: 'the page',
    sources: [...toolchain, 'index.html', 'public', 'web', 'engine'],
    stamp: 'dist/.vite/sources',
    arguments: ['build', '--logLevel', 'warn'],
  },
  node: {
    name: 'the Node bundles',
    sources: [...toolchain, 'engine'],
    stamp: '.build/sources',
    arguments: ['build', '--logLevel', 'warn', '--config', '.config/vite.node.config.ts'],
  },
};

/**
 * @param {keyof typeof targets} key
 * @param {{ quiet?: boolean }} [options] quiet: nothing goes to stdout
 * @returns {Promise<boolean>} whether anything had to be built
 */
export async function build(key, { quiet = false } = {}) {
  const target = targets[key];
  const stampPath = join(root, target.stamp);
  const hash = hashOf(target.sources);
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === hash) return false;
  const started = performance.now();
  const code = await runTool('vite/bin/vite.js', target.arguments, {
    env: { NODE_ENV: 'production' },
    quiet,
  });
  if (code !== 0) throw new Error(`Could not build ${target.name}.`);
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, hash);
  if (!quiet) console.log(`Built ${target.name} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  return true;
}

/**
 * Hash of the names and contents of all files below some paths, tests left out.
 * @param {string[]} paths
 */
function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((top) => filesBelow(join(root, top))).sort()) {
    hash.update(`${relative(root, path).split(sep).join('/')}\0`);
    hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(path) || /\.test\.tsx?$/.test(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

if (argv[1] !== undefined && import.meta.url === pathToFileURL(argv[1]).href) {
  const keys = argv.slice(2);
  try {
    await ensurePackages();
    for (const key of keys.length === 0 ? ['page'] : keys) {
      if (key !== 'page' && key !== 'node') throw new Error(`Nothing is called '${key}': page or node.`);
      if (!(await build(key))) console.log(`${targets[key].stamp.split('/')[0]}/ is up to date.`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
