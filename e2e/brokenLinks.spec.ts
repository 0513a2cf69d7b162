import { bombLink, packLink } from './links.ts';
import { expect, test } from './stage.ts';

const BROKEN: readonly (readonly [name: string, link: string, code: string])[] = [
  ['damaged', '#s=d1.AAAAgarbage', 'link/damaged'],
  ['cut off', '#s=d', 'link/damaged'],
  ['of a newer format', packLink('{"format":7}', 'd7'), 'link/newer_format'],
  ['packed in an unknown way', packLink('{}', 'z1'), 'link/unknown_codec'],
  ['no scenario', packLink('[1,2,3]'), 'scenario/not_a_record'],
  ['a bomb', bombLink(40), 'link/too_large'],
  ['of a million transactions', packLink(millions()), 'scenario/too_many_transactions'],
];

function millions(): unknown {
  return {
    format: 1,
    semantics: 1,
    title: 'Too much',
    blocks: 10_000,
    actions: [],
    settings: {
      genesis: { seed: 1, accounts: 200, assets: 2, pools: 1, bankPartition: 'asset' },
      traffic: { transactionsPerBlock: 10_000, swapPermille: 0, hotPermille: 0, work: 0 },
      execution: {
        executor: 'blockStm',
        cores: { kind: 'virtual', count: 4 },
        scheduleSeed: 1,
        granularity: 'slot',
        feeRecipient: 'exempt',
      },
    },
  };
}

test('links that cannot be opened are said at once, and the page goes on as it would have', async ({
  page,
  stage,
}) => {
  await test.step('at load', async () => {
    await page.goto(`./?story=off&cores=virtual:4&transactions=40#s=d1.BBBBgarbage`);
    await stage.verified();
    await expect(stage.toasts.getByText('link/damaged')).toBeVisible();
    await expect(page.getByTestId('scenario-verdict')).toHaveCount(0);
    await stage.button('Dismiss').click();
  });
  const digest = await stage.digest();
  for (const [name, link, code] of BROKEN) {
    await test.step(`${name}, while the page is open`, async () => {
      const tookMs = await page.evaluate(
        async ([hash, wanted]) => {
          const began = performance.now();
          location.hash = hash;
          const said = () => document.querySelector('[aria-label="Messages"]')?.textContent?.includes(wanted);
          while (!said() && performance.now() - began < 20_000) await new Promise(requestAnimationFrame);
          return performance.now() - began;
        },
        [link, code] as const,
      );
      await expect(stage.toasts.getByText(code)).toBeVisible();
      console.log(`${name}: ${code} after ${tookMs.toFixed(0)} ms`);
      // A promise of the page is a second; a machine that builds something else meanwhile gets some grace.
      expect(tookMs).toBeLessThan(3000);
      await stage.button('Dismiss').click();
      expect(await stage.digest()).toBe(digest);
      await expect(page.getByTestId('scenario-verdict')).toHaveCount(0);
    });
  }
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
});
