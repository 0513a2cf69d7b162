import type { Page } from '@playwright/test';
import { accessListFile, drop } from './blockFiles.ts';
import { Stage, test } from './stage.ts';

// Not a test of anything but that the page gets there: pictures for a person to look at, in shots/ (`npm run
// shots`). Everything comes from one scenario on virtual cores, so that two runs give the same pictures.
const SCENARIO = 'cores=virtual:8&seed=7&schedule=1&work=20000';
const PANELS = ['workerTimeline', 'conflictGraph', 'moduleLanes', 'pool', 'throughput'] as const;
const SIZES = { '1440x900': [1440, 900], '1920x1080': [1920, 1080] } as const;

/** Remembers which panels to show, as the page itself does. */
async function withPanels(page: Page, panels: readonly string[], sides = true): Promise<void> {
  await page.addInitScript((view) => localStorage.setItem('switchyard.view', JSON.stringify(view)), {
    theme: 'system',
    panels,
    knobsShown: sides,
    inspectorShown: sides,
  });
}

/** The gallery with every card executed and drawn. */
async function openGallery(page: Page, stage: Stage): Promise<void> {
  await stage.button('Scenarios').click();
  await page.locator('[data-state="done"] canvas[data-drawn]').nth(13).waitFor({ timeout: 90_000 });
}

/** The benchmark with a few rows; the figures are this machine's, so these pictures alone differ from run to run. */
async function measure(page: Page, stage: Stage): Promise<void> {
  await stage.button('Benchmark').click();
  const dialog = page.getByRole('dialog', { name: 'Benchmark' });
  await dialog.getByText('Custom', { exact: true }).click();
  const grid = {
    Accounts: '2, 100, 10000',
    'Work in each, µs': '0, 20',
    Cores: '1, 2',
    'Runs of a row': '3',
  };
  for (const [label, value] of Object.entries(grid))
    await dialog.getByLabel(label, { exact: true }).fill(value);
  await dialog.getByRole('button', { name: 'Start measuring' }).click();
  await dialog.getByRole('button', { name: 'Measure again' }).waitFor({ timeout: 90_000 });
}

/** A small real block, dropped and held against its file. */
async function dropBlock(page: Page): Promise<void> {
  await drop(page, accessListFile());
  await page.locator('[data-mark="finals"][data-holds="true"]').waitFor({ timeout: 30_000 });
}

/** Goes to a share of the block, where there is something to see. */
async function rest(stage: Stage, percent: number): Promise<void> {
  await stage.moment.focus();
  await stage.moment.press('Home');
  for (let at = 0; at < percent; at += 10) await stage.moment.press('PageDown');
  await stage.page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });
}

async function tell(stage: Stage, caption: RegExp): Promise<void> {
  await stage.caption.filter({ hasText: caption }).waitFor({ timeout: 60_000 });
  await stage.button('Skip').click();
}

