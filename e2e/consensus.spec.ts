import type { Locator, Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
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

const sliderOf = (panel: Locator): Locator => panel.getByRole('slider', { name: 'Moment in virtual time' });

/** Virtual time, µs. */
async function momentUs(panel: Locator): Promise<number> {
  return Number(await sliderOf(panel).getAttribute('aria-valuenow'));
}

/** Goes to so many tenths of what is known. */
async function rest(panel: Locator, tenths: number): Promise<void> {
  await sliderOf(panel).press('Home');
  for (let i = 0; i < tenths; i++) await sliderOf(panel).press('PageDown');
}

/** Types a value into a knob of the panel. */
async function knob(panel: Locator, label: string, value: string): Promise<void> {
  const entry = panel.getByRole('textbox', { name: label, exact: true });
  await entry.fill(value);
  await entry.press('Enter');
}

async function figure(scope: Locator, name: string): Promise<number> {
  const text = await scope.locator(`[data-figure="${name}"]`).first().textContent();
  return Number.parseFloat((text ?? '').replace(/\s(?=\d)/g, ''));
}

const runs = (panel: Locator): Locator => panel.locator('[data-run]');
const ringOf = (panel: Locator): Locator => panel.getByRole('application', { name: /^Ring of/ }).last();
const tab = (panel: Locator, name: string): Locator =>
  panel.getByRole('tab', { name: new RegExp(`^${name}`) });
const branches = (panel: Locator): Locator =>
  panel.getByRole('list', { name: 'Branches' }).getByRole('listitem');

/** Does something to a replica by its menu, by keyboard. */
async function act(page: Page, panel: Locator, node: number, ...names: readonly RegExp[]): Promise<void> {
  await ringOf(panel).focus();
  for (let i = 0; i < node; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  for (const name of names) await page.getByRole('menu').getByText(name).first().click();
  await expect(page.getByRole('menu')).toHaveCount(0);
}

test('a network of four runs, plays, steps and goes back', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await expect(panel.getByText(/^One leader proposes a block, everybody votes twice\./)).toBeVisible();
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
  await rest(panel, 8);
  await expect.poll(() => figure(panel, 'decided')).toBeGreaterThan(1);
  // (n − 1)(2n + 1) messages for a decision, some of the next one already among them.
  expect(await figure(panel, 'messages')).toBeGreaterThanOrEqual(27);
  await rest(panel, 0);
  await expect.poll(() => figure(panel, 'decided')).toBe(0);
});

test('the leader is killed: a branch, in which the others go on in another round', async ({
  page,
  stage,
}) => {
  const panel = await open(page, stage);
  await act(page, panel, 0, /^Kill it$/);
  await expect(panel.getByRole('region', { name: /R0 killed/ })).toBeVisible();
  await tab(panel, 'Branches').click();
  await expect(branches(panel)).toHaveCount(2);
  // Nobody proposes: after the timeout round 1 begins, with the next leader.
  await rest(panel, 10);
  await expect.poll(() => figure(panel, 'decided'), { timeout: 20_000 }).toBe(0);
  await panel.getByRole('button', { name: 'Faster' }).click({ clickCount: 3 });
  await panel.getByRole('button', { name: 'Play', exact: true }).click();
  // Further than the run without it was ever run, which has three heights.
  await expect.poll(() => figure(panel, 'decided'), { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
  await panel.getByRole('button', { name: 'Pause', exact: true }).click();
  await ringOf(panel).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('heading', { name: 'Replica 1' })).toBeVisible();

  // Beside what would have come without it.
  await tab(panel, 'Branches').click();
  await panel.getByRole('button', { name: 'Compare with: Tendermint, left alone' }).click();
  await expect(runs(panel)).toHaveCount(2);
  const [alone, killed] = [runs(panel).nth(0), runs(panel).nth(1)];
  await expect.poll(() => figure(alone, 'decided')).toBeGreaterThan(await figure(killed, 'decided'));
});

test('a line through the ring cuts the network; it is healed by the keyboard', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await rest(panel, 3);
  const box = await ringOf(panel).boundingBox();
  if (box === null) throw new Error('the ring has no box');
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(x + 2, box.y + box.height - 8, { steps: 6 });
  await page.mouse.up();
  await expect(panel.getByRole('region', { name: /Cut 1 2 \| 0 3|Cut 0 3 \| 1 2/ })).toBeVisible();
  // Two against two: nobody has a quorum, and nothing is decided any more.
  await rest(panel, 10);
  const decided = await figure(panel, 'decided');
  await panel.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => momentUs(panel), { timeout: 20_000 }).toBeGreaterThan(700_000);
  await panel.getByRole('button', { name: 'Pause', exact: true }).click();
  expect(await figure(panel, 'decided')).toBe(decided);

  await tab(panel, 'Cut').click();
  await panel.getByRole('button', { name: 'Heal it' }).press('Enter');
  await expect(panel.getByRole('region', { name: /Network healed/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Faster' }).click({ clickCount: 3 });
  await panel.getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => figure(panel, 'decided'), { timeout: 30_000 }).toBeGreaterThan(decided);
});

test('a liar is outvoted, proven and named', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await act(page, panel, 2, /^Make it lie/, /^Two votes$/);
  await expect(panel.getByRole('region', { name: /R2 lies: two votes/ })).toBeVisible();
  await tab(panel, 'Proof').click();
  const proofs = panel.getByRole('list', { name: 'Who lied' }).getByRole('listitem');
  await expect(proofs.first()).toContainText(
    /Replica 2 signed two prevotes in round \d+ of height \d+: block/,
  );
  await expect(panel.getByRole('list', { name: 'What broke' })).toHaveCount(0);
  await proofs.first().getByRole('button').click();
  expect(await momentUs(panel)).toBeGreaterThan(0);
});

test('a wrong digest is named, and the others decide all the same', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await act(page, panel, 3, /^Make it lie/, /^Wrong digest$/);
  await tab(panel, 'Proof').click();
  const proofs = panel.getByRole('list', { name: 'Who lied' }).getByRole('listitem');
  await expect(proofs.first()).toContainText(
    /^\d.*Replica 3 signed a \w+ with a digest that executing block \d+/,
  );
  await rest(panel, 10);
  await expect.poll(() => figure(panel, 'decided')).toBeGreaterThan(1);
});

