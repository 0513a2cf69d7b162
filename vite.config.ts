import { join, relative, sep } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vitest/config';
import { developmentHeaders, headersFile, pageHeaders } from './.config/headers.ts';
import { isModuleCode, modulesHash } from './.config/modulesHash.ts';

const root = import.meta.dirname;

/** Writes the response headers beside the page, where static hosts look for them. */
function staticHostHeaders(): Plugin {
  return {
    name: 'switchyard:static-host-headers',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}

/**
 * Builds the service worker to `sw.js` beside the page: it answers for the folder it lies in, and keeps its name
 * from build to build.
 */
function serviceWorker(): Plugin {
  return {
    name: 'switchyard:service-worker',
    apply: 'build',
    buildStart() {
      const id = join(root, 'web/serviceWorker/serviceWorker.ts');
      this.emitFile({ type: 'chunk', id, fileName: 'sw.js' });
    },
    generateBundle(_, bundle) {
      const chunk = bundle['sw.js'];
      // Registered as a classic script, which every browser runs.
      if (chunk?.type !== 'chunk' || chunk.imports.length + chunk.exports.length > 0)
        this.error('The service worker must be one script without imports and exports.');
    },
  };
}

/** Engine code cannot be swapped under running workers: a change starts anew, with a new modules hash. */
function restartOnEngineChange(): Plugin {
  return {
    name: 'switchyard:restart-on-engine-change',
    apply: 'serve',
    configureServer(server) {
      const engine = join(root, 'engine');
      server.watcher.on('change', (path) => {
        const inEngine = relative(engine, path).split(sep).join('/');
        if (!inEngine.startsWith('..') && isModuleCode(inEngine)) void server.restart();
      });
    },
  };
}

export default defineConfig(({ mode }) => ({
  root,
  plugins: [react(), tailwindcss(), staticHostHeaders(), serviceWorker(), restartOnEngineChange()],
  base: './',
  define: {
    __MODULES_HASH__: JSON.stringify(modulesHash(root)),
    __PAGE_HEADERS__: JSON.stringify(pageHeaders),
  },
  worker: { format: 'es' as const },
  server: { headers: developmentHeaders },
  preview: { headers: pageHeaders },
  build: { target: 'es2022', outDir: 'dist', sourcemap: false, manifest: true, chunkSizeWarningLimit: 1_000 },
  test: {
    include: ['engine/**/*.test.ts', 'web/**/*.test.{ts,tsx}'],
    environment: 'node',
    globalSetup: '.config/vitestSetup.ts',
    setupFiles: '.config/propertySeeds.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    // `npm run test:full` walks the whole products that the plain run samples.
    env: mode === 'full' ? { FULL: '1' } : {},
  },
}));
