import AxeBuilder from '@axe-core/playwright';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from '@playwright/test';
import { accessListFile, drop } from './blockFiles.ts';
import { packLink, unpackLink, withOtherDigest } from './links.ts';
import { expect, Stage, test } from './stage.ts';

/** Somebody else's page on another origin, with no isolation; it keeps every message that comes from the stage. */
const HOST_PAGE = `<!doctype html><html lang="en"><title>A course</title><body><h1>A course</h1><script>
  window.heard = [];
  addEventListener('message', (event) => {
    const stage = document.getElementById('stage');
    if (stage && event.source === stage.contentWindow) heard.push({ ...event.data, from: event.origin });
  });
</script></body></html>`;

let server: Server;
let hostAddress = '';

test.beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(HOST_PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hostAddress = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => {
  server.close();
});

interface Heard {
  readonly switchyard: number;
  readonly type: string;
  readonly from: string;
  readonly [field: string]: unknown;
}

declare global {
  interface Window {
    heard: Heard[];
  }
}

/** The stage inside the foreign page, and the messages between them. */
class Host {
  readonly page: Page;
  readonly frame: FrameLocator;
  constructor(page: Page) {
    this.page = page;
    this.frame = page.frameLocator('#stage');
  }

  async embed(address: string, width = 640, height = 400): Promise<void> {
    await this.page.goto(hostAddress);
    await this.page.evaluate(
      ([src, w, h]) => {
        const frame = document.createElement('iframe');
        Object.assign(frame, { id: 'stage', title: 'Switchyard', src, width: w, height: h });
        document.body.append(frame);
      },
      [address, String(width), String(height)] as const,
    );
    await expect.poll(() => this.all('ready'), { timeout: 30_000 }).toHaveLength(1);
  }

  /** Posts to the stage as this page does. */
  async post(message: unknown): Promise<void> {
    await this.page.evaluate((data) => {
      (document.getElementById('stage') as HTMLIFrameElement).contentWindow?.postMessage(data, '*');
    }, message);
  }

  async all(type: string): Promise<Heard[]> {
    return this.page.evaluate((wanted) => window.heard.filter((heard) => heard.type === wanted), type);
  }

  /** The first answer of a type to come after a message was posted. */
  async ask(message: unknown, type: string): Promise<Heard> {
    const before = (await this.all(type)).length;
    await this.post(message);
    await expect.poll(async () => (await this.all(type)).length, { timeout: 30_000 }).toBeGreaterThan(before);
    return (await this.all(type))[before]!;
  }

  /** Posts a message, and waits until the stage has said that it stands so. Changes before it may be told in between. */
  async bring(message: unknown, expected: Partial<Heard>): Promise<Heard> {
    const before = (await this.all('state')).length;
    const answers = async (): Promise<Heard[]> => (await this.all('state')).slice(before);
    await this.post(message);
    await expect
      .poll(async () => (await answers()).at(-1) ?? {}, { timeout: 30_000 })
      .toMatchObject(expected);
    return (await answers()).at(-1)!;
  }

  state(): Promise<Heard> {
    return this.ask({ switchyard: 1, type: 'state' }, 'state');
  }
}

