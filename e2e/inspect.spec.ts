import { expect, type Stage, test } from './stage.ts';

/** Everybody at one place, on cores that repeat exactly: this block has aborts. */
const RUSH = './?story=off&cores=virtual:8&hot=90&seed=7';

/** Opens the transaction that was thrown away most often, from the block's list. */
async function openAborted(stage: Stage): Promise<number> {
  const lesson = stage.inspector.getByRole('listitem').filter({ hasText: /^\d+\s*Thrown away/ });
  const tx = Number(await lesson.first().getByRole('button').textContent());
  await lesson.first().getByRole('button').click();
  await expect(
    stage.inspector.getByRole('article', { name: `Transaction ${tx}`, exact: true }),
  ).toBeVisible();
  return tx;
}

test('an aborted transaction says why, and the clock goes there', async ({ page, stage }) => {
  await stage.open(RUSH);
  const tx = await openAborted(stage);

  await test.step('the chain of causes in words', async () => {
    await expect(stage.inspector.getByText(/^It (read|looked for) /).first()).toBeVisible();
    await expect(stage.inspector.getByText(/^Then/).first()).toBeVisible();
    await expect(stage.inspector.getByText(/the run was thrown away\.$/).first()).toBeVisible();
    await stage.inspector
      .getByRole('button', { name: /^Why (did|was) transaction/ })
      .first()
      .click();
    await expect(stage.inspector.getByRole('button', { name: 'Hide', exact: true }).first()).toBeVisible();
  });
  await test.step('showing the abort stops the clock there and ties reader and writer', async () => {
    await stage.button('Play').click();
    await stage.inspector.getByRole('button', { name: 'Show the instant of the abort' }).first().click();
    await expect(stage.button('Play')).toBeVisible();
    const there = await stage.momentUs();
    expect(there).toBeGreaterThan(0);
    await expect(stage.graph.locator(`.tx-node[data-tx="${tx}"]`)).toHaveAttribute(
      'data-emphasis',
      'selected',
    );
    await expect(stage.graph.locator('.tx-node[data-emphasis="writer"]')).toHaveCount(1);
  });
  await test.step('its instants are links to the clock', async () => {
    const before = await stage.momentUs();
    await stage.inspector
      .getByRole('button', { name: /^Move the clock to / })
      .first()
      .click();
    expect(await stage.momentUs()).not.toBe(before);
  });
  await test.step('what it read and wrote, and who it is tied to', async () => {
    await expect(stage.inspector.getByText(/Read \d/).first()).toBeVisible();
    await expect(stage.inspector.getByText(/Wrote \d/).first()).toBeVisible();
    await expect(stage.inspector.getByRole('heading', { name: 'Depends on' })).toBeVisible();
    await expect(stage.inspector.getByRole('heading', { name: 'Depend on it' })).toBeVisible();
  });
  await test.step('a fix of the block runs as a branch beside the original', async () => {
    await page.keyboard.press('Escape');
    await stage.inspector.getByRole('button', { name: /^Split .* in four$/ }).click();
    await stage.idle();
    await stage.verified();
    await expect.poll(async () => (await stage.branches()).length).toBe(2);
  });
});

test('what is selected in the graph is what the inspector tells of, and back', async ({ page, stage }) => {
  await stage.open(RUSH);
  const node = stage.graph.locator('.tx-node[data-tx="17"]');
  await node.dispatchEvent('click');
  await expect(stage.inspector.getByRole('article', { name: 'Transaction 17', exact: true })).toBeVisible();
  await node.focus();
  await page.keyboard.press('ArrowRight');
  await expect(stage.inspector.getByRole('article', { name: 'Transaction 17', exact: true })).toHaveCount(0);
  await expect(stage.inspector.getByRole('article', { name: /^Transaction \d+$/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(stage.inspector.getByRole('article', { name: /^Block 1/ })).toBeVisible();
});

test('walking the timeline by keyboard speaks, selects and finds aborts', async ({ page, stage }) => {
  await stage.open(RUSH);
  const spoken = page.locator('[data-panel="workerTimeline"] [aria-live="polite"]').first();
  await stage.timeline.focus();
  await page.keyboard.press('a');
  await expect(spoken).toHaveText(/abort/i);
  await page.keyboard.press('Enter');
  await expect(stage.inspector.getByRole('article', { name: /^Transaction \d+$/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(stage.inspector.getByRole('article', { name: /^Block 1/ })).toBeVisible();
});

test('a hot key tells who used it', async ({ stage }) => {
  await stage.open(RUSH);
  await stage.graph
    .getByRole('button', { name: /transactions touch .*write it$/ })
    .first()
    .click();
  await expect(stage.inspector.getByText(/of 200 transactions touch it/)).toBeVisible();
  await expect(stage.inspector.getByText('Who used it, in the block’s order')).toBeVisible();
});
