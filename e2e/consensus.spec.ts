import type { Locator, Page } from '@playwright/test';
import { expect, type Stage, test } from './stage.ts';

/** The page with the consensus panel alone on stage. */
async function open(page: Page, stage: Stage): Promise<Locator> {
  await page.addInitScript((view) => localStorage.setItem('switchyard.view', JSON.stringify(view)), {
    theme: 'system',
    panels: ['consensus'],
    knobsShown: false,
    inspectorShown: false,
  });
  await stage.open('./?story=off&cores=virtual:2');
  const panel = page.locator('[data-panel="consensus"]');
  await expect(panel.getByRole('application')).toHaveCount(2);
  return panel;
}

/** Virtual time, µs. */
async function momentUs(panel: Locator): Promise<number> {
  const slider = panel.getByRole('slider', { name: 'Moment in virtual time' });
  return Number(await slider.getAttribute('aria-valuenow'));
}

/** Types a value into a knob of the panel. */
async function knob(panel: Locator, label: string, value: string): Promise<void> {
  const entry = panel.getByRole('textbox', { name: label, exact: true });
  await entry.fill(value);
  await entry.press('Enter');
}

test('a network of four runs, plays, steps and goes back', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await panel.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => momentUs(panel)).toBeGreaterThan(20_000);
  await panel.getByRole('button', { name: 'Pause', exact: true }).click();
  const clock = panel.getByTestId('consensus-clock');
  await panel.getByRole('button', { name: 'One event on' }).click();
  const there = (await clock.textContent()) ?? '';
  const event = Number(/event (\d+)/.exec(there)?.[1]);
  await panel.getByRole('button', { name: 'One event on' }).click();
  await expect(clock).toContainText(`event ${event + 1}`);
  await panel.getByRole('button', { name: 'One event back' }).click();
  await expect(clock).toHaveText(there);
});

test('the leader is killed: a branch, in which another leads the next round', async ({ page, stage }) => {
  const panel = await open(page, stage);
  const ring = panel.getByRole('application', { name: /^Ring of 4 replicas/ });
  await ring.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^Kill it/ }).click();
  await expect(panel.getByRole('region', { name: /R0 killed/ })).toBeVisible();
});

test('frames while a hundred replicas have ten thousand messages under way', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await panel.getByRole('tab', { name: 'Knobs' }).click();
  await panel.getByText('constant', { exact: true }).click();
  await knob(panel, 'Replicas', '100');
  await expect(panel.getByRole('application', { name: /^Ring of 100 replicas/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Play', exact: true }).click();
  const { frames, most } = await page.evaluate(
    () =>
      new Promise<{ frames: number[]; most: number }>((resolve) => {
        const ring = document.querySelector<HTMLCanvasElement>('canvas[data-flying]');
        const frames: number[] = [];
        let most = 0;
        let last = performance.now();
        const began = last;
        const tick = (now: number): void => {
          frames.push(now - last);
          last = now;
          most = Math.max(most, Number(ring?.dataset.flying));
          if (now - began < 8000) requestAnimationFrame(tick);
          else resolve({ frames: frames.slice(1), most });
        };
        requestAnimationFrame(tick);
      }),
  );
  const sorted = frames.toSorted((a, b) => a - b);
  const inTime = frames.filter((ms) => ms < 17.2).length / frames.length;
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  console.log(
    `${frames.length} frames, ${most} messages under way: ${(inTime * 100).toFixed(1)} % in time, 95 % within ${p95.toFixed(1)} ms`,
  );
  expect(most).toBeGreaterThan(9000);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(50);
});