/** A link of two blocks, made by the page itself. */
async function makeLink(page: Page): Promise<string> {
  const stage = new Stage(page);
  await stage.open('./?story=off&cores=real:2&hot=40&transactions=40');
  await stage.button('Next block').click();
  await expect.poll(() => stage.height()).toBe(2);
  await stage.button('Share').click();
  const field = page.getByTestId('share-link');
  await expect(field).toHaveValue(/#s=d1\./);
  return field.inputValue();
}

test('in a foreign page without isolation it opens, plays, seeks and says how it stands', async ({
  page,
}, info) => {
  const link = await makeLink(page);
  const base = String(info.project.use.baseURL);
  const origin = new URL(base).origin;
  const host = new Host(page);
  await host.embed(`${base}?embed=1${link.slice(link.indexOf('#'))}`);
  await test.step('small, verified, on virtual cores', async () => {
    expect(await host.frame.locator('html').evaluate(() => crossOriginIsolated)).toBe(false);
    await expect(host.frame.getByTestId('scenario-verdict')).toHaveText('verified');
    await expect(host.frame.getByTestId('clock')).toHaveText(/^virtual time, 2 virtual cores$/);
    await expect(host.frame.getByRole('application', { name: /^Worker timeline/ })).toBeVisible();
    await expect(host.frame.getByRole('complementary')).toHaveCount(0);
    expect(page.context().serviceWorkers()).toEqual([]);
    await expect(host.frame.getByRole('link', { name: 'Open in Switchyard' })).toHaveAttribute('href', link);
  });
  const first = await host.state();
  expect(first).toMatchObject({
    switchyard: 1,
    from: origin,
    height: 2,
    blocks: 2,
    playing: false,
    verdict: 'verified',
    title: 'Payments and swaps',
    digest: unpackLink(link).expected.digest,
  });
  await test.step('seek', async () => {
    const there = await host.bring(
      { switchyard: 1, type: 'seek', height: 1, permille: 250 },
      { height: 1, permille: 250, playing: false },
    );
    expect(there.digest).not.toBe(first.digest);
    await expect(host.frame.getByRole('slider', { name: 'Moment inside block 1' })).toBeVisible();
  });
  await test.step('play moves the clock, and tells; pause stops it', async () => {
    await host.bring({ switchyard: 1, type: 'play' }, { playing: true });
    await expect
      .poll(async () => Number((await host.all('state')).at(-1)?.permille), { timeout: 15_000 })
      .toBeGreaterThan(350);
    await host.bring({ switchyard: 1, type: 'pause' }, { playing: false });
    await expect(host.frame.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  });
  await test.step('at the end of the scenario it rests', async () => {
    await host.ask({ switchyard: 1, type: 'seek', height: 2, permille: 990 }, 'state');
    await host.post({ switchyard: 1, type: 'play' });
    await expect
      .poll(async () => (await host.state()) as Partial<Heard>, { timeout: 20_000 })
      .toMatchObject({ height: 2, blocks: 2, permille: 1000, playing: false });
  });
  await test.step('load another, as a record', async () => {
    const other = { ...withOtherDigest(unpackLink(link)), title: 'Tampered' };
    await host.bring(
      { switchyard: 1, type: 'load', scenario: other },
      {
        title: 'Tampered',
        verdict: 'differs',
      },
    );
    await expect(host.frame.getByTestId('scenario-verdict')).toHaveText('differs');
    await expect(host.frame.getByRole('link', { name: 'Open in Switchyard' })).toHaveAttribute(
      'href',
      /#s=d1\./,
    );
  });
});

test('what a foreign page posts of nonsense is answered or left alone, and nothing changes', async ({
  page,
}, info) => {
  const link = await makeLink(page);
  const base = String(info.project.use.baseURL);
  const host = new Host(page);
  await host.embed(`${base}?embed=1${link.slice(link.indexOf('#'))}`);
  const before = await host.state();
  const refused: readonly (readonly [unknown, string])[] = [
    [{ switchyard: 2, type: 'play' }, 'embed/wrong_version'],
    [{ switchyard: 1, type: 'constructor' }, 'embed/unknown_type'],
    [{ switchyard: 1, type: 'play', speed: 2 }, 'embed/unknown_field'],
    [{ switchyard: 1, type: 'seek', permille: '500' }, 'embed/bad_seek'],
    [{ switchyard: 1, type: 'seek', height: 99, permille: 0 }, 'embed/no_such_block'],
    [{ switchyard: 1, type: 'load', link: 42 }, 'embed/bad_load'],
    [{ switchyard: 1, type: 'load', link: 'a'.repeat(2_000_000) }, 'embed/bad_load'],
    [{ switchyard: 1, type: 'load', link: '#s=d1.!!!' }, 'link/damaged'],
    [{ switchyard: 1, type: 'load', link: packLink('{}') }, 'scenario/no_format'],
    [{ switchyard: 1, type: 'load', scenario: { format: 1, title: 'x'.repeat(500_000) } }, 'embed/bad_load'],
    [{ switchyard: 1, type: 'load', scenario: { format: 99 } }, 'scenario/newer_format'],
    [{ switchyard: 1, type: 'load', scenario: '{"__proto__": {"format": 1}}' }, 'scenario/no_format'],
  ];
  for (const [message, code] of refused) {
    const answer = await host.ask(message, 'error');
    expect(answer).toMatchObject({ switchyard: 1, code });
    expect(answer.message).toMatch(/\.$/);
  }
  const errors = (await host.all('error')).length;
  for (const noise of [null, 7, 'play', [], [1, 2], { type: 'play' }, { switchyardish: 1 }])
    await host.post(noise);
  await test.step('only the parent is heard', async () => {
    await host.frame.locator('html').evaluate(() => {
      window.postMessage({ switchyard: 1, type: 'play' }, '*');
    });
    await page.evaluate(() => {
      const stranger = document.createElement('iframe');
      document.body.append(stranger);
      const stage = (document.getElementById('stage') as HTMLIFrameElement).contentWindow;
      const script = stranger.contentDocument!.createElement('script');
      script.textContent = 'window.say = (to) => to.postMessage({ switchyard: 1, type: "play" }, "*")';
      stranger.contentDocument!.body.append(script);
      (stranger.contentWindow as unknown as { say(to: Window | null): void }).say(stage);
    });
  });
  const after = await host.state();
  expect({ ...after }).toEqual({ ...before });
  expect(await host.all('error')).toHaveLength(errors);
  await test.step('a flood is answered by one error, and served again afterwards', async () => {
    await page.evaluate(() => {
      const stage = (document.getElementById('stage') as HTMLIFrameElement).contentWindow;
      for (let i = 0; i < 5000; i++) stage?.postMessage({ switchyard: 1, type: 'nonsense' }, '*');
    });
    await expect
      .poll(async () => (await host.all('error')).some(({ code }) => code === 'embed/too_many'))
      .toBe(true);
    await expect
      .poll(async () => {
        await host.post({ switchyard: 1, type: 'state' });
        return (await host.all('state')).length;
      })
      .toBeGreaterThan(2);
    // At most what two or three seconds may ask for, of five thousand.
    expect((await host.all('error')).length - errors).toBeLessThan(400);
  });
});

test('a file that falls on the small stage is opened there, and does not take its place', async ({
  page,
}) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await page.goto('./?embed=1&cores=virtual:8');
  await new Stage(page).verified();
  const address = page.url();
  await drop(page, accessListFile());
  await expect(page.getByRole('heading', { level: 1, name: /^Ethereum block 4.242$/ })).toBeVisible({
    timeout: 30_000,
  });
  await new Stage(page).verified();
  expect(page.url()).toBe(address);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the small stage can be read and reached, ${colorScheme}`, async ({ page }) => {
    const link = await makeLink(page);
    await page.setViewportSize({ width: 640, height: 400 });
    await page.goto('about:blank');
    await page.goto(`./?embed=1&theme=${colorScheme}${link.slice(link.indexOf('#'))}`);
    await expect(page.getByTestId('scenario-verdict')).toHaveText('verified');
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await page.getByRole('tab', { name: 'Throughput' }).click();
    await expect(page.getByRole('tabpanel')).toContainText('one core');
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(page.getByRole('slider', { name: 'Moment inside block 1' })).toBeVisible();
    await page.keyboard.press('s');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await page.evaluate(() => localStorage.getItem('switchyard.view') ?? '')).not.toContain(
      `"theme":"${colorScheme}"`,
    );
  });
}
