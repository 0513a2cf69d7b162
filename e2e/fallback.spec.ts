import type { Page } from '@playwright/test';
import { ENGINE, expect, test } from './stage.ts';

// What the page does where nothing can isolate it; hosting.spec.ts has the service worker that does.
test.use({ serviceWorkers: 'block' });

/** Serves the page as a host does that knows nothing of cross-origin isolation. */
async function withoutIsolation(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
}

test('without isolation virtual cores take over, and the page says so', async ({ page, stage }) => {
  await withoutIsolation(page);
  await stage.open('./?story=off&cores=real:2');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(
    page.getByText(/may not share memory between threads .* virtual cores run instead/),
  ).toBeVisible();
  await expect(stage.clock).toHaveText(/^virtual time, \d+ virtual cores$/);
  await expect(page.getByRole('radio', { name: 'real', exact: true })).toBeDisabled();
  await stage.turn('Hot share', '90');
  await stage.verified();
  await stage.button('Dismiss').click();
  await expect(page.getByText(/virtual cores run instead/)).toHaveCount(0);
});

test('without isolation the story is told all the same', async ({ page, stage }) => {
  await withoutIsolation(page);
  await stage.open('./');
  await expect(stage.caption).toHaveText(/shared out among \d+ virtual cores\.$/);
  await expect(stage.caption).toHaveText(/^Done in /, { timeout: 20_000 });
});

test('one core is enough', async ({ page, stage }) => {
  // The engine's worker asks its own navigator.
  await page.route('**/engine.worker*', async (route) => {
    const response = await route.fetch();
    const body = `Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => 1 });\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await stage.open();
  await expect(stage.clock).toHaveText(/^virtual time, 8 virtual cores$/);
  await page.getByRole('radio', { name: 'real', exact: true }).click({ force: true });
  await stage.idle();
  await stage.verified();
  await expect(stage.clock).toHaveText(/^measured on 1 thread, .* clock$/);
  await expect(stage.entry('How many')).toHaveValue('1');
});

test('threads whose code does not load give way to virtual cores, with a notice', async ({
  complaints,
  page,
  stage,
}) => {
  complaints.allow(/404|MIME type|Failed to load/);
  // A worker's own workers are out of a route's reach, so the engine is told a wrong name.
  await page.route('**/engine.worker*', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      'self.location.href',
      'new URL("gone.js",self.location.href)',
    );
    await route.fulfill({ response, body });
  });
  await stage.open('./?story=off&cores=real:2');
  await expect(stage.toasts.getByText('run/threads_failed')).toBeVisible();
  await expect(stage.clock).toHaveText(/^virtual time/);
  await expect(stage.inspector.getByText(/Real threads could not execute the block/)).toBeVisible();
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await stage.verified();
});

test('an engine that does not load is said, and can be started again', async ({
  complaints,
  page,
  stage,
}) => {
  complaints.allow(/net::ERR_FAILED/);
  await page.route('**/engine.worker*', (route) => route.abort());
  await page.goto('./?story=off');
  const banner = page.getByRole('alert').filter({ hasText: 'The engine is down' });
  await expect(banner).toContainText('engine/crashed');
  await expect(page.getByRole('heading', { name: 'Switchyard' })).toBeVisible();
  await expect(stage.button('Craft a transaction')).toBeDisabled();
  await page.unroute('**/engine.worker*');
  await banner.getByRole('button', { name: 'Restart the engine' }).click();
  await stage.verified();
  await expect(banner).toHaveCount(0);
});

test('an engine that dies is replaced, and the chain made again from its actions', async ({
  complaints,
  page,
  stage,
}) => {
  complaints.allow(/killed by the journey/);
  await stage.open('./?story=off&cores=virtual:8');
  await stage.turn('Hot share', '80');
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
  const digest = await stage.digest();
  const engine = page.workers().find((worker) => ENGINE.test(worker.url()));
  await engine?.evaluate(() => {
    setTimeout(() => {
      throw new Error('killed by the journey');
    }, 0);
  });
  const banner = page.getByRole('alert').filter({ hasText: 'The engine is down' });
  await expect(banner).toContainText('killed by the journey');
  await expect(stage.graph.locator('.tx-node').first()).toBeVisible();
  await banner.getByRole('button', { name: 'Restart the engine' }).click();
  await expect(banner).toHaveCount(0);
  await expect(stage.toasts.getByText('engine/restarted')).toBeVisible();
  await stage.verified();
  expect(await stage.height()).toBe(2);
  expect(await stage.digest()).toBe(digest);
});

test('a view whose code does not load stops alone, and can be tried again', async ({
  complaints,
  page,
  stage,
}) => {
  complaints.allow(/net::ERR_FAILED/, /Failed to fetch dynamically imported module/);
  await page.route('**/moduleLanes*', (route) => route.abort());
  await stage.open();
  await page.keyboard.press('3');
  await expect(page.getByText('This view stopped with an error; everything else goes on.')).toBeVisible();
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await page.unroute('**/moduleLanes*');
  await stage.button('Try again').click();
  await expect(page.getByRole('application', { name: /^Lane timeline/ })).toBeVisible();
});