test('back before a branch began, something else makes another one', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await rest(panel, 6);
  await act(page, panel, 1, /^Kill it$/);
  await rest(panel, 2);
  const before = await panel.getByTestId('consensus-clock').textContent();
  await act(page, panel, 3, /^Slow it down tenfold$/);
  await expect(panel.getByRole('region', { name: /R3 ×10 slower/ })).toBeVisible();
  await expect(panel.getByTestId('consensus-clock')).toHaveText(before ?? '');
  await tab(panel, 'Branches').click();
  await expect(branches(panel)).toHaveCount(3);
  // The second one knows nothing of the first, and both futures stay.
  await branches(panel).filter({ hasText: 'R1 killed' }).getByRole('button').first().click();
  await expect(panel.getByRole('region', { name: /R1 killed/ })).toBeVisible();
  await panel.getByRole('button', { name: /^Forget: R3/ }).click();
  await expect(branches(panel)).toHaveCount(2);
});

test('one message is dropped, delayed by dragging its arrow, or comes first', async ({ page, stage }) => {
  const panel = await open(page, stage);
  const diagram = panel.getByRole('application', { name: /^Space–time diagram/ });
  await diagram.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByText(/^proposal for block 1, height 1, round 0: R0 to R1\./).first()).toBeVisible();
  // Why: back to the step in which it was sent, each a link.
  await expect(panel.getByRole('listitem').filter({ hasText: 'R0 has executed block 1' })).toBeVisible();
  await panel.getByRole('button', { name: 'Drop it' }).click();
  await expect(panel.getByRole('region', { name: /Message \d+ dropped/ })).toBeVisible();

  // In the branch that was left alone, the end of the same arrow is moved.
  await tab(panel, 'Branches').click();
  await branches(panel).first().getByRole('button').first().click();
  await rest(panel, 1);
  const box = await diagram.boundingBox();
  if (box === null) throw new Error('the diagram has no box');
  // The first row's arrow to the second: found by where the cursor says that an end can be moved.
  const y = box.y + 22 + (box.height - 26) * 0.375;
  let found = -1;
  for (let x = box.x + 60; x < box.x + box.width && found < 0; x += 3) {
    await page.mouse.move(x, y);
    if ((await diagram.evaluate((element) => element.style.cursor)) === 'ew-resize') found = x;
  }
  expect(found).toBeGreaterThan(0);
  await page.mouse.move(found + 3, y);
  await page.mouse.down();
  await page.mouse.move(found + 90, y, { steps: 5 });
  await page.mouse.up();
  await expect(panel.getByRole('region', { name: /Message \d+ delayed by/ })).toBeVisible();

  await tab(panel, 'Next').click();
  const steps = panel.getByRole('tabpanel').getByRole('listitem');
  await expect(steps.nth(2)).toBeVisible();
  const wanted = await steps.nth(2).textContent();
  await steps.nth(2).getByRole('button').click();
  await expect(panel.getByRole('region', { name: /Event \d+ first/ })).toBeVisible();
  const words = (wanted ?? '').replace(/[\d.]+ [mµ]?s$/, '');
  await expect(steps.first()).toContainText(words);
});

