import type { Page } from '@playwright/test';
import { expect, type Stage, test } from './stage.ts';

const START = './?story=off&cores=virtual:8';

/** Presses one option of a knob with a few. */
async function choose(page: Page, stage: Stage, knob: string, option: string): Promise<void> {
  await page
    .getByRole('radiogroup', { name: knob, exact: true })
    .getByRole('radio', { name: option, exact: true })
    .click({ force: true });
  await stage.idle();
}

test('traffic knobs make the block again on a branch, with the run before behind it', async ({
  page,
  stage,
}) => {
  await stage.open(START);
  const turns = [
    ['Hot share', '90', /^hot share 0 %/],
    ['Swaps', '30', /^swaps 80 %/],
    ['Block size', '120', /^200 transactions a block/],
    ['Work each', '5', /^work \d+ rounds/],
  ] as const;
  const digests = new Set([await stage.digest()]);
  for (const [label, value, ghost] of turns) {
    await test.step(label, async () => {
      await stage.turn(label, value);
      await stage.verified();
      digests.add(await stage.digest());
      expect(await stage.ghost()).not.toBeNull();
      await expect(stage.graph.getByTitle(ghost)).toBeAttached();
      await expect(stage.inspector.getByText(/^was /).first()).toBeVisible();
      expect(await stage.height()).toBe(1);
    });
  }
  expect(digests.size).toBe(turns.length + 1);
  expect(await stage.branches()).toContain('main');
  expect((await stage.branches()).length).toBeGreaterThan(1);
  await page.getByRole('slider', { name: 'Hot share' }).focus();
  await page.keyboard.press('End');
  await stage.idle();
  await expect(stage.entry('Hot share')).toHaveValue('100');
});

test('executor knobs run the same block again: the digest stays', async ({ page, stage }) => {
  await stage.open(START);
  const digest = await stage.digest();
  const same = async (ghost: RegExp): Promise<void> => {
    await stage.verified();
    expect(await stage.digest()).toBe(digest);
    await expect(stage.graph.getByTitle(ghost)).toBeAttached();
    expect(await stage.branches()).toEqual(['main']);
  };
  await stage.turn('How many', '64');
  await same(/^8 virtual cores/);
  await stage.turn('Schedule seed', '4294967295');
  await same(/^schedule 1/);
  await choose(page, stage, 'Conflicts by', 'account');
  await same(/^conflicts by slot/);
  await choose(page, stage, 'Fee recipient', 'tracked');
  await same(/^fee recipient exempt/);
  await expect(stage.graph.getByRole('img', { name: /^Critical path: 200 of 200/ })).toBeVisible();
  await choose(page, stage, 'Executor', 'Sequential');
  await same(/^executor Block-STM/);
  await expect(stage.entry('How many')).toBeDisabled();
  await choose(page, stage, 'Executor', 'Block-STM');
  await choose(page, stage, 'Cores', 'real');
  await same(/virtual cores/);
});

test('genesis knobs start a new chain', async ({ page, stage }) => {
  await stage.open(START);
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await page.getByText('Genesis', { exact: true }).click();
  const digests = new Set<string>();
  const turns = [
    ['Seed', '8'],
    ['Accounts', '20'],
    ['Assets', '2'],
    ['Pools', '1'],
  ] as const;
  for (const [label, value] of turns) {
    await test.step(label, async () => {
      await stage.turn(label, value);
      await stage.verified();
      expect(await stage.height()).toBe(1);
      expect(await stage.branches()).toEqual(['main']);
      digests.add(await stage.digest());
    });
  }
  await choose(page, stage, 'Bank keeps balances', 'by lane');
  await stage.verified();
  digests.add(await stage.digest());
  expect(digests.size).toBe(turns.length + 1);
});

test('nonsense in a knob is answered by its name, and changes nothing', async ({ page, stage }) => {
  await stage.open(START);
  await page.getByText('Genesis', { exact: true }).click();
  const digest = await stage.digest();
  const nonsense = [
    ['-1', 'knob/too_small'],
    ['2.23456', 'knob/not_whole'],
    ['1e9', 'knob/not_a_number'],
    ['99999999999', 'knob/too_big'],
    ['many', 'knob/not_a_number'],
    ['', 'knob/empty'],
    ['9'.repeat(300), 'knob/too_big'],
    ['0x10', 'knob/not_a_number'],
    ['<b>1</b>', 'knob/not_a_number'],
  ] as const;
  const labels = ['Hot share', 'Swaps', 'Block size', 'Work each', 'How many', 'Schedule seed'];
  for (const label of [...labels, 'Seed', 'Accounts', 'Assets', 'Pools']) {
    await test.step(label, async () => {
      const entry = stage.entry(label);
      const before = await entry.inputValue();
      const said = page.getByRole('alert');
      // The first knob gets it all, the others what may go wrong with each of them.
      for (const [text, code] of label === labels[0] ? nonsense : nonsense.slice(0, 4)) {
        await entry.fill(text);
        await entry.press('Enter');
        await expect(entry).toHaveAttribute('aria-invalid', 'true');
        await expect(said).toHaveAttribute('data-code', code);
        await expect(said).not.toBeEmpty();
        await entry.press('Escape');
        await expect(entry).toHaveValue(before);
        await expect(said).toHaveCount(0);
      }
    });
  }
  expect(await stage.digest()).toBe(digest);
  await expect(stage.toasts).toBeEmpty();
});

test('nonsense in the address is said, and the defaults hold', async ({ page, stage }) => {
  await stage.open('./?story=off&cores=quantum:9&hot=1e9&seed=-4&transactions=many');
  await expect(stage.toasts.getByText('address/bad_value')).toHaveCount(3);
  await page.goto('./?story=off&cores=quantum:9&transactions=4000000000');
  await stage.verified();
  await expect(stage.toasts.getByText('address/bad_cores')).toBeVisible();
  await expect(stage.entry('Block size')).toHaveValue('200');
});
