import { expect, test } from './stage.ts';

const START = './?story=off&cores=virtual:8';

test('play, pause and speed', async ({ page, stage }) => {
  await stage.open(START);
  expect(await stage.momentUs()).toBe(0);
  await stage.button('Play').click();
  await expect.poll(() => stage.momentUs()).toBeGreaterThan(0);
  await stage.button('Pause').click();
  const resting = await stage.momentUs();
  // A clock that ran on, or told its moment late, would show it within two frames.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  expect(await stage.momentUs()).toBe(resting);

  const factor = async (): Promise<number> => {
    const text = await page.getByText(/^slow motion ×/).textContent();
    return Number(text?.replace(/[^\d.]/g, ''));
  };
  const before = await factor();
  await stage.button('Slower').click();
  expect(await factor()).toBeGreaterThan(before);
  await stage.button('Faster').click();
  await stage.button('Faster').click();
  expect(await factor()).toBeLessThan(before);
});

test('a block that has played to its end leads into the next', async ({ stage }) => {
  await stage.open(START);
  await stage.moment.focus();
  await stage.moment.press('End');
  await stage.button('Play').click();
  await expect.poll(() => stage.height(), { timeout: 15_000 }).toBe(2);
  await stage.button('Pause').click();
  await stage.verified();
});

test('steps go from one scheduling decision to the next, over the edges of a block', async ({ stage }) => {
  await stage.open(START);
  const times = [await stage.momentUs()];
  for (let i = 0; i < 5; i++) {
    await stage.button('One scheduling step forward').click();
    times.push(await stage.momentUs());
  }
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeGreaterThan(0);
  await stage.button('One scheduling step back').click();
  await expect.poll(() => stage.momentUs()).toBeLessThanOrEqual(times.at(-1)!);

  await stage.moment.press('End');
  await stage.button('One scheduling step forward').click();
  await expect.poll(() => stage.height()).toBe(2);
  expect(await stage.momentUs()).toBe(0);
  await stage.button('One scheduling step back').click();
  await expect.poll(() => stage.height()).toBe(1);
  await expect.poll(() => stage.momentUs()).toBe(await stage.durationUs());
});

test('blocks: next, previous, and any of the history', async ({ page, stage }) => {
  await stage.open(START);
  const first = await stage.digest();
  for (const height of [2, 3]) {
    await stage.button('Next block').click();
    await expect.poll(() => stage.height()).toBe(height);
  }
  await stage.button('Previous block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await stage.blocks.getByRole('option', { name: /^block 1,/ }).click();
  await expect.poll(() => stage.height()).toBe(1);
  expect(await stage.digest()).toBe(first);
  await stage.blocks.press('ArrowRight');
  await expect.poll(() => stage.height()).toBe(2);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => stage.height()).toBe(3);
  await expect(stage.blocks.getByRole('option', { selected: true })).toHaveText('3');
});

test('dragging along the block moves the one clock', async ({ page, stage }) => {
  await stage.open(START);
  const box = await stage.moment.boundingBox();
  if (box === null) throw new Error('the moment bar has no box');
  const durationUs = await stage.durationUs();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width / 4, y);
  await page.mouse.down();
  await expect.poll(() => stage.momentUs()).toBeCloseTo(durationUs / 4, -2);
  await page.mouse.move(box.x + (box.width * 3) / 4, y, { steps: 5 });
  await expect.poll(() => stage.momentUs()).toBeCloseTo((durationUs * 3) / 4, -2);
  await page.mouse.move(box.x + box.width + 500, y);
  await page.mouse.up();
  await expect.poll(() => stage.momentUs()).toBe(durationUs);
});

test('the keys of the help do what it says', async ({ page, stage }) => {
  await stage.open(START);
  await page.keyboard.press('Space');
  await expect(stage.button('Pause')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(stage.button('Play')).toBeVisible();
  const before = await stage.momentUs();
  for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(() => stage.momentUs()).toBeGreaterThan(before);
  const there = await stage.momentUs();
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => stage.momentUs()).toBeLessThan(there);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => stage.height()).toBe(2);
  await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => stage.height()).toBe(1);

  const speed = page.getByText(/^slow motion ×/);
  const was = (await speed.textContent()) ?? '';
  await page.keyboard.press('-');
  await expect(speed).not.toHaveText(was);
  await page.keyboard.press('+');
  await expect(speed).toHaveText(was);

  await page.keyboard.press('4');
  await expect(page.getByRole('region', { name: 'Pool', exact: true })).toBeVisible();
  await page.keyboard.press('4');
  await expect(page.getByRole('region', { name: 'Pool', exact: true })).toHaveCount(0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type a command').fill('hot share 55');
  await page.keyboard.press('Enter');
  await stage.idle();
  await expect(stage.entry('Hot share')).toHaveValue('55');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type a command').fill('transaction 12');
  await page.keyboard.press('Enter');
  await expect(stage.inspector.getByRole('article', { name: 'Transaction 12' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(stage.inspector.getByRole('article', { name: /^Block/ })).toBeVisible();
});
