import { expect, test } from './stage.ts';

/** What a person feels as at once; a machine that is busy elsewhere gets some grace. */
const AT_ONCE_MS = 200;
const GRACE = 3;

test('a block of 5,000 transactions can be played, walked and searched', async ({ page, stage }) => {
  await stage.open('./?story=off&cores=virtual:8&transactions=5000');
  await expect(stage.graph.locator('.tx-node')).toHaveCount(0);
  const graph = stage.graph.getByRole('application', { name: /5000|5[ ,  ]?000/ });
  await expect(graph).toBeVisible();

  /** From a key or a press to the second frame after it: what has changed has been painted by then. */
  const times: Record<string, number> = {};
  const timed = async (name: string, action: () => Promise<void>): Promise<void> => {
    await page.evaluate(() => {
      const begin = (event: Event): void => {
        removeEventListener('keydown', begin, true);
        removeEventListener('pointerdown', begin, true);
        removeEventListener('wheel', begin, true);
        const from = event.timeStamp;
        requestAnimationFrame(() =>
          requestAnimationFrame((now) => {
            document.documentElement.dataset.tookMs = String(now - from);
          }),
        );
      };
      delete document.documentElement.dataset.tookMs;
      for (const type of ['keydown', 'pointerdown', 'wheel']) addEventListener(type, begin, true);
    });
    await action();
    const took = page.locator('html[data-took-ms]');
    await expect(took).toBeAttached();
    times[name] = Number(await took.getAttribute('data-took-ms'));
  };

  await graph.focus();
  await timed('walk the graph', () => page.keyboard.press('ArrowRight'));
  await timed('last transaction', () => page.keyboard.press('End'));
  await expect(stage.inspector.getByRole('article', { name: 'Transaction 4999', exact: true })).toBeVisible();
  const box = await stage.timeline.boundingBox();
  if (box === null) throw new Error('the timeline has no box');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await timed('zoom the timeline', () => page.mouse.wheel(0, -600));
  await stage.timeline.focus();
  await timed('walk the timeline', () => page.keyboard.press('ArrowRight'));
  await stage.moment.focus();
  await timed('scrub', () => page.keyboard.press('PageDown'));
  await timed('next abort', async () => {
    await stage.timeline.focus();
    await page.keyboard.press('a');
  });
  for (const [name, ms] of Object.entries(times))
    console.log(`5,000 transactions: ${name} ${ms.toFixed(0)} ms`);
  expect(Math.max(...Object.values(times))).toBeLessThan(AT_ONCE_MS * GRACE);
  await stage.verified();
});

test('frames while blocks of 200 transactions play', async ({ page, stage }) => {
  await stage.open('./?story=off&cores=virtual:8&hot=50');
  await stage.button('Play').click();
  const frames = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const deltas: number[] = [];
        let last = performance.now();
        const began = last;
        const tick = (now: number): void => {
          deltas.push(now - last);
          last = now;
          if (now - began < 4500) requestAnimationFrame(tick);
          else resolve(deltas.slice(1));
        };
        requestAnimationFrame(tick);
      }),
  );
  const sorted = frames.toSorted((a, b) => a - b);
  // A frame that came in time measures a little more or less than its 16.7 ms.
  const inTime = frames.filter((ms) => ms < 17.2).length / frames.length;
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  console.log(
    `${frames.length} frames: ${(inTime * 100).toFixed(1)} % in time, 95 % within ${p95.toFixed(1)} ms`,
  );
  expect(frames.length).toBeGreaterThan(30);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(50);
});
