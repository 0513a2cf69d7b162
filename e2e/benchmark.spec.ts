import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Download, Locator, Page } from '@playwright/test';
import { expect, type Stage, test } from './stage.ts';

const START = './?story=off&cores=virtual:8&transactions=24';

interface Grid {
  readonly Accounts: string;
  readonly 'Work in each, µs': string;
  readonly Cores: string;
  readonly 'Payments in a block': string;
  readonly 'Runs of a row': string;
}

const TINY: Grid = {
  Accounts: '100, 2',
  'Work in each, µs': '5, 0',
  Cores: '1, 2',
  'Payments in a block': '64',
  'Runs of a row': '3',
};
/** Minutes for every row. */
const LONG: Grid = {
  ...TINY,
  'Work in each, µs': '400',
  'Payments in a block': '5000',
  'Runs of a row': '101',
};

async function openBenchmark(page: Page, stage: Stage): Promise<Locator> {
  await stage.open(START);
  await stage.button('Benchmark').click();
  const dialog = page.getByRole('dialog', { name: 'Benchmark' });
  await expect(dialog.getByTestId('benchmark-machine')).toHaveText(/\d+ cores? · clock [\d.]+ µs/);
  return dialog;
}

async function ask(dialog: Locator, grid: Grid): Promise<void> {
  await dialog.getByText('Custom', { exact: true }).click();
  for (const [label, value] of Object.entries(grid))
    await dialog.getByLabel(label, { exact: true }).fill(value);
}

const start = (dialog: Locator): Locator =>
  dialog.getByRole('button', { name: /^(Start measuring|Measure again)$/ });
const rows = (dialog: Locator): Locator => dialog.getByTestId('benchmark-rows').locator('tbody tr');

/** What axe finds serious or critical in the dialog. */
async function serious(page: Page): Promise<readonly string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const { violations } = await new AxeBuilder({ page }).include('dialog').withTags(tags).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
    );
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

