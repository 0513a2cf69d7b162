import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { accessListFile, address, drop, LIST, rpcBlockFile } from './blockFiles.ts';
import { expect, type Stage, test } from './stage.ts';

// Virtual cores: the same runs everywhere, whatever else the machine does.
const START = './?story=off&cores=virtual:8';
const SAMPLES = join(process.cwd(), '..', 'shared', 'data');

const panel = (page: Page): Locator => page.locator('[data-panel="realBlock"]');
const mark = (page: Page, id: string): Locator => panel(page).locator(`[data-mark="${id}"]`);

/** Both longest chains as the card says them: every fee paid, and fees paid once. */
async function chains(page: Page): Promise<readonly [number, number]> {
  const read = async (way: string): Promise<number> =>
    Number((await panel(page).getByTestId(`path-${way}`).textContent())?.replace(/\D/g, ''));
  await expect(panel(page).getByTestId('path-exempt')).toBeVisible({ timeout: 30_000 });
  return [await read('tracked'), await read('exempt')];
}

/** The longest chain before a change and now. */
async function changedChain(page: Page): Promise<readonly number[]> {
  const label = await panel(page)
    .getByRole('img', { name: /^Longest chain:/ })
    .getAttribute('aria-label');
  return [...(label ?? '').matchAll(/\d+/g)].map(([digits]) => Number(digits));
}

/** What the card says of the file; `reads` only where there is one left to compare. */
async function holds(page: Page, reads = true): Promise<void> {
  for (const id of reads ? ['oracle', 'reads', 'finals'] : ['oracle', 'finals']) {
    await expect(mark(page, id)).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
  }
}

test('a block that is dropped is executed twice, explained, and changed', async ({ page, stage }) => {
  await stage.open(START);
  const before = await stage.digest();
  await drop(page, accessListFile());
  expect(await chains(page)).toEqual([LIST.transactions, LIST.hotWriters]);
  await stage.idle();
  await stage.verified();
  await holds(page);
  await expect(panel(page).getByRole('heading', { name: /^Ethereum block 4.242$/ })).toBeVisible();
  await expect(
    panel(page)
      .getByText(/index 0 is the first transaction/)
      .first(),
  ).toBeVisible();
  await expect(panel(page).getByTestId('why')).toContainText(/0x0000…0fee/);
  expect(await stage.digest()).not.toBe(before);
  const file = await stage.digest();

  // Exempt on stage, tracked behind it; the graph says the same as the card.
  await expect(stage.graph.getByText(`${LIST.hotWriters} waves`, { exact: true })).toBeVisible();
  await expect(stage.graph.getByText(`was ${LIST.transactions} waves`)).toBeVisible();
  await panel(page)
    .getByRole('radio', { name: /^Every transaction pays/ })
    .click({ force: true });
  await expect(stage.graph.getByText(`${LIST.transactions} waves`, { exact: true })).toBeVisible();
  await stage.idle();
  expect(await stage.digest()).toBe(file);
  await page.keyboard.press('ArrowDown');
  await expect(stage.graph.getByText(`${LIST.hotWriters} waves`, { exact: true })).toBeVisible();
  await stage.idle();

  // The hottest key is the contract's slot; split in four, eight writers become four times two.
  await panel(page)
    .getByRole('button', { name: /^Split slot 0x7 of 0x0000…ffee in 4/ })
    .click();
  await expect(panel(page).getByTestId('changed')).toBeVisible({ timeout: 30_000 });
  await stage.idle();
  expect(await changedChain(page)).toEqual([8, 24, 2, 24]);
  await holds(page, false);
  await expect(stage.blocks.getByText('0x0000…ffee slot 0x7 split in 4')).toBeAttached();
  await panel(page).getByRole('button', { name: 'Back' }).click();
  await expect(panel(page).getByTestId('changed')).toHaveCount(0);
  await stage.idle();
  expect(await stage.digest()).toBe(file);

  // Only what touches the contract: its eight writers, in one chain.
  await panel(page)
    .getByRole('button', { name: /^Keep only the transactions that touch 0x0000…ffee/ })
    .click();
  await expect(panel(page).getByTestId('changed')).toContainText('only what touches 0x0000…ffee', {
    timeout: 30_000,
  });
  await stage.idle();
  expect(await changedChain(page)).toEqual([8, 24, 8, 8]);
  await holds(page);
  await expect(stage.toasts).toBeEmpty();
});

