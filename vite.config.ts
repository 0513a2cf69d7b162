import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react(), tailwindcss()],
  base: './',
  define: { __MODULES_HASH__: JSON.stringify('0000000000000000') },
  worker: { format: 'es' },
  build: { target: 'es2022', outDir: 'dist', manifest: true },
  test: { include: ['engine/**/*.test.ts', 'web/**/*.test.{ts,tsx}'], pool: 'forks', maxWorkers: 2 },
});