test('two protocols side by side: one clock, and what is done to one is done to both', async ({
  page,
  stage,
}) => {
  const panel = await open(page, stage);
  await panel.getByLabel('Side by side with').selectOption('nakamoto');
  await expect(runs(panel)).toHaveCount(2);
  await rest(panel, 9);
  const [bft, chain] = [runs(panel).nth(0), runs(panel).nth(1)];
  await expect.poll(() => figure(bft, 'decided')).toBeGreaterThan(5);
  await expect.poll(() => figure(chain, 'decided')).toBeGreaterThan(0);
  const seconds = async (run: Locator): Promise<number> => {
    const text = (await run.locator('[data-figure="finality"]').textContent()) ?? '';
    return Number.parseFloat(text) * (text.endsWith('ms') ? 0.001 : 1);
  };
  expect(await seconds(chain)).toBeGreaterThan(5 * (await seconds(bft)));
  await rest(panel, 2);
  await bft.getByRole('application', { name: /^Ring of/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: /^Kill it/ }).click();
  await expect(panel.getByRole('region', { name: /^Tendermint · R1 killed/ })).toBeVisible();
  await expect(panel.getByRole('region', { name: /^Nakamoto.* · R1 killed/ })).toBeVisible();
});

test('knobs run it anew; what makes no sense is answered', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await tab(panel, 'Knobs').click();
  await knob(panel, 'Replicas', '7');
  await expect(panel.getByRole('application', { name: /^Ring of 7 replicas/ })).toBeVisible();
  await knob(panel, 'Replicas', '0');
  await expect(panel.getByRole('alert')).toBeVisible();
  await expect(panel.getByRole('application', { name: /^Ring of 7 replicas/ })).toBeVisible();
  await panel.getByRole('textbox', { name: 'Replicas', exact: true }).press('Escape');
  await panel.getByText('gossip', { exact: true }).click();
  await expect(panel.getByRole('textbox', { name: 'Peers', exact: true })).toHaveValue('3');
  await panel.getByLabel('Protocol').selectOption('nakamoto');
  await expect(panel.getByText(/^Everybody draws lots/)).toBeVisible();
  await expect(panel.getByRole('textbox', { name: 'Confirmations' })).toHaveValue('6');
});

for (const [width, height] of [
  [390, 844],
  [820, 1180],
] as const) {
  test(`at ${width} × ${height} everything can be reached, and nothing is wider than the page`, async ({
    page,
    stage,
  }) => {
    await page.setViewportSize({ width, height });
    await stage.open('./?story=off&cores=virtual:2');
    await page.getByRole('tab', { name: 'Consensus' }).click();
    const panel = page.locator('[data-panel="consensus"]');
    await expect(panel.getByRole('application')).toHaveCount(2);
    await act(page, panel, 1, /^Kill it$/);
    await tab(panel, 'Branches').click();
    await branches(panel).first().getByRole('button').first().click();
    await expect(panel.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    const wider = await page.evaluate(
      () => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth,
    );
    expect(wider).toBeLessThanOrEqual(0);
  });
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('the panel, its tabs and its menu can be read by everybody', async ({ page, stage }) => {
      const panel = await open(page, stage);
      await act(page, panel, 2, /^Make it lie/, /^Two votes$/);
      await rest(panel, 7);
      const found: string[] = [];
      for (const name of ['Why', 'Next', 'Cut', 'Branches', 'Proof', 'Knobs']) {
        await tab(panel, name).click();
        const { violations } = await new AxeBuilder({ page }).include('[data-panel="consensus"]').analyze();
        found.push(...violations.map(({ id, nodes }) => `${name} ${id}: ${nodes[0]?.html}`));
      }
      await ringOf(panel).focus();
      await page.keyboard.press('Enter');
      const { violations } = await new AxeBuilder({ page }).include('[role="menu"]').analyze();
      found.push(...violations.map(({ id, nodes }) => `menu ${id}: ${nodes[0]?.html}`));
      expect(found).toEqual([]);
    });
  });
}

test('frames while a hundred replicas have ten thousand messages under way', async ({ page, stage }) => {
  const panel = await open(page, stage);
  await tab(panel, 'Knobs').click();
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
  // A frame that came in time measures a little more or less than its 16.7 ms.
  const inTime = frames.filter((ms) => ms < 17.2).length / frames.length;
  const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  console.log(
    `${frames.length} frames, ${most} messages under way: ${(inTime * 100).toFixed(1)} % in time, 95 % within ${p95.toFixed(1)} ms`,
  );
  expect(most).toBeGreaterThan(9000);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(50);
});
