import type { Locator, Page } from '@playwright/test';
import { packLink } from './links.ts';
import { expect, type Stage, test } from './stage.ts';

const START = './?story=off&cores=virtual:8';

async function openForm(page: Page, stage: Stage): Promise<Locator> {
  await stage.button('Craft a transaction').click();
  const form = page.getByRole('dialog', { name: 'Craft a transaction' });
  await expect(form.getByText(/^✓ Valid/)).toBeVisible();
  return form;
}

/** Fills a field of the form as a hand does. */
async function fill(form: Locator, label: string, text: string): Promise<void> {
  const field = form.getByLabel(label, { exact: true });
  await field.click();
  await field.fill(text);
  await field.press('Tab');
}

test('a transfer crafted by hand lands first in the next block', async ({ page, stage }) => {
  await stage.open(START);
  const form = await openForm(page, stage);
  const sender = form.getByLabel('Sender', { exact: true });
  await sender.click();
  await sender.fill('3');
  await sender.press('Enter');
  await fill(form, 'To', '5');
  await fill(form, 'Amount', '1234');
  await form.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(form.getByRole('status').first()).toHaveText('It landed first in block 2.');
  await expect(form.getByText('committed', { exact: true })).toBeVisible();
  await form.getByRole('button', { name: 'Show it on the stage' }).click();
  const article = stage.inspector.getByRole('article', { name: 'Transaction 0', exact: true });
  await expect(article).toBeVisible();
  await expect(article.getByText(/crafted/i).first()).toBeVisible();
  expect(await stage.height()).toBe(2);
  await stage.verified();
});

test('amounts of zero, maximal and beyond, unknown assets and accounts', async ({ page, stage }) => {
  await stage.open(START);
  const digest = await stage.digest();
  const form = await openForm(page, stage);
  const send = form.getByRole('button', { name: 'Send', exact: true });
  const refused = [
    ['Amount', '-5'],
    ['Amount', '1.5'],
    ['Amount', 'all of it'],
    ['Amount', ''],
    ['Amount', '340282366920938463463374607431768211456'],
    ['Amount', '9'.repeat(300)],
    ['To', 'nobody at all'],
    ['Asset', 'GOLD'],
  ] as const;
  for (const [label, text] of refused) {
    await test.step(`${label}: ${text.slice(0, 20)}`, async () => {
      const field = form.getByLabel(label, { exact: true });
      const before = await field.inputValue();
      await fill(form, label, text);
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(form.getByText(/^! ?\S/)).toBeVisible();
      await expect(send).toBeDisabled();
      await fill(form, label, /\d+$/.exec(before)?.[0] ?? before);
      await expect(send).toBeEnabled();
    });
  }
  expect(await stage.digest()).toBe(digest);

  await test.step('zero is sent, and its receipt says what became of it', async () => {
    await fill(form, 'Amount', '0');
    await expect(send).toBeEnabled();
    await send.click();
    await expect(form.getByText(/It landed first in block 2/)).toBeVisible();
    await form.getByRole('button', { name: 'Craft another' }).click();
  });
  await test.step('the most that fits is more than anybody has: reverted', async () => {
    await form.getByRole('button', { name: 'Set Amount to the most it can hold' }).click();
    await expect(send).toBeEnabled();
    await send.click();
    await expect(form.getByText(/It landed first in block 3/)).toBeVisible();
    await expect(form.getByText('reverted', { exact: false }).first()).toBeVisible();
    await form.getByRole('button', { name: 'Craft another' }).click();
  });
  await test.step('an asset that nobody listed: reverted', async () => {
    await fill(form, 'Amount', '5');
    await fill(form, 'Asset', '99999');
    await expect(form.getByText(/^✓ Valid/)).toBeVisible();
    await send.click();
    await expect(form.getByText(/It landed first in block 4/)).toBeVisible();
    await expect(form.getByText('reverted', { exact: false }).first()).toBeVisible();
    await form.getByRole('button', { name: 'Show it on the stage' }).click();
  });
  await expect(stage.inspector.getByText(/^Why: /).first()).toBeVisible();
  await stage.verified();
});

/** A chain in which all modules take part. */
const EVERYBODY = {
  format: 1,
  semantics: 1,
  title: 'All modules',
  settings: {
    genesis: {
      seed: 1,
      accounts: 40,
      assets: 3,
      pools: 3,
      bankPartition: 'lane',
      modules: ['bank', 'amm', 'gameAssets', 'identity', 'supplyChain', 'healthRecords'],
    },
    traffic: { transactionsPerBlock: 20, swapPermille: 500, hotPermille: 0, work: 1000 },
    execution: {
      executor: 'blockStm',
      cores: { kind: 'virtual', count: 4 },
      scheduleSeed: 1,
      granularity: 'slot',
      feeRecipient: 'exempt',
    },
  },
  blocks: 1,
  actions: [],
};

