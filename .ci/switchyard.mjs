// `npm run -s switchyard -- <verb> …`: the command line. Brings packages and bundles up to date without a word on
// stdout, which belongs to the verbs, and then runs it in this same process.
import { chdir, env } from 'node:process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensurePackages, root } from './setup.mjs';

try {
  await ensurePackages({ quiet: true });
  await build('node', { quiet: true });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
// npm runs scripts in the checkout; the paths that a person gives start where that person stands.
if (env.npm_lifecycle_event === 'switchyard' && env.INIT_CWD !== undefined) chdir(env.INIT_CWD);
await import(pathToFileURL(join(root, '.build/main.js')).href);
