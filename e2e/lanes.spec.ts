import type { Locator, Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Stage, test } from './stage.ts';

const START = './?story=off&cores=virtual:8&transactions=120';

/** The page with the module lanes alone on stage, and the modules' knobs open. */
async function open(page: Page, stage: Stage, address = START): Promise<void> {
  await page.addInitScript((view) => localStorage.setItem('switchyard.view', JSON.stringify(view)), {
    theme: 'system',
    panels: ['modules'],
    knobsShown: true,
    inspectorShown: false,
  });
  await stage.open(address);
  await page
    .locator('summary')
    .filter({ hasText: /^›Modules/ })
    .click();
}

async function choose(page: Page, stage: Stage, knob: string, option: string): Promise<void> {
  await page
    .getByRole('radiogroup', { name: knob, exact: true })
    .getByRole('radio', { name: option, exact: true })
    .click({ force: true });
  await stage.idle();
  await stage.verified();
}

/** A module's lane. */
const laneOf = (page: Page, module: string): Locator => page.locator(`[data-lane="${module}"]`);
const healthOf = (page: Page, module: string): Locator => laneOf(page, module).locator('[data-health]');

/** The figure under a name in a lane's meters. */
async function figure(page: Page, module: string, name: string): Promise<number> {
  const text = await laneOf(page, module)
    .locator('figure')
    .filter({ hasText: name })
    .locator('span')
    .textContent();
  return Number((text ?? '').replace(/\s/g, ''));
}

async function next(stage: Stage, blocks: number): Promise<void> {
  for (let i = 0; i < blocks; i++) {
    await stage.button('Next block').click();
    await stage.idle();
  }
  await stage.verified();
}

test('one chain or modules: the same blocks, one queue and root against one a module', async ({
  page,
  stage,
}) => {
  await open(page, stage);
  const digest = await stage.digest();
  await expect(page.getByText('one queue', { exact: true })).toBeVisible();
  await expect(page.getByText('one order', { exact: true })).toBeVisible();
  await choose(page, stage, 'Built as', 'modular');
  await expect(page.getByText('one queue', { exact: true })).toHaveCount(0);
  expect(await stage.digest()).toBe(digest);
  const root = (module: string) =>
    laneOf(page, module)
      .getByText(/^state /)
      .getAttribute('title');
  await expect(laneOf(page, 'bank').getByText(/^state /)).toBeVisible();
  expect(await root('bank')).not.toBe(await root('amm'));
  await expect(laneOf(page, 'amm').getByRole('heading', { name: /Exchange/ })).toBeVisible();
});

test('break one: it is halted, the others go on, and it comes back', async ({ page, stage }) => {
  await open(page, stage);
  await choose(page, stage, 'Built as', 'modular');
  await page.getByRole('checkbox', { name: 'Identity' }).check({ force: true });
  await stage.idle();
  await stage.turn('credentials', '40');
  await expect(healthOf(page, 'identity')).toHaveText('running');
  const bank = await figure(page, 'bank', 'tx a block');

  await stage.button('Stop or break Identity').click();
  const menu = page.getByRole('menu', { name: 'Stop or break Identity' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(stage.button('Stop or break Identity')).toBeFocused();

  await stage.button('Stop or break Identity').click();
  await menu.getByRole('menuitem', { name: /^Halt it What/ }).click();
  await stage.idle();
  await stage.verified();
  await expect(healthOf(page, 'identity')).toHaveText('halted');
  await expect(healthOf(page, 'bank')).toHaveText('running');
  await expect(laneOf(page, 'identity').getByText(/(\d+) tx · \1 failed/)).toBeVisible();
  await expect(laneOf(page, 'bank').getByText(/failed/)).toHaveCount(0);
  expect(Math.abs((await figure(page, 'bank', 'tx a block')) - bank)).toBeLessThan(bank);

  await stage.button('Resume Identity').click();
  await stage.idle();
  await stage.verified();
  await expect(healthOf(page, 'identity')).toHaveText('running');

  // Asked to, what needs it waits, and all of it comes when it is resumed.
  await stage.button('Stop or break Identity').click();
  await menu.getByRole('menuitem', { name: /^Halt it, let/ }).click();
  await stage.idle();
  await expect(healthOf(page, 'identity')).toHaveText('halted');
  await expect.poll(() => figure(page, 'identity', 'waiting')).toBeGreaterThan(20);
  expect(await figure(page, 'identity', 'tx a block')).toBe(0);
  await stage.button('Resume Identity').click();
  await stage.idle();
  await expect.poll(() => figure(page, 'identity', 'waiting')).toBe(0);
  expect(await figure(page, 'identity', 'tx a block')).toBeGreaterThan(60);
});

test('a fee storm raises every fee, or only that of its own lane', async ({ page, stage }) => {
  const storm = async (price: string) => {
    await choose(page, stage, 'Price of gas', price);
    await stage.turn('drops', '70');
    const before = await figure(page, 'bank', 'base fee');
    await next(stage, 5);
    await expect(laneOf(page, 'bank').locator('figure')).toHaveCount(3);
    return {
      bank: (await figure(page, 'bank', 'base fee')) / before,
      games: (await figure(page, 'gameAssets', 'base fee')) / before,
    };
  };
  await open(page, stage, `${START}&work=40000`);
  await page.getByRole('checkbox', { name: 'Games' }).check({ force: true });
  await stage.idle();
  await choose(page, stage, 'Built as', 'modular');
  const entry = stage.entry('Gas target');
  await entry.fill('2000000');
  await entry.press('Enter');
  await stage.idle();
  const global = await storm('one for all');
  expect(global.bank).toBeGreaterThan(1.1);
  expect(global.games).toBe(global.bank);
  const local = await storm('one a lane');
  expect(local.games).toBeGreaterThan(1.1);
  expect(local.bank).toBeLessThan(1);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('the lanes and their menu can be read by everybody', async ({ page, stage }) => {
      await open(page, stage);
      await choose(page, stage, 'Built as', 'modular');
      await stage.button('Stop or break Exchange').click();
      const found = await new AxeBuilder({ page })
        .include('[data-panel="modules"]')
        .include('[role="menu"]')
        .analyze();
      expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    });
  });
}
