import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vite';
import { modulesHash } from './modulesHash.ts';

/**
 * Bundles what runs in Node, each entry under its own base name: the worker threads as
 * `.build/executor.node.js` and `.build/seeds.node.js`, the command line as `.build/main.js`.
 */
const root = join(import.meta.dirname, '..');
const entries = [
  'engine/runtime/executor.node.ts',
  'engine/runtime/consensus/seeds.node.ts',
  'engine/cli/main.ts',
];
const input = Object.fromEntries(
  entries
    .map((path) => join(root, path))
    .filter((path) => existsSync(path))
    .map((path) => [basename(path, '.ts'), path]),
);

export default defineConfig({
  root,
  publicDir: false,
  define: { __MODULES_HASH__: JSON.stringify(modulesHash(root)) },
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir: '.build',
    // Another run may be starting threads from here, so nothing is taken away under it.
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input,
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
