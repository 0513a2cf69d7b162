import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, type Stage, test } from './stage.ts';

const START = './?story=off&cores=virtual:8';
const SCENARIOS = 14;

async function openGallery(page: Page, stage: Stage): Promise<Locator> {
  await stage.button('Scenarios').click();
  const gallery = page.getByRole('dialog', { name: 'Scenarios' });
  await expect(gallery.locator('[data-scenario]')).toHaveCount(SCENARIOS, { timeout: 30_000 });
  return gallery;
}

/** Every card was executed and drawn. */
async function drawn(gallery: Locator): Promise<void> {
  await expect(gallery.locator('[data-state="done"] canvas[data-drawn]')).toHaveCount(SCENARIOS, {
    timeout: 90_000,
  });
}

/** How many of a drawing's pixels are painted, and in how many colours (coarsely). */
function painted(canvas: Locator): Promise<{ share: number; colours: number }> {
  return canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const data = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data;
    const colours = new Set<number>();
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3]! < 128) continue;
      count++;
      colours.add(((data[at]! >> 5) << 6) | ((data[at + 1]! >> 5) << 3) | (data[at + 2]! >> 5));
    }
    return { share: count / (width * height), colours: colours.size };
  });
}

const figure = (card: Locator, name: string): Locator =>
  card.getByTestId('figures').locator('div', { hasText: name }).locator('dd span').first();