test('a real block stands alone, and an ordinary chain is one button away', async ({ page, stage }) => {
  await stage.open(START);
  await drop(page, rpcBlockFile());
  expect(await chains(page)).toEqual([13, 12]);
  await stage.idle();
  await expect(mark(page, 'finals')).toHaveAttribute('data-holds', 'true');
  await expect(panel(page).getByRole('heading', { name: /Ethereum block 123.456/ })).toBeVisible();
  // It plays to its end and rests there, without a word.
  await stage.moment.focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(stage.toasts).toBeEmpty();
  expect(await stage.height()).toBe(1);
  await expect(stage.button(/^A real block stands alone/)).toBeDisabled();
  await expect(stage.button('Craft a transaction')).toBeDisabled();
  await expect(stage.entry('Block size')).toHaveCount(0);
  await stage.turn('Work each', '1');
  await stage.verified();
  await panel(page).getByRole('button', { name: 'Leave the real block' }).click();
  await expect(panel(page).getByRole('button', { name: 'Open a real block…' })).toBeVisible();
  await stage.idle();
  await expect(stage.entry('Block size')).toHaveValue('200');
  await expect(stage.button('Next block')).toBeEnabled();
});

test('by account a split brings nothing, and the card says so', async ({ page, stage }) => {
  await stage.open(START);
  await drop(page, accessListFile());
  await chains(page);
  await stage.idle();
  const split = panel(page).getByRole('button', { name: /^Split slot 0x7 of 0x0000…ffee in 4/ });
  await expect(split).toBeEnabled();
  await page.getByRole('radio', { name: 'account', exact: true }).click({ force: true });
  await expect(panel(page).getByTestId('by-account')).toContainText('splitting it changes nothing');
  await stage.idle();
  await expect(
    panel(page)
      .getByRole('button', { name: /^Conflicts are tracked by account/ })
      .first(),
  ).toBeDisabled();
  await expect(split).toHaveCount(0);
  await panel(page).getByRole('button', { name: 'Track them by slot' }).click();
  await expect(panel(page).getByTestId('by-account')).toHaveCount(0);
  await expect(split).toBeEnabled();
  await expect(page.getByRole('radio', { name: 'slot', exact: true })).toBeChecked();
});

test('by keyboard: the panel’s button asks for a file', async ({ page, stage }) => {
  await stage.open(START);
  await page.keyboard.press('6');
  const chooser = page.waitForEvent('filechooser');
  await panel(page).getByRole('button', { name: 'Open a real block…' }).focus();
  await page.keyboard.press('Enter');
  const { bytes, name } = accessListFile();
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: bytes });
  expect(await chains(page)).toEqual([LIST.transactions, LIST.hotWriters]);
});

