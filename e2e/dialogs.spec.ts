import { expect, test } from './stage.ts';

const START = './?story=off&cores=virtual:8&hot=60&transactions=60';

test('a file that is not chosen closes nothing, and messages stand in front of the dialog', async ({
  page,
  stage,
}) => {
  await stage.open(`${START}&skew=1e9`);
  await stage.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByTestId('share-link')).toHaveValue(/#s=d1\./);
  await dialog.locator('input[type="file"]').dispatchEvent('cancel');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('address/bad_value')).toBeVisible();
  // By hand: what lay behind the dialog could not be pressed.
  await dialog.getByRole('button', { name: 'Dismiss' }).click();
  await expect(stage.toasts).toBeEmpty();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('a dialog whose code does not load says so, and leaves the page as it is', async ({
  complaints,
  page,
  stage,
}) => {
  complaints.allow(/net::ERR_FAILED/, /dynamically imported module/);
  await stage.open(START);
  const before = await stage.timeline.boundingBox();
  await page.route('**/assets/*.js', (route) => route.abort());
  await stage.button('Share').click();
  const dialog = page.getByRole('dialog', { name: 'Share' });
  await expect(dialog.getByRole('alert')).toContainText('This view stopped with an error');
  expect(await stage.timeline.boundingBox()).toEqual(before);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