test('every card is executed, drawn and verified, and its figures come from the run', async ({
  page,
  stage,
}) => {
  await stage.open(START);
  const digest = await stage.digest();
  const gallery = await openGallery(page, stage);
  await drawn(gallery);
  const ids: string[] = [];
  for (const card of await gallery.locator('[data-scenario]').all()) {
    const id = (await card.getAttribute('data-scenario')) ?? '';
    ids.push(id);
    await test.step(id, async () => {
      await expect(card.getByText('verified', { exact: true })).toBeVisible();
      await expect(card.getByRole('link')).toHaveAttribute('href', /^http:.*\/#s=d1\.[\w-]{100,2000}$/);
      const { share, colours } = await painted(card.locator('canvas'));
      expect(share).toBeGreaterThan(0.03);
      expect(colours).toBeGreaterThan(3);
      await expect(figure(card, 'Critical path')).toHaveText(/^\d+( → \d+)*$/);
      await expect(figure(card, 'Ideal speed-up')).toHaveText(/^[\d.]+×( → [\d.]+×)*$/);
    });
  }
  expect(new Set(ids).size).toBe(SCENARIOS);
  const worst = gallery.locator('[data-scenario="worst-case"]');
  await expect(worst.getByText('1 block · 200 transactions')).toBeVisible();
  await expect(figure(worst, 'Critical path')).toHaveText('200');
  await expect(figure(worst, 'Ideal speed-up')).toHaveText('1.00×');
  await expect(figure(gallery.locator('[data-scenario="mainnet-like-mix"]'), 'Critical path')).toHaveText(
    '23',
  );

  await test.step('the drawing plays under the pointer, and comes to rest again', async () => {
    const canvas = worst.locator('canvas');
    const whole = (await painted(canvas)).share;
    await worst.hover();
    await expect.poll(async () => (await painted(canvas)).share).toBeLessThan(whole * 0.9);
    await page.mouse.move(2, 2);
    await expect.poll(async () => (await painted(canvas)).share).toBe(whole);
  });

  await gallery.getByRole('button', { name: 'Close' }).click();
  await expect(gallery).toHaveCount(0);
  expect(await stage.digest()).toBe(digest);
  await stage.verified();

  await test.step('opened again, nothing has to be executed again', async () => {
    const again = await openGallery(page, stage);
    await expect(again.locator('[data-state="done"]')).toHaveCount(SCENARIOS, { timeout: 3000 });
  });
});

test('a card opens on the stage: verified, with its captions and panels, and back again', async ({
  page,
  stage,
}) => {
  await stage.open(START);
  const gallery = await openGallery(page, stage);
  await gallery.getByRole('link', { name: 'Open One pool against many' }).click();
  await expect(gallery).toHaveCount(0);
  await expect(page.getByTestId('scenario-verdict')).toHaveText('verified', { timeout: 30_000 });
  await expect(page.locator('[data-panel="pool"]')).toBeVisible();
  expect(page.url()).toContain('#s=d1.');
  await expect(stage.caption).toHaveText(/^200 swaps over fifteen pools: .* the longest \d+\.$/);
  await stage.button('Next block').click();
  await expect(stage.caption).toHaveText(
    /^Everybody wants the same pool\..* a chain of 200, and 8 cores gain [\d.]+×\.$/,
  );
  await stage.verified();

  await openGallery(page, stage);
  await gallery.getByRole('link', { name: 'Open The worst case' }).click();
  await expect(stage.caption).toHaveText(/^The longest chain is 200 of 200: the whole block\./, {
    timeout: 30_000,
  });
  await expect(page.getByTestId('scenario-verdict')).toHaveText('verified');
});

test('the first card tells the opening story', async ({ page, stage }) => {
  await stage.open(START);
  const gallery = await openGallery(page, stage);
  await gallery.getByRole('link', { name: 'Tell The opening story' }).click();
  await expect(gallery).toHaveCount(0);
  await expect(stage.button('Skip')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('img', { name: /^Step \d+ of \d+/ })).toBeVisible();
});

test('a link and a file of one’s own are opened from the gallery, and nonsense is answered', async ({
  page,
  stage,
}) => {
  await stage.open(START);
  const gallery = await openGallery(page, stage);
  const href = await gallery.getByRole('link', { name: 'Open One hot account' }).getAttribute('href');
  const field = gallery.getByLabel('Link or scenario text');
  const go = gallery.getByRole('button', { name: 'Open', exact: true });
  for (const [nonsense, answer] of [
    ['', /^Paste a link first/],
    ['https://example.org/#s=d1.AAAA', /damaged/],
    ['https://example.org/', /not JSON|no scenario/],
  ] as const) {
    await field.fill(nonsense);
    await go.click();
    await expect(gallery.getByText(answer)).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  await field.fill(href ?? '');
  await field.press('Enter');
  await expect(gallery).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByTestId('scenario-verdict')).toHaveText('verified');
  await expect(stage.caption).toHaveText(/^Everybody pays somebody: 200 payments/);
});

test('with the keyboard alone: opened from the palette, walked through, opened, and the focus given back', async ({
  page,
  stage,
}) => {
  await stage.open(START);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('scenarios');
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toHaveText('Scenarios');
  await page.keyboard.press('Enter');
  const gallery = page.getByRole('dialog', { name: 'Scenarios' });
  await expect(gallery.locator('[data-scenario]')).toHaveCount(SCENARIOS, { timeout: 30_000 });
  const reached: string[] = [];
  for (let presses = 0; presses < 30 && !reached.includes('Open A mainnet-like mix'); presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      const seen = element?.matches(':focus-visible') === true;
      return { name: element?.getAttribute('aria-label') ?? '', seen };
    });
    expect(at.seen || at.name === '').toBe(true);
    reached.push(at.name);
  }
  expect(reached).toContain('Tell The opening story');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('scenario-verdict')).toHaveText('verified', { timeout: 30_000 });
  await expect(stage.caption).toHaveText(/^172 transactions, longest chain 23: .* beyond 7\.\d+×/);

  const button = stage.button('Scenarios');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(gallery).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(gallery).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('it is accessible in both themes, and on a phone', async ({ page, stage }) => {
  await stage.open(START);
  const gallery = await openGallery(page, stage);
  await drawn(gallery);
  for (const [theme, width, height] of [
    ['dark', 1440, 900],
    ['light', 1440, 900],
    ['light', 390, 844],
  ] as const) {
    await test.step(`${theme} at ${width}`, async () => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height });
      // Colours on their way from one theme to the other are neither's.
      await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
      const wide = await gallery.evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    });
  }
});

test('the gallery’s engine that does not start is said, and the stage goes on', async ({
  page,
  stage,
  complaints,
}) => {
  complaints.allow(/Failed to load|net::ERR|engine\.worker/);
  await stage.open(START);
  await page.context().route(/engine\.worker/, (route) => route.abort());
  await stage.button('Scenarios').click();
  const gallery = page.getByRole('dialog', { name: 'Scenarios' });
  await expect(gallery.getByRole('alert')).toContainText('The scenarios could not be read', {
    timeout: 30_000,
  });
  await page.context().unroute(/engine\.worker/);
  await gallery.getByRole('button', { name: 'Try again' }).click();
  await expect(gallery.locator('[data-scenario]')).toHaveCount(SCENARIOS, { timeout: 30_000 });
  await gallery.getByRole('button', { name: 'Close' }).click();
  await stage.verified();
});