for (const colorScheme of ['dark', 'light'] as const) {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    test.describe(`${size} ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width, height }, reducedMotion: 'reduce' });
      test.setTimeout(120_000);

      const shoot = async (page: Page, name: string): Promise<void> => {
        await page.mouse.move(width / 2, 2);
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 450)));
        await page.screenshot({ path: `shots/${size}-${colorScheme}-${name}.png` });
      };

      test('the opening', async ({ page, stage }) => {
        await stage.open(`./?${SCENARIO}`);
        await stage.caption.filter({ hasText: /^Done in/ }).waitFor({ timeout: 60_000 });
        await shoot(page, 'opening');
        await tell(stage, /^Now a rush/);
        await rest(stage, 60);
        await shoot(page, 'rush');
        await stage.button('Resume the story').click();
        await stage.caption
          .filter({ hasText: /^Transaction \d+ ran too early/ })
          .waitFor({ timeout: 60_000 });
        await shoot(page, 'abort');
        await stage.caption.filter({ hasText: /^The longest chain/ }).waitFor({ timeout: 60_000 });
        await shoot(page, 'split');
        await stage.caption.filter({ hasText: /^Your turn/ }).waitFor({ timeout: 60_000 });
        await shoot(page, 'your-turn');
      });

      test('each panel by itself', async ({ page }) => {
        for (const panel of PANELS) {
          const other = await page.context().newPage();
          const stage = new Stage(other);
          await withPanels(other, [panel], false);
          await stage.open(`./?story=off&hot=90&${SCENARIO}`);
          await stage.button('Knobs').click();
          await stage.turn('Hot share', '60');
          await stage.button('Knobs').click();
          await rest(stage, 60);
          await shoot(other, `panel-${panel}`);
          await other.close();
        }
      });

      test('four panels, an abort selected', async ({ page, stage }) => {
        await withPanels(page, ['workerTimeline', 'conflictGraph', 'moduleLanes', 'pool']);
        await stage.open(`./?story=off&hot=90&${SCENARIO}`);
        await rest(stage, 40);
        const lesson = stage.inspector
          .getByRole('listitem')
          .filter({ hasText: /Thrown away/ })
          .first();
        await lesson.getByRole('button').click();
        await stage.inspector.getByRole('button', { name: 'Show the instant of the abort' }).first().click();
        await shoot(page, 'inspector');
        await page.getByRole('button', { name: 'Large type' }).click();
        await shoot(page, 'large-type');
      });

      test('dialogs', async ({ page, stage }) => {
        await stage.open(`./?story=off&hot=90&${SCENARIO}`);
        await rest(stage, 60);
        await page.keyboard.press('?');
        await shoot(page, 'help');
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+k');
        await shoot(page, 'palette');
        await page.keyboard.press('Escape');
        await stage.button('Craft a transaction').click();
        await page.getByRole('dialog').getByText(/Valid/).waitFor();
        await page.getByRole('dialog').getByLabel('Amount', { exact: true }).fill('-5');
        await page
          .getByRole('dialog')
          .getByText(/marked field/)
          .waitFor();
        await shoot(page, 'craft');
        await page.keyboard.press('Escape');
        await stage.turn('Hot share', '0');
        await stage.button('Compare').click();
        await page
          .getByRole('dialog')
          .getByText(/keys differ/)
          .waitFor();
        await shoot(page, 'compare');
      });

      test('what is handed on', async ({ page, stage }) => {
        await stage.open(`./?story=off&${SCENARIO}`);
        await openGallery(page, stage);
        await shoot(page, 'gallery');
        await page.locator('[data-scenario="one-pool-against-many"]').getByRole('link').click();
        const verdict = page.getByTestId('scenario-verdict').filter({ hasText: 'verified' });
        await verdict.waitFor({ timeout: 30_000 });
        await rest(stage, 60);
        await shoot(page, 'scenario');
        await verdict.click();
        await shoot(page, 'verdict');
        await page.keyboard.press('Escape');
        await stage.button('Share').click();
        await page
          .getByRole('dialog')
          .getByText(/letters/)
          .first()
          .waitFor();
        await shoot(page, 'share');
        await page.keyboard.press('Escape');
        await dropBlock(page);
        await shoot(page, 'real-block');
        await measure(page, stage);
        await shoot(page, 'benchmark');
      });

      test('what can go wrong', async ({ complaints, page, stage }) => {
        complaints.allow(/killed for the picture/);
        await stage.open(`./?story=off&hot=1e9&${SCENARIO}`);
        await stage.entry('Hot share').fill('many');
        await stage.entry('Hot share').press('Enter');
        await page.workers()[0]?.evaluate(() => {
          setTimeout(() => {
            throw new Error('killed for the picture');
          }, 0);
        });
        await page.getByText('The engine is down').waitFor();
        await shoot(page, 'errors');
      });
    });
  }

  test(`an embed ${colorScheme}`, async ({ browser }) => {
    const page = await browser.newPage({ colorScheme, viewport: { width: 640, height: 400 } });
    const stage = new Stage(page);
    await page.goto(`./?embed=1&story=off&hot=90&${SCENARIO}`);
    await stage.verified();
    await page.screenshot({ path: `shots/640x400-${colorScheme}-embed.png` });
    await page.close();
  });

  test.describe(`390x844 ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 844 }, reducedMotion: 'reduce', hasTouch: true });

    test('a phone', async ({ page, stage }) => {
      await stage.open(`./?story=off&hot=90&${SCENARIO}`);
      await rest(stage, 60);
      const shoot = async (name: string): Promise<void> => {
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 450)));
        await page.screenshot({ path: `shots/390x844-${colorScheme}-${name}.png` });
      };
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click();
        await shoot(`tab-${(await tab.textContent())?.toLowerCase().replace(/\s+/g, '-')}`);
      }
      await stage.button('Craft a transaction').click();
      await page.getByRole('dialog').getByText(/Valid/).waitFor();
      await shoot('craft');
      await page.keyboard.press('Escape');
      await stage.button('Help: keys, colours, words').click();
      await shoot('help');
      await page.keyboard.press('Escape');
      await openGallery(page, stage);
      await shoot('gallery');
      await page.keyboard.press('Escape');
      await stage.button('Share').click();
      await page
        .getByRole('dialog')
        .getByText(/letters/)
        .first()
        .waitFor();
      await shoot('share');
      await page.keyboard.press('Escape');
      await dropBlock(page);
      await shoot('real-block');
      await measure(page, stage);
      await shoot('benchmark');
    });
  });
}
