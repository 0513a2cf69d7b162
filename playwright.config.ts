import { defineConfig, devices } from '@playwright/test';
import { chromiumArguments, findChromium } from './.config/chromium.mjs';

const port = Number(process.env.E2E_PORT ?? 4319);
const baseURL = `http://localhost:${port}/`;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/playwright',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  // The page has threads of its own, so two pages at once disturb each other's timings; E2E_WORKERS=2 takes a third less.
  workers: Number(process.env.E2E_WORKERS ?? 1),
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    trace: 'off',
    launchOptions: {
      executablePath: findChromium(),
      args: [...chromiumArguments],
    },
  },
  projects: [
    { name: 'e2e', testIgnore: 'shots.spec.ts' },
    { name: 'shots', testMatch: 'shots.spec.ts' },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
