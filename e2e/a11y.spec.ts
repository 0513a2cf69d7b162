import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './stage.ts';

// A small block: axe looks at every node of the graph, and they are all alike.
const START = './?story=off&cores=virtual:8&hot=90&transactions=24';

const EVERYTHING = null;

/** What axe finds serious or critical, by all its rules or by these, on the page or a part of it; each as one line. */
async function serious(
  page: Page,
  rules: string[] | typeof EVERYTHING,
  part = 'body',
): Promise<readonly string[]> {
  // Axe looks at what is there, not at what is still fading in.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))),
  );
  const axe = new AxeBuilder({ page }).include(part);
  if (rules === EVERYTHING) axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  else axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    // What the two themes do not share is colour.
    const rules = colorScheme === 'dark' ? EVERYTHING : ['color-contrast'];

    test('the stage, a selection and every dialog can be read and reached', async ({ page, stage }) => {
      await stage.open(START);
      await page.keyboard.press('3');
      await page.keyboard.press('4');
      await stage.inspector.getByRole('listitem').getByRole('button').first().click();
      await expect(stage.inspector.getByRole('article', { name: /^Transaction/ })).toBeVisible();
      await expect(page.getByRole('region', { name: 'Pool', exact: true })).toBeVisible();
      expect(await serious(page, rules)).toEqual([]);
      await page.keyboard.press('?');
      expect(await serious(page, rules, 'dialog')).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      expect(await serious(page, rules, 'dialog')).toEqual([]);
      await page.keyboard.press('Escape');
      await stage.button('Craft a transaction').click();
      await expect(page.getByRole('dialog').getByText(/Valid/)).toBeVisible();
      expect(await serious(page, rules, 'dialog')).toEqual([]);
      await page.keyboard.press('Escape');
      await stage.turn('Hot share', '0');
      await stage.button('Compare').click();
      await expect(page.getByRole('dialog').getByText(/keys differ/)).toBeVisible();
      expect(await serious(page, rules, 'dialog')).toEqual([]);
    });
  });
}

test('a phone shows the same in tabs', async ({ page, stage }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await stage.open(START);
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('tabpanel')).not.toBeEmpty();
    expect(await serious(page, EVERYTHING, '[role="tabpanel"]')).toEqual([]);
  }
  expect(await serious(page, EVERYTHING)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});

test('the keyboard reaches every control, and the focus can be seen', async ({ page, stage }) => {
  await stage.open(START);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the stage' })).toBeFocused();
  const reached = new Set<string>();
  const unseen: string[] = [];
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const name =
        element.getAttribute('aria-label') ??
        (element as HTMLInputElement).labels?.[0]?.textContent ??
        element.textContent ??
        '';
      const box = element.getBoundingClientRect();
      return { name: name.slice(0, 60), seen: element.matches(':focus-visible') && box.width > 0 };
    });
    if (at === null) break;
    if (!at.seen) unseen.push(at.name);
    reached.add(at.name);
  }
  expect(unseen).toEqual([]);
  const names = [...reached].join('\n');
  for (const name of [
    'Next block',
    'Slower',
    'Large type',
    'Help: keys, colours, words',
    'Hot share',
    'Hot share, as a number',
    'Schedule seed, as a number',
    'Pool (key 4)',
    'Craft a transaction',
    'Compare',
    'Worker timeline: ',
    'Transaction ',
    'Moment inside block 1',
    'Blocks. ',
  ]) {
    expect(names).toContain(name);
  }
});

test('dialogs keep the focus and give it back', async ({ page, stage }) => {
  await stage.open(START);
  const craft = stage.button('Craft a transaction');
  await craft.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Craft a transaction' });
  await expect(dialog).toBeVisible();
  for (let i = 0; i < 20; i++) await page.keyboard.press('Tab');
  const outside = await page.evaluate(() => {
    const element = document.activeElement;
    return element !== document.body && element?.closest('dialog') === null;
  });
  expect(outside).toBe(false);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(craft).toBeFocused();
});
