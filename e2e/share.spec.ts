import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page, TestInfo } from '@playwright/test';
import { packLink, unpackLink, withOtherDigest } from './links.ts';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ENGINE, Complaints, expect, listen, Stage, test } from './stage.ts';

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

/** A chain of three blocks and its link. */
async function threeBlocks(stage: Stage): Promise<string> {
  await stage.open(START);
  for (const height of [2, 3]) {
    await stage.button('Next block').click();
    await expect.poll(() => stage.height()).toBe(height);
  }
  return sharedLink(stage, 'Three blocks');
}

test('a link that was tampered with says between which blocks it differs, and what to do', async ({
  page,
  stage,
}) => {
  const link = await threeBlocks(stage);
  const scenario = unpackLink(link);
  expect(scenario.expected.checkpoints.map(([height]) => height)).toEqual([1, 2]);
  await page.goto(`./?story=off${packLink(withOtherDigest(scenario))}`);
  await page.reload();
  await expect(scenarioVerdict(page)).toHaveText('differs');
  await expect(page.getByTestId('scenario-announcement')).toHaveText('“Three blocks”: differs.');
  await scenarioVerdict(page).click();
  const dialog = page.getByRole('dialog', { name: 'Executed again' });
  await expect(dialog).toContainText('It differs between block 2 and block 3');
  await expect(dialog.getByTestId('actual-digest')).toHaveText(scenario.expected.digest);
  await dialog.getByRole('button', { name: 'Copy a report' }).click();
  await expect(dialog.getByRole('status')).toHaveText(/^Copied$|^It is selected/);
  await dialog.getByRole('button', { name: 'Go to block 3' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await stage.height()).toBe(3);
  await test.step('earlier, when a checkpoint says so', async () => {
    const checkpoints = scenario.expected.checkpoints.map(([height, prefix]) => [
      height,
      height === 1 ? prefix : '00000000',
    ]);
    const earlier = { ...scenario, expected: { ...scenario.expected, checkpoints } };
    await page.evaluate((hash) => {
      location.hash = hash;
    }, packLink(earlier));
    await scenarioVerdict(page).click();
    await expect(dialog).toContainText('It differs between block 1 and block 2');
  });
});

test('a link from other rules is executed and not compared', async ({ page, stage }) => {
  const scenario = unpackLink(await threeBlocks(stage));
  const newer = { ...scenario, semantics: 999 };
  await page.evaluate((hash) => {
    location.hash = hash;
  }, packLink(newer));
  await expect(scenarioVerdict(page)).toHaveText('newer rules');
  await scenarioVerdict(page).click();
  await expect(page.getByRole('dialog')).toContainText('Newer rules, not comparable');
});

test('the verdict speaks of what was opened, not of what is changed afterwards', async ({ page, stage }) => {
  const link = await threeBlocks(stage);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(scenarioVerdict(page)).toHaveText('verified');
  await stage.idle();
  await stage.turn('Hot share', '10');
  await expect(scenarioVerdict(page)).toHaveText('changed since');
  await scenarioVerdict(page).click();
  await page.getByRole('button', { name: 'Back to what was opened' }).click();
  await expect(scenarioVerdict(page)).toHaveText('verified');
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(4);
  await expect(scenarioVerdict(page)).toHaveText('changed since');
  await test.step('a new chain has no verdict, and the address no link', async () => {
    await page.getByText('Genesis', { exact: true }).click();
    await stage.turn('Seed', '99');
    await expect(scenarioVerdict(page)).toHaveCount(0);
    expect(new URL(page.url()).hash).toBe('');
  });
});

test('after a crash the opened chain is made again', async ({ complaints, page, stage }) => {
  complaints.allow(/killed by the journey/);
  const link = await threeBlocks(stage);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(scenarioVerdict(page)).toHaveText('verified');
  await stage.idle();
  const digest = await stage.digest();
  await page
    .workers()
    .find((worker) => ENGINE.test(worker.url()))
    ?.evaluate(() => {
      setTimeout(() => {
        throw new Error('killed by the journey');
      }, 0);
    });
  await stage.button('Restart the engine').click();
  await expect(stage.toasts.getByText('engine/restarted')).toBeVisible();
  await stage.verified();
  expect(await stage.digest()).toBe(digest);
  await expect(scenarioVerdict(page)).toHaveText('verified');
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(4);
});

test('a long scenario shows its first block and how far it is, and can be cancelled', async ({
  page,
  stage,
}) => {
  const scenario = unpackLink(await threeBlocks(stage));
  const { expected: _, moment: __, selection: ___, ...rest } = scenario;
  const long = packLink({ ...rest, title: 'A long one', blocks: 6000 });
  const digest = await stage.digest();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, long);
  const dialog = page.getByRole('dialog', { name: 'Opening “A long one”' });
  await expect(dialog.getByTestId('opening-progress')).toHaveText(/^[1-9][\d\s]* of 6\s?000 blocks$/);
  await expect(dialog.getByRole('button', { name: 'Cancel' }).last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await stage.idle();
  expect(await stage.digest()).toBe(digest);
  expect(await stage.height()).toBe(3);
  await expect(scenarioVerdict(page)).toHaveCount(0);
  await stage.button('Previous block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await test.step('at load the first block is there while the rest is executed', async () => {
    await page.goto('about:blank');
    await page.goto(`./${long}`);
    await stage.verified();
    expect(await stage.height()).toBe(1);
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await stage.verified();
  });
});

