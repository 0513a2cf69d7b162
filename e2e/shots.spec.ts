import { test } from '@playwright/test';

// Not a test of anything: pictures of the page for a person to look at, in shots/ (`npm run shots`).
for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('first screen', async ({ page }) => {
      await page.goto('./');
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: `shots/first-screen-${colorScheme}.png` });
    });
  });
}