/** Names of the modules that the form offers, after every kind of transaction of theirs was found to be understood. */
async function everyKind(page: Page, stage: Stage): Promise<string[]> {
  const form = await openForm(page, stage);
  const modules = form.getByRole('group', { name: 'Module' });
  const names = (await modules.locator('label').allInnerTexts()).map((name) => name.replace(/^\W+/, ''));
  for (let module = 0; module < names.length; module++) {
    await modules.getByRole('radio').nth(module).check({ force: true });
    const kinds = form.getByRole('group', { name: 'What to do' });
    for (const [kind, label] of (await kinds.locator('label').allInnerTexts()).entries()) {
      await kinds.getByRole('radio').nth(kind).check({ force: true });
      const id = label
        .replace(/^./, (letter) => letter.toLowerCase())
        .replace(/ (.)/g, (_, letter) => letter.toUpperCase());
      await expect(form.getByText(new RegExp(`^✓ Valid: \\w+\\.${id} `))).toBeVisible();
    }
  }
  return names;
}

test('every kind of transaction has a form that the engine understands', async ({ page, stage }) => {
  await stage.open(START);
  expect(await everyKind(page, stage)).toEqual(['Bank', 'Exchange']);
});

test('the form offers the modules that take part in the chain, every kind of theirs', async ({
  page,
  stage,
}) => {
  await stage.open(`./${packLink(EVERYBODY)}`);
  const names = await everyKind(page, stage);
  expect(names).toHaveLength(EVERYBODY.settings.genesis.modules.length);
  expect(names).toContain('Health records');
});

test('editing the past makes a branch; both futures stay and can be compared', async ({ page, stage }) => {
  await stage.open(START);
  const digest = await stage.digest();
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await stage.button('Previous block').click();
  await expect.poll(() => stage.height()).toBe(1);

  await stage.graph.locator('.tx-node[data-tx="4"]').dispatchEvent('click');
  await stage.inspector.getByRole('button', { name: /^Edit this transaction/ }).click();
  const form = page.getByRole('dialog', { name: 'Edit transaction 4' });
  await expect(form.getByText(/The block is made again with it on a new branch/)).toBeVisible();
  await fill(form, 'Sender', '7');
  await form.getByRole('button', { name: 'Save as a branch' }).click();
  await expect(form.getByText(/^Block 1 was made again with it, on the branch/)).toBeVisible();
  await stage.verified();
  expect(await stage.digest()).not.toBe(digest);
  await expect.poll(async () => (await stage.branches()).length).toBe(2);

  await form.getByRole('button', { name: 'Compare both futures' }).click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  await expect(compare.getByText(/\d+ keys differ\.$|One key differ/)).toBeVisible();
  await expect(compare.getByRole('table')).toBeVisible();
  const rows = await compare.getByRole('rowheader').count();
  expect(rows).toBeGreaterThan(0);
  await compare.getByPlaceholder('Find a key').fill('no key is called so');
  await expect(compare.getByText('No differing key is like that.')).toBeVisible();
  await compare.getByRole('button', { name: 'Close' }).click();

  await test.step('both futures are there', async () => {
    await expect(stage.blocks.getByRole('option', { name: /^block 2,/ })).toHaveCount(2);
    await stage.blocks.getByRole('option', { name: /^block 1, branch main,/ }).click();
    await expect.poll(() => stage.digest()).toBe(digest);
  });
});

test('a past setting can be changed from the comparison', async ({ page, stage }) => {
  await stage.open(START);
  await stage.button('Compare').click();
  const compare = page.getByRole('dialog', { name: 'Compare' });
  const value = compare.getByLabel(/^Value/);
  for (const text of ['', '-1', '101', 'hot', '9'.repeat(300)]) {
    await value.fill(text);
    await compare.getByRole('button', { name: 'Make a branch' }).click();
    await expect(compare.getByText(/^Hot share must be a number from 0 to 100/)).toBeVisible();
  }
  await value.fill('90');
  await compare.getByRole('button', { name: 'Make a branch' }).click();
  await expect(compare.getByText(/keys differ\.$/)).toBeVisible();
  await compare.getByRole('button', { name: 'Close' }).click();
  await expect(stage.entry('Hot share')).toHaveValue('90');
  await stage.verified();
});
