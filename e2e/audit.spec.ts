import type { Locator, Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { packLink } from './links.ts';
import { expect, type Stage, test } from './stage.ts';

/** A modular chain of some blocks with a module for each kind of storage. */
const MODULAR = {
  format: 1,
  semantics: 1,
  title: 'To be audited',
  settings: {
    genesis: {
      ...{ seed: 5, accounts: 60, assets: 3, pools: 3, bankPartition: 'lane', mode: 'modular' },
      modules: ['bank', 'amm', 'identity', 'supplyChain', 'gameAssets', 'healthRecords'],
    },
    traffic: {
      ...{ transactionsPerBlock: 120, swapPermille: 500, hotPermille: 0, work: 200 },
      shares: { credentials: 200, shipments: 200, games: 150, visits: 200 },
    },
    execution: {
      ...{ executor: 'moduleLanes', cores: { kind: 'virtual', count: 4 }, scheduleSeed: 1 },
      ...{ granularity: 'slot', feeRecipient: 'exempt' },
    },
  },
  blocks: 4,
  actions: [],
};

/** The audit of a module, opened from its lane. */
async function audit(page: Page, stage: Stage, module: string): Promise<Locator> {
  await page.addInitScript((view) => localStorage.setItem('switchyard.view', JSON.stringify(view)), {
    ...{ theme: 'system', panels: ['modules'], knobsShown: false, inspectorShown: false },
  });
  await stage.open(`./${packLink(MODULAR)}`);
  await stage.button(`Audit ${module}`).click();
  const dialog = page.getByRole('dialog', { name: 'Audit of one module' });
  await expect(dialog.getByText('All in order')).toBeVisible();
  return dialog;
}

const part = (dialog: Locator, name: string): Locator => dialog.getByRole('region', { name, exact: true });

test('a module is audited alone: rules, root digit for digit, history', async ({ page, stage }) => {
  const dialog = await audit(page, stage, 'Identity');
  const rules = part(dialog, 'Its rules').getByRole('listitem');
  expect(await rules.count()).toBeGreaterThan(1);
  for (const rule of await rules.all()) await expect(rule).toHaveAttribute('data-holds', 'true');
  const root = part(dialog, 'Its root');
  await expect(root.getByText('the same, digit for digit')).toBeVisible();
  await expect(root.getByText(/^(\d[\d ]*) of \1 entries$/)).toBeVisible();
  // What the lane's head shows on stage is what the audit made anew.
  const shown = await page
    .locator('[data-lane="identity"]')
    .getByText(/^state /)
    .getAttribute('title');
  const recorded = /[0-9a-f]{64}/.exec(shown ?? '')?.[0];
  await expect(root.getByText(`made anew here: ${recorded}.`)).toHaveCount(1);
  const history = part(dialog, 'Its history');
  await expect(history.getByRole('listitem')).toHaveCount(4);
  await expect(history.getByText(/^\d+ transactions in 4 blocks, \d+ failed\.$/)).toBeVisible();
  for (const module of ['Bank', 'Exchange', 'Supply chain', 'Games', 'Health records']) {
    await dialog.getByRole('radio', { name: module }).check({ force: true });
    await expect(dialog.getByText('All in order')).toBeVisible();
    await expect(part(dialog, 'Its root').getByText('the same, digit for digit')).toBeVisible();
  }
});

test('an entry changed in secret is found by its module’s root, and by the rules', async ({
  page,
  stage,
}) => {
  const dialog = await audit(page, stage, 'Bank');
  await dialog.getByRole('radio', { name: /^supply/ }).check({ force: true });
  await dialog.getByRole('button', { name: 'the supply of COIN' }).click();
  await dialog.getByRole('button', { name: 'Change one bit of it in secret' }).click();
  await expect(dialog.getByText('As if somebody had changed one entry in secret')).toBeVisible();
  await expect(
    dialog.locator('[data-root="differs"]').getByText(/^✗ \d+ of 64 digits differ$/),
  ).toBeVisible();
  await expect(part(dialog, 'Its rules').locator('[data-holds="false"]').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Put it back' }).click();
  await expect(dialog.getByText('All in order')).toBeVisible();
});

test('a key is proved, its path is drawn, and no flipped byte passes', async ({ page, stage }) => {
  const dialog = await audit(page, stage, 'Identity');
  const entry = part(dialog, 'One entry, proved');
  await expect(entry.locator('[data-verdict="valid"]')).toBeVisible();
  const figure = entry.getByRole('figure');
  const siblings = figure.getByRole('button', { name: /^Flip a byte of the sibling on level/ });
  expect(await siblings.count()).toBeGreaterThan(3);
  await entry.getByRole('button', { name: 'Flip a byte', exact: true }).click();
  await expect(entry.locator('[data-verdict="invalid"]')).toBeVisible();
  await entry.getByRole('button', { name: 'Mend it' }).click();
  await expect(entry.locator('[data-verdict="valid"]')).toBeVisible();
  await siblings.last().focus();
  await page.keyboard.press('Enter');
  await expect(entry.getByText(/^Byte \d+ of the sibling on level 1 is flipped\.$/)).toBeVisible();
  await expect(entry.getByText(/^It climbs to [0-9a-f]{4}…[0-9a-f]{4}, not to/)).toBeVisible();
  await entry.getByRole('button', { name: 'Flip every byte' }).click();
  await expect(entry.getByText(/^(\d[\d ]*) of \1 flips caught$/)).toBeVisible({ timeout: 60_000 });
});

test('the absence of a key is proved, and what cannot be proved is refused in words', async ({
  page,
  stage,
}) => {
  const dialog = await audit(page, stage, 'Identity');
  const ask = async (key: string): Promise<void> => {
    await dialog.getByLabel('Any key, also one that is absent').fill(key);
    await dialog.getByRole('button', { name: 'Prove it' }).click();
  };
  const entry = part(dialog, 'One entry, proved');
  await ask('identity/identities/4000000000');
  await expect(entry.getByText(/^It shows that nothing is there/)).toBeVisible();
  await ask('identity/nothing/1');
  await expect(entry.getByRole('alert')).toContainText('There is no table');
});

test('tables are browsed page by page, by keys alone', async ({ page, stage }) => {
  const dialog = await audit(page, stage, 'Bank');
  const state = part(dialog, 'Its state');
  await expect(state.getByRole('columnheader', { name: 'account' })).toBeVisible();
  const first = await state.getByRole('rowheader').first().textContent();
  await dialog.getByRole('button', { name: 'Later entries' }).focus();
  await page.keyboard.press('Enter');
  await expect(state.getByText(/^11–20 of /)).toBeVisible();
  await dialog.getByRole('button', { name: 'Earlier entries' }).focus();
  await page.keyboard.press('Enter');
  await expect(state.getByText(/^1–10 of /)).toBeVisible();
  await expect(state.getByRole('rowheader').first()).toHaveText(first ?? '');
});

test('the palette opens it, Escape closes it', async ({ page, stage }) => {
  await stage.open('./?story=off&cores=virtual:4&transactions=24');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('audit');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Audit of one module' });
  await expect(dialog.getByText('All in order')).toBeVisible();
  await expect(dialog.getByText(/^This chain is monolithic/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('it can be read and reached, wide and on a phone', async ({ page, stage }) => {
      const dialog = await audit(page, stage, 'Identity');
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 844 });
        for (const module of ['Identity', 'Bank']) {
          await dialog.getByRole('radio', { name: module }).check({ force: true });
          await expect(dialog.getByText('the same, digit for digit')).toBeVisible();
          if (module === 'Identity') {
            await dialog.getByRole('button', { name: 'Flip a byte', exact: true }).click();
            await expect(dialog.locator('[data-verdict="invalid"]')).toBeVisible();
          }
          const { violations } = await new AxeBuilder({ page })
            .include('dialog')
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
            .analyze();
          expect(
            violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
          ).toEqual([]);
          const wide = await dialog.evaluate((element) => {
            const body = element.querySelector('.overflow-y-auto');
            return (body?.scrollWidth ?? 0) - (body?.clientWidth ?? 0);
          });
          expect(wide).toBeLessThanOrEqual(0);
        }
      }
    });
  });
}
