import { expect, test } from './stage.ts';

/** A promise of the page is 1.5 s; a machine that builds something else meanwhile gets some grace. */
const FIRST_BLOCK_MS = 6000;

test('the first block is there at once, and equals the oracle', async ({ page, stage }) => {
  await stage.open('./');
  const firstBlockMs = await page.evaluate(
    () => performance.getEntriesByName('switchyard:first-block')[0]?.startTime ?? -1,
  );
  console.log(`first block after ${firstBlockMs.toFixed(0)} ms`);
  expect(firstBlockMs).toBeGreaterThan(0);
  expect(firstBlockMs).toBeLessThan(FIRST_BLOCK_MS);
  await expect(stage.timeline).toBeVisible();
  await expect(stage.graph.locator('.tx-node').first()).toBeVisible();
});

test('the story tells itself from what was recorded, and hands over the hot share', async ({
  page,
  stage,
}) => {
  test.setTimeout(120_000);
  await stage.open('./');
  await test.step('the calm block: its mix adds up', async () => {
    await expect(stage.caption).toHaveText(/is about to execute one block/);
    const [payments, swaps] = numbers(await stage.caption.textContent(), /(\d+) payments and (\d+) swaps/);
    const total = Number(await stage.entry('Block size').inputValue());
    expect(payments! + swaps!).toBe(total);
    await expect(stage.caption).toHaveText(/^Done in /, { timeout: 20_000 });
    expect(await stage.momentUs()).toBe(await stage.durationUs());
  });
  await test.step('the rush: the hottest key of the graph', async () => {
    await expect(stage.caption).toHaveText(/^Now a rush/, { timeout: 20_000 });
    const [count, all] = numbers(await stage.caption.textContent(), /(\d+) of (\d+) transactions/);
    const hot = stage.graph.getByRole('button', { name: new RegExp(`^${count} transactions touch `) });
    await expect(hot.first()).toBeVisible();
    expect(all).toBe(Number(await stage.entry('Block size').inputValue()));
  });
  await test.step('the abort: selected, and told with the run’s count', async () => {
    await expect(stage.caption).toHaveText(/ran too early|had to be thrown away|ran too early this time/, {
      timeout: 20_000,
    });
    const caption = (await stage.caption.textContent()) ?? '';
    const reader = /^Transaction (\d+) ran too early/.exec(caption)?.[1];
    if (reader !== undefined) {
      await expect(stage.inspector.getByRole('article', { name: `Transaction ${reader}` })).toBeVisible();
      const aborts = /happened (\d+) times/.exec(caption)?.[1] ?? '1';
      await expect(stage.timeline).toHaveAccessibleName(new RegExp(`, ${aborts} aborts?, `));
    }
  });
  await test.step('the chain: the graph’s own critical path', async () => {
    await expect(stage.caption).toHaveText(/^Each of them needs/, { timeout: 20_000 });
    const [path, all] = numbers(await stage.caption.textContent(), /now (\d+) of (\d+)/);
    await expect(stage.graph.getByRole('img', { name: /^Critical path/ })).toHaveAccessibleName(
      new RegExp(`^Critical path: ${path} of ${all} transactions`),
    );
  });
  await test.step('the split, and what it did', async () => {
    await expect(stage.caption).toHaveText(/^One pool, one queue/, { timeout: 20_000 });
    await expect(stage.caption).toHaveText(/^The longest chain (fell|is still)/, { timeout: 20_000 });
    const fell = /from (\d+) to (\d+)/.exec((await stage.caption.textContent()) ?? '');
    expect(fell).not.toBeNull();
    await expect(stage.graph.getByRole('img', { name: /^Critical path/ })).toHaveAccessibleName(
      new RegExp(`^Critical path: ${fell?.[2]} of \\d+ transactions; before, ${fell?.[1]} of`),
    );
  });
  await test.step('the hot share is the viewer’s', async () => {
    await expect(stage.caption).toHaveText(/^Your turn/, { timeout: 20_000 });
    await expect(page.getByText('Your turn: drag it')).toBeVisible();
    const slider = page.getByRole('slider', { name: 'Hot share' });
    await slider.focus();
    await page.keyboard.press('Home');
    await stage.idle();
    await expect(page.getByText('Your turn: drag it')).toHaveCount(0);
    await expect(stage.entry('Hot share')).toHaveValue('0');
    await stage.verified();
  });
});

test('a hand on the stage stops the story, and it can be resumed and replayed', async ({ stage }) => {
  await stage.open('./?cores=virtual:8');
  await stage.button('Skip').click();
  await expect(stage.button('Skip')).toHaveCount(0);
  await expect(stage.caption).toHaveText(/^200 transactions on 8 virtual cores/);
  await stage.button('Resume the story').click();
  await expect(stage.button('Skip')).toBeVisible();
  await stage.button('Next block').click();
  await expect(stage.button('Resume the story')).toBeVisible();
  await expect.poll(() => stage.height()).toBe(2);
  await stage.button('Replay the story').click();
  await expect(stage.caption).toHaveText(/is about to execute one block/);
  await expect.poll(() => stage.height()).toBe(1);
});

test.describe('with reduced motion', () => {
  test.use({ reducedMotion: 'reduce' });

  test('the story rests on each block’s end, and nothing moves by itself', async ({ page, stage }) => {
    await stage.open('./?cores=virtual:8');
    await expect(stage.caption).toHaveText(/^Done in /, { timeout: 20_000 });
    expect(await stage.momentUs()).toBe(await stage.durationUs());
    await expect(stage.button('Play')).toBeVisible();
    const moving = await page.evaluate(
      () => document.getAnimations().filter((animation) => animation.playState === 'running').length,
    );
    expect(moving).toBe(0);
    await expect(stage.caption).toHaveText(/^Now a rush/, { timeout: 20_000 });
  });
});

function numbers(text: string | null, pattern: RegExp): readonly number[] {
  const found = pattern.exec(text ?? '');
  if (found === null) throw new Error(`“${text}” does not say ${pattern}`);
  return found.slice(1).map(Number);
}
