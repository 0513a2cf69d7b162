import type { Browser, Page, TestInfo } from '@playwright/test';
import { unpackLink } from './links.ts';
import { Complaints, expect, listen, Stage, test } from './stage.ts';

const START = './?story=off&cores=virtual:8&hot=60&transactions=60';

/** The page as somebody else's browser finds it: nothing stored, nothing shared with this one. */
async function freshPage(browser: Browser, info: TestInfo): Promise<{ page: Page; done(): Promise<void> }> {
  const context = await browser.newContext({ baseURL: info.project.use.baseURL });
  const page = await context.newPage();
  const complaints = new Complaints();
  await listen(page, complaints);
  return {
    page,
    done: async () => {
      expect(complaints.unexpected).toEqual([]);
      await context.close();
    },
  };
}

/** The link that the dialog shows. */
async function sharedLink(stage: Stage, title?: string): Promise<string> {
  const { page } = stage;
  await stage.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  if (title !== undefined) await dialog.getByLabel('Title').fill(title);
  const field = dialog.getByTestId('share-link');
  await expect(field).toHaveValue(/#s=d1\./);
  if (title !== undefined) {
    await expect
      .poll(async () => unpackLink(await field.inputValue()).title, { timeout: 10_000 })
      .toBe(title);
  }
  const link = await field.inputValue();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  return link;
}

const scenarioVerdict = (page: Page) => page.getByTestId('scenario-verdict');

test('what is shared opens in a fresh browser as it was, verified', async ({
  browser,
  page,
  stage,
}, info) => {
  await stage.open(START);
  await stage.turn('Hot share', '80');
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await page.keyboard.press('3');
  await stage.inspector.getByRole('listitem').getByRole('button').first().click();
  const selected = await stage.inspector.getByRole('article').getAttribute('aria-label');
  await stage.moment.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');
  const share = (await stage.momentUs()) / (await stage.durationUs());
  const digest = await stage.digest();
  const link = await sharedLink(stage, 'Rush on one pool');

  const other = await freshPage(browser, info);
  await other.page.goto(link);
  await expect(scenarioVerdict(other.page)).toHaveText('verified', { timeout: 30_000 });
  const opened = new Stage(other.page);
  await opened.verified();
  expect(await opened.digest()).toBe(digest);
  expect(await opened.height()).toBe(2);
  expect((await opened.momentUs()) / (await opened.durationUs())).toBeCloseTo(share, 2);
  await expect(opened.inspector.getByRole('article')).toHaveAccessibleName(selected!);
  await expect(other.page.locator('[data-panel="moduleLanes"]')).toBeVisible();
  await expect(opened.entry('Hot share')).toHaveValue('80');
  await expect(other.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect(other.page.getByTestId('scenario-announcement')).toHaveText('“Rush on one pool”: verified.');
  await other.done();
});