test('what cannot be read is said by its name, and the chain before stays', async ({ page, stage }) => {
  await stage.open(START);
  const digest = await stage.digest();
  const whole = accessListFile().bytes;
  const only = { parentHash: `0x${'00'.repeat(32)}`, transactions: [`0x${'11'.repeat(32)}`] };
  const bad = [
    ['cut.rlp', whole.subarray(0, whole.length - 9), /^import\//],
    ['nested.rlp', Buffer.concat(Array.from({ length: 3000 }, () => Buffer.from([0xc1]))), /^import\//],
    ['nonsense.json', Buffer.from('{"jsonrpc":"2.0","result":{"transactions":7}}'), /^import\/not_a_block$/],
    ['half.json', rpcBlockFile().bytes.subarray(0, 900), /^import\//],
    ['hashes.json', Buffer.from(JSON.stringify(only)), /^import\/only_hashes$/],
    ['empty.rlp', Buffer.alloc(0), /^import\//],
    ['notes.txt', Buffer.from('just words'), /^file\/unknown_kind$/],
  ] as const;
  for (const [name, bytes, code] of bad) {
    await test.step(name, async () => {
      await drop(page, { name, bytes: Buffer.from(bytes) });
      await expect(stage.toasts.getByText(code)).toBeVisible();
      await stage.toasts.getByRole('button', { name: 'Dismiss' }).first().click();
      await expect(stage.toasts).toBeEmpty();
      expect(await stage.digest()).toBe(digest);
    });
  }
  await test.step('40 MB', async () => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      const start = new Uint8Array([0xfa]);
      dataTransfer.items.add(new File([start, new Uint8Array(40 * 1024 * 1024)], 'huge.rlp'));
      document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    });
    await expect(stage.toasts.getByText('file/too_large')).toBeVisible();
  });
  expect(await stage.digest()).toBe(digest);
  await stage.verified();
});

test('a link of a changed block asks for its file, refuses another, and opens verified', async ({
  page,
  stage,
}) => {
  await stage.open(START);
  await drop(page, accessListFile());
  await chains(page);
  await stage.idle();
  await panel(page)
    .getByRole('button', { name: /^Split slot 0x7 / })
    .click();
  await expect(panel(page).getByTestId('changed')).toBeVisible({ timeout: 30_000 });
  await stage.idle();
  const digest = await stage.digest();
  await stage.button('Share').click();
  const field = page.getByTestId('share-link');
  await expect(field).toHaveValue(/#s=d1\./);
  const link = await field.inputValue();
  await page.goto('about:blank');
  await page.goto(link);
  const dialog = page.getByRole('dialog', { name: /needs its file/ });
  await expect(dialog).toContainText('4242.rlp');
  await drop(page, { ...rpcBlockFile(), name: '4242.rlp' });
  await expect(dialog.getByRole('alert')).toContainText('scenario/other_file', { timeout: 30_000 });
  await expect(dialog).toBeVisible();
  await drop(page, { ...accessListFile(), name: 'renamed.rlp' });
  await expect(page.getByTestId('scenario-verdict')).toHaveText('verified', { timeout: 30_000 });
  expect(await stage.digest()).toBe(digest);
  expect(await changedChain(page)).toEqual([8, 24, 2, 24]);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the card can be read and reached, changed or not', async ({ page, stage }) => {
      await stage.open(START);
      const serious = async (): Promise<readonly string[]> => {
        const { violations } = await new AxeBuilder({ page }).include('[data-panel="realBlock"]').analyze();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      };
      await page.keyboard.press('6');
      await expect(stage.button('Open a real block…')).toBeVisible();
      expect(await serious()).toEqual([]);
      await drop(page, accessListFile());
      await holds(page);
      await stage.idle();
      await panel(page).getByText('How it was read').click();
      expect(await serious()).toEqual([]);
      await panel(page)
        .getByRole('button', { name: /^Split / })
        .first()
        .click();
      await expect(panel(page).getByTestId('changed')).toBeVisible({ timeout: 30_000 });
      await holds(page, false);
      await stage.idle();
      expect(await serious()).toEqual([]);
    });
  });
}

/** Real blocks that are not part of the project: without them these journeys are skipped. */
const samples = [
  { path: 'mainnet-block-access-lists/22886865.rlp', transactions: 196 },
  { path: 'mainnet-blocks/19932810.json', transactions: 270 },
] as const;

for (const { path, transactions } of samples) {
  test(`a real one: ${path}`, async ({ page, stage }) => {
    const file = join(SAMPLES, path);
    test.skip(!existsSync(file), `${path} is not beside the project`);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openOnThreads(stage);
    const bytes = readFileSync(file);
    await drop(page, { name: path.slice(path.lastIndexOf('/') + 1), bytes });
    const [tracked, exempt] = await chains(page);
    expect(tracked).toBe(transactions);
    expect(exempt).toBeLessThan(tracked / 4);
    await stage.idle();
    await stage.verified();
    await expect(mark(page, 'finals')).toHaveAttribute('data-holds', 'true', { timeout: 30_000 });
    await expect(panel(page).locator('[data-holds="false"]')).toHaveCount(0);
    await expect(stage.graph.getByText(`${exempt} waves`, { exact: true })).toBeVisible();
    console.log(`${path}: ${transactions} transactions, ${await timesOf(page)}`);
  });
}

/** From the drop to the first picture of the executed block, and what it went into; printed, never asserted. */
async function timesOf(page: Page): Promise<string> {
  const names = ['file', 'decoded', 'executed', 'block-drawn'];
  const marks = await page.evaluate(
    (all) =>
      all.map((name) => performance.getEntriesByName(`switchyard:${name}`)[0]?.startTime ?? Number.NaN),
    names,
  );
  expect(marks.every(Number.isFinite)).toBe(true);
  const [file, decoded, executed, drawn] = marks.map(Math.round) as [number, number, number, number];
  return `${drawn - file} ms to the drawn block: decoded ${decoded - file}, executed ${executed - decoded}, drawn ${drawn - executed}`;
}

/** Measured threads where there are any, as a visitor finds it. */
async function openOnThreads(stage: Stage): Promise<void> {
  await stage.open('./?story=off');
  await stage.idle();
}

test('addresses of the small block are what the test thinks they are', () => {
  expect(address(LIST.contract)).toBe('0x0000000000000000000000000000000000c0ffee');
});