test('a file is saved, and opens by its button and by a drop', async ({ page, stage }) => {
  const link = await threeBlocks(stage);
  await stage.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await dialog.getByLabel('Title').fill('Für alle: 3 Blöcke');
  await expect
    .poll(async () => unpackLink(await dialog.getByTestId('share-link').inputValue()).title)
    .toBe('Für alle: 3 Blöcke');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as a file' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('fu-r-alle-3-blo-cke.json');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toMatch(/^\{\n {2}"format": 1,/);
  expect(JSON.parse(text)).toEqual({ ...unpackLink(link), title: 'Für alle: 3 Blöcke' });

  const choosing = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Open a file' }).click();
  await (await choosing).setFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
  await expect(scenarioVerdict(page)).toHaveText('verified');
  await expect(dialog).toHaveCount(0);

  await test.step('dropped anywhere', async () => {
    await drop(page, [['other.json', text.replace('Für alle: 3 Blöcke', 'Dropped')]]);
    await expect(page.getByTestId('scenario-announcement')).toHaveText('“Dropped”: verified.');
    await expect(page.getByTestId('drop-target')).toHaveCount(0);
  });
  await test.step('what is no scenario is said', async () => {
    for (const [files, code] of [
      [[['picture.png', 'not at all']], 'file/unknown_kind'],
      [[['broken.json', '{"format": 1,']], 'scenario/not_json'],
      [[['huge.json', `{${' '.repeat(2_000_000)}}`]], 'file/too_large'],
      [
        [
          ['a.json', text],
          ['b.json', text],
        ],
        'file/one_at_a_time',
      ],
    ] as const) {
      await drop(page, files);
      await expect(stage.toasts.getByText(code)).toBeVisible();
      await stage.button('Dismiss').click();
    }
    await expect(page.getByTestId('scenario-announcement')).toHaveText('“Dropped”: verified.');
  });
});

test('what is too much for a link is handed on as a file', async ({ page, stage }) => {
  await stage.open(START);
  const { expected: _, ...small } = unpackLink(await sharedLink(stage));
  const amountOf = (name: string): string =>
    BigInt(`0x${createHash('sha256').update(name).digest('hex').slice(0, 30)}`).toString();
  const payments = (block: number) =>
    Array.from({ length: 16 }, (_, at) => ({ to: at, amount: amountOf(`${block}/${at}`) }));
  const actions = Array.from({ length: 200 }, (_, block) => {
    const args = { asset: 0, payments: payments(block) };
    const transaction = { sender: block, module: 'bank', name: 'batchTransfer', args };
    return { height: block + 1, actions: [{ kind: 'submit', transaction }] };
  });
  const much = { ...small, title: 'Much', blocks: 200, actions, moment: { height: 1, permille: 0 } };
  await drop(page, [['much.json', JSON.stringify(much)]]);
  await expect(page.getByTestId('scenario-announcement')).toContainText('“Much”', { timeout: 30_000 });
  await stage.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('alert')).toContainText('no link holds it');
  await expect(dialog.getByTestId('share-link')).toHaveValue('');
  for (const name of ['Copy the link', 'Copy the HTML']) {
    await expect(dialog.getByRole('button', { name })).toBeDisabled();
  }
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as a file' }).click();
  const saved = JSON.parse(await readFile(await (await downloading).path(), 'utf8')) as typeof much;
  expect([saved.title, saved.blocks, saved.actions.length]).toEqual(['Much', 200, 200]);
});

/** Drags files over the page and lets them go. */
async function drop(page: Page, files: readonly (readonly [name: string, text: string])[]): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, text] of given) data.items.add(new File([text], name));
    return data;
  }, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: transfer });
  await expect(page.getByTestId('drop-target')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

test.describe('the keyboard, and what axe says', () => {
  for (const colorScheme of ['dark', 'light'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });
      test('reach and read the dialogs', async ({ page, stage }) => {
        await stage.open('./?story=off&cores=virtual:4&hot=90&transactions=24');
        await page.keyboard.press('s');
        const share = page.getByRole('dialog', { name: 'Share' });
        await expect(share.getByTestId('share-link')).toHaveValue(/#s=/);
        expect(await serious(page)).toEqual([]);
        const reached = new Set<string>();
        for (let presses = 0; presses < 16; presses++) {
          reached.add(
            await page.evaluate(() => {
              const at = document.activeElement;
              const labels = (at as HTMLInputElement | null)?.labels;
              return at?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? at?.textContent ?? '';
            }),
          );
          await page.keyboard.press('Tab');
        }
        for (const name of [
          'Title',
          'Link',
          'Copy the link',
          'Show it large',
          'Save as a file',
          'Open a file',
          'HTML to paste',
          'Copy the HTML',
        ]) {
          expect([...reached]).toContain(name);
        }
        const link = await share.getByTestId('share-link').inputValue();
        await page.keyboard.press('Escape');
        await page.goto('about:blank');
        await page.goto(link);
        await expect(scenarioVerdict(page)).toHaveText('verified');
        await scenarioVerdict(page).focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('dialog', { name: 'Executed again' })).toBeVisible();
        expect(await serious(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await expect(scenarioVerdict(page)).toBeFocused();
      });
    });
  }
});

/** What axe finds serious or critical in the open dialog. */
async function serious(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include('dialog')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
