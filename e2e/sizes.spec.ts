import { expect, test } from './stage.ts';

/** Sizes of a phone, a tablet upright, a small laptop, a laptop. */
const SIZES = [
  [390, 844],
  [820, 1180],
  [1040, 760],
  [1440, 900],
] as const;

for (const [width, height] of SIZES) {
  test(`at ${width} × ${height} the stage takes the room there is, and nothing is wider than the page`, async ({
    page,
    stage,
  }) => {
    await page.setViewportSize({ width, height });
    await stage.open('./?story=off&cores=virtual:2');
    const panel = await page.locator('[data-panel="workerTimeline"]').boundingBox();
    const canvas = await stage.timeline.boundingBox();
    const end = await page.locator('section[aria-label="Blocks"]').boundingBox();
    if (panel === null || canvas === null || end === null) throw new Error('something is not drawn');
    const below =
      width < 1024 ? end.y - (panel.y + panel.height) : canvas.y + canvas.height - (panel.y + panel.height);
    expect(below).toBeLessThanOrEqual(1);
    for (const large of [false, true]) {
      if (large) await stage.button('Large type').click();
      const wider = await page.evaluate(
        () => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth,
      );
      expect(wider).toBeLessThanOrEqual(0);
    }
  });
}