test('a small grid is measured here: rows, card, drawings, and what can be saved', async ({
  page,
  stage,
}) => {
  const dialog = await openBenchmark(page, stage);
  await ask(dialog, { ...TINY, Cores: '1, 99' });
  await expect(dialog.getByTestId('benchmark-plan')).toHaveText(/^Cores: whole numbers from 1 to 32/);
  await expect(dialog.getByLabel('Cores', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(start(dialog)).toBeDisabled();
  await ask(dialog, TINY);
  await expect(dialog.getByTestId('benchmark-plan')).toHaveText(
    /^8 rows of 64 payments on 1, 2 cores, 3 runs each: about/,
  );
  await start(dialog).click();
  await expect(rows(dialog)).toHaveCount(8, { timeout: 60_000 });
  await expect(start(dialog)).toHaveText('Measure again');

  await expect(dialog.getByLabel('Accounts', { exact: true })).toHaveValue(TINY.Accounts);

  // Every row has an answer, and every figure on the page comes from a row.
  const table = await rows(dialog).evaluateAll((lines) =>
    lines.map((line) => [...line.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
  );
  expect(table.map(([accounts, work, cores]) => [accounts, work, cores].join(' '))).toEqual(
    ['100', '2'].flatMap((accounts) =>
      ['5', '0'].flatMap((work) => [`${accounts} ${work} 1`, `${accounts} ${work} 2`]),
    ),
  );
  expect(table.every((cells) => cells.at(-1) === 'same')).toBe(true);
  const headline = table.find((cells) => cells.slice(0, 3).join(' ') === '100 5 2')!;
  const card = dialog.getByTestId('benchmark-card');
  await expect(card).toContainText(`your machine${headline[3]}on 2 cores`);
  await expect(card).toContainText(`95 % interval ${headline[4]}`);
  const heat = dialog.getByTestId('benchmark-heat').locator('tbody td');
  await expect(heat).toHaveCount(4);
  for (const cells of table.filter((line) => line[2] === '2'))
    await expect(heat.filter({ hasText: `${cells[3]}${cells[4]}` })).not.toHaveCount(0);
  const chart = dialog.getByRole('img', {
    name: /^Speed-up against cores with 5 µs/,
  });
  await expect(chart).toHaveAccessibleName(new RegExp(`100 accounts: .*${headline[3]} on 2 cores`));
  await dialog.getByText('0 µs', { exact: true }).first().click();
  await expect(dialog.getByRole('img', { name: /with 0 µs of work/ })).toBeVisible();

  const csvSaved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save CSV' }).click();
  const csv = await csvSaved;
  expect(csv.suggestedFilename()).toBe('switchyard-benchmark.csv');
  const [header, ...lines] = (await bytesOf(csv)).toString('utf8').trimEnd().split('\r\n');
  expect(header).toMatch(/^accounts,work_us,cores_used,.*clock_resolution_us,work_rounds_per_us$/);
  expect(lines).toHaveLength(table.length);
  expect(lines.map((line) => line.split(',').slice(0, 3).join(' '))).toEqual(
    table.map((cells) => cells.slice(0, 3).join(' ')),
  );
  for (const [at, line] of lines.entries())
    expect(Number(line.split(',')[5]).toFixed(2)).toBe(Number.parseFloat(table[at]![3]!).toFixed(2));

  const pngSaved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save PNG' }).click();
  const png = await pngSaved;
  expect(png.suggestedFilename()).toBe('switchyard-benchmark.png');
  const picture = await page.evaluate(
    async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d');
      if (context === null) return null;
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4)
        colours.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
      const surface = getComputedStyle(document.documentElement).getPropertyValue('--surface-1').trim();
      const ground = `#${((data[0]! << 16) | (data[1]! << 8) | data[2]!).toString(16).padStart(6, '0')}`;
      return { width: image.width, height: image.height, colours: colours.size, ground, surface };
    },
    [...(await bytesOf(png))],
  );
  expect(picture).toMatchObject({ width: 2400, height: 1350, ground: picture?.surface });
  expect(picture?.colours).toBeGreaterThan(50);
});

test('a long measurement says how far it is, ends when told to, and keeps its rows', async ({
  page,
  stage,
}) => {
  const dialog = await openBenchmark(page, stage);
  await ask(dialog, TINY);
  await start(dialog).click();
  await expect(rows(dialog)).toHaveCount(8, { timeout: 60_000 });

  await ask(dialog, LONG);
  await start(dialog).click();
  const bar = dialog.getByRole('progressbar');
  await expect(bar).toHaveAttribute('aria-valuemax', '4');
  await expect(dialog.getByText(/Leave the machine alone/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(bar).toHaveCount(0);
  await expect(start(dialog)).toBeEnabled();

  // Between rows it keeps what there is.
  await ask(dialog, {
    ...TINY,
    'Work in each, µs': '0, 400',
    'Payments in a block': '5000',
    'Runs of a row': '9',
  });
  await start(dialog).click();
  await expect(rows(dialog)).not.toHaveCount(0, { timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(
    dialog.getByText(/^Cancelled after \d of 8 rows: what was measured stands here\./),
  ).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save CSV' })).toBeVisible();
  await expect(start(dialog)).toBeFocused();
  const kept = await rows(dialog).count();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await stage.verified();
  await stage.button('Benchmark').click();
  await expect(rows(dialog)).toHaveCount(kept);
});

test('the stage stands still meanwhile, and the worker goes when the view closes', async ({
  page,
  stage,
}) => {
  await stage.open(START);
  await stage.button('Play').click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('benchmark');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Benchmark' });
  await expect(start(dialog)).toBeEnabled();
  await expect(page.getByRole('button', { name: 'Pause', includeHidden: true })).toHaveCount(0);
  const before = page.workers().length;
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => page.workers().length).toBeLessThan(before);
  await expect(stage.button('Pause')).toBeVisible();
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme}, on a phone`, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 844 } });

    test('everything can be read and reached', async ({ page, stage }) => {
      const dialog = await openBenchmark(page, stage);
      await ask(dialog, { ...TINY, Accounts: '1' });
      expect(await serious(page)).toEqual([]);
      await ask(dialog, TINY);
      await start(dialog).click();
      await expect(rows(dialog)).toHaveCount(8, { timeout: 60_000 });
      await expect(start(dialog)).toBeFocused();
      expect(await serious(page)).toEqual([]);
      const wide = await dialog.evaluate((element) =>
        Math.max(...[element, ...element.children].map((part) => part.scrollWidth - part.clientWidth)),
      );
      expect(wide).toBeLessThanOrEqual(0);
    });
  });
}

test('a worker that does not load is said, and can be tried again', async ({ complaints, page, stage }) => {
  complaints.allow(/net::ERR_FAILED/);
  await stage.open(START);
  await page.route('**/engine.worker*', (route) => route.abort());
  await stage.button('Benchmark').click();
  const dialog = page.getByRole('dialog', { name: 'Benchmark' });
  await expect(dialog.getByRole('alert')).toContainText('benchmark/crashed');
  await page.unroute('**/engine.worker*');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(start(dialog)).toBeEnabled();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
});

test.describe('without isolation', () => {
  test.use({ serviceWorkers: 'block' });

  test('there is nothing to measure with, and the view says why and what to do', async ({ page, stage }) => {
    await page.route('**/*', async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers['cross-origin-opener-policy'];
      delete headers['cross-origin-embedder-policy'];
      await route.fulfill({ response, headers });
    });
    await stage.open(START);
    await stage.button('Benchmark').click();
    const dialog = page.getByRole('dialog', { name: 'Benchmark' });
    await expect(dialog.getByRole('heading', { name: 'This page cannot measure' })).toBeVisible();
    await expect(dialog).toContainText('its host does not send the cross-origin isolation headers');
    await expect(dialog).toContainText('Cross-Origin-Embedder-Policy: require-corp');
    await expect(start(dialog)).toHaveCount(0);
  });
});
