import { accessListFile, rpcBlockFile } from './blockFiles.ts';
import { expect, Stage, test } from './stage.ts';

test('a link made from a file asks for it, refuses another, and verifies with it', async ({
  browser,
  page,
  stage,
}, info) => {
  const file = accessListFile();
  const upload = { name: file.name, mimeType: 'application/octet-stream', buffer: file.bytes };
  await stage.open('./?story=off&cores=virtual:4&transactions=24');
  await page.keyboard.press('s');
  const share = page.getByRole('dialog', { name: 'Share' });
  let choosing = page.waitForEvent('filechooser');
  await share.getByRole('button', { name: 'Open a file' }).click();
  await (await choosing).setFiles(upload);
  await expect(page.locator('[data-panel="realBlock"]')).toBeVisible();
  await stage.idle();
  await stage.verified();
  const digest = await stage.digest();
  await page.keyboard.press('s');
  const field = share.getByTestId('share-link');
  await expect(field).toHaveValue(/#s=d1\./);
  const link = await field.inputValue();

  const context = await browser.newContext({ baseURL: info.project.use.baseURL });
  const other = await context.newPage();
  await other.goto(link);
  const asked = other.getByRole('dialog', { name: 'This link needs its file' });
  await expect(asked).toContainText(file.name);
  const choose = async (given: typeof upload): Promise<void> => {
    choosing = other.waitForEvent('filechooser');
    await asked.getByRole('button', { name: 'Choose the file' }).click();
    await (await choosing).setFiles(given);
  };
  const wrong = rpcBlockFile();
  await choose({ name: wrong.name, mimeType: 'application/json', buffer: wrong.bytes });
  await expect(asked.getByRole('alert')).toContainText('scenario/other_file');
  await choose({ ...upload, name: 'renamed.bin' });
  await expect(other.getByTestId('scenario-verdict')).toHaveText('verified');
  await expect(asked).toHaveCount(0);
  expect(await new Stage(other).digest()).toBe(digest);
  await context.close();
});

test('whoever has not got the file goes on without it', async ({ page, stage }) => {
  const file = accessListFile();
  await stage.open('./?story=off&cores=virtual:4&transactions=24');
  const transfer = await page.evaluateHandle(
    ([name, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name));
      return data;
    },
    [file.name, [...file.bytes]] as const,
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(page.locator('[data-panel="realBlock"]')).toBeVisible();
  await stage.idle();
  await page.keyboard.press('s');
  const field = page.getByTestId('share-link');
  await expect(field).toHaveValue(/#s=d1\./);
  const link = await field.inputValue();
  await page.goto('about:blank');
  await page.goto(link);
  const asked = page.getByRole('dialog', { name: 'This link needs its file' });
  await asked.getByRole('button', { name: 'Go on without it' }).last().click();
  await expect(asked).toHaveCount(0);
  await stage.verified();
});
