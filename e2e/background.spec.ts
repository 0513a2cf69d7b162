import type { Page } from '@playwright/test';
import { expect, test } from './stage.ts';

/** What the page sees when its tab goes to the background, or comes back. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => now });
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (now ? 'hidden' : 'visible'),
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('an hour in the background changes nothing, and playing goes on from there', async ({ page, stage }) => {
  await page.clock.install();
  await stage.open('./?story=off&cores=virtual:8');
  await stage.button('Play').click();
  await expect.poll(() => stage.momentUs()).toBeGreaterThan(0);
  await setHidden(page, true);
  const [digest, height] = [await stage.digest(), await stage.height()];
  const left = await stage.momentUs();
  await page.clock.fastForward('01:00:00');
  expect(await stage.digest()).toBe(digest);
  expect(await stage.height()).toBe(height);
  expect(await stage.momentUs()).toBe(left);
  await setHidden(page, false);
  await expect(stage.button('Pause')).toBeVisible();
  await expect.poll(() => stage.momentUs()).toBeGreaterThan(left);
  expect(await stage.height()).toBe(height);
  await stage.button('Pause').click();
  await stage.turn('Hot share', '40');
  await stage.verified();
});

test('a run that is asked for before the page sleeps is there when it wakes', async ({ page, stage }) => {
  await page.clock.install();
  await stage.open('./?story=off&cores=virtual:8');
  const entry = stage.entry('Hot share');
  await entry.fill('90');
  await entry.press('Enter');
  await setHidden(page, true);
  await page.clock.fastForward('01:00:00');
  await setHidden(page, false);
  await stage.idle();
  await stage.verified();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(entry).toHaveValue('90');
  expect(await stage.ghost()).not.toBeNull();
});
