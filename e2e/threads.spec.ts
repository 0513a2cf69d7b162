import { ENGINE, EXECUTOR, expect, test } from './stage.ts';

test('two real cores are two threads that both did some of the work', async ({ page, stage }) => {
  await stage.open('./?story=off&cores=real:2');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect(stage.clock).toHaveText(/^measured on 2 threads, .* clock$/);
  await expect(stage.timeline).toHaveAccessibleName(/^Worker timeline: 2 workers, .* of measured time\.$/);

  await test.step('the browser runs an engine and two executors', async () => {
    const urls = page.workers().map((worker) => worker.url());
    expect(urls.filter((url) => ENGINE.test(url))).toHaveLength(1);
    expect(urls.filter((url) => EXECUTOR.test(url)).length).toBeGreaterThanOrEqual(2);
    const engine = page.workers().find((worker) => ENGINE.test(worker.url()));
    expect(await engine?.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
  });

  await test.step('the record has work of both', async () => {
    const seen = new Set<string>();
    await stage.timeline.focus();
    await page.keyboard.press('Home');
    const spoken = page.locator('[data-panel="workerTimeline"] [aria-live="polite"]').first();
    for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'ArrowRight']) {
      await page.keyboard.press(key);
      const worker = /worker \d+/i.exec((await spoken.textContent()) ?? '')?.[0];
      if (worker !== undefined) seen.add(worker.toLowerCase());
    }
    expect([...seen].sort()).toEqual(['worker 1', 'worker 2']);
  });
});

test('virtual cores say that their time is virtual', async ({ stage }) => {
  await stage.open('./?story=off&cores=virtual:16');
  await expect(stage.clock).toHaveText('virtual time, 16 virtual cores');
  await expect(stage.timeline).toHaveAccessibleName(/^Worker timeline: 16 workers, .* of virtual time\.$/);
});

test('threads, virtual cores, module lanes and one after another give the same digest', async ({
  page,
  stage,
}) => {
  await stage.open('./?story=off&cores=real:2');
  const digest = await stage.digest();
  for (const choice of ['virtual', 'Lanes', 'real', 'Sequential', 'Block-STM']) {
    await page.getByRole('radio', { name: choice, exact: true }).click({ force: true });
    await stage.idle();
    await stage.verified();
    expect(await stage.digest()).toBe(digest);
  }
});
