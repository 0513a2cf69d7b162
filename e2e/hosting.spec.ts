import type { Page } from '@playwright/test';
import { pageHeaders } from '../.config/headers.ts';
import { ENGINE, EXECUTOR, expect, Stage, test as base } from './stage.ts';
import { type StaticHost, serve } from './staticHost.ts';

const folder = '/y/switchyard/';

/** Two threads, with work enough that neither does it all before the other wakes on a busy machine. */
const twoThreads = '?story=off&cores=real:2&work=100000';

/** Hosts that end with the journey. */
const test = base.extend<{
  host: (headers?: Readonly<Record<string, string>>, at?: string) => Promise<StaticHost>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  host: async ({}, use) => {
    const hosts: StaticHost[] = [];
    await use(async (headers, at = folder) => {
      const started = await serve(at, headers);
      hosts.push(started);
      return started;
    });
    for (const started of hosts) await started.close();
  },
});

/** Counts the documents that the page's window loads, those that run nothing included, and engines that start. */
function countLoads(page: Page): { loads: number; engines: number } {
  const count = { loads: 0, engines: 0 };
  page.on('worker', (worker) => {
    if (ENGINE.test(worker.url())) count.engines++;
  });
  page.on('domcontentloaded', () => {
    if (page.url() !== 'about:blank') count.loads++;
  });
  return count;
}

const isolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);
const registrations = (page: Page): Promise<number> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
const engineStarts = (host: StaticHost): number =>
  host.asked.filter((path) => /engine\.worker/.test(path)).length;

/** Both of two threads did some of the block on stage, which equals the oracle's. */
async function twoThreadsWork(page: Page, stage: Stage): Promise<void> {
  await stage.verified();
  expect(await isolated(page)).toBe(true);
  await expect(stage.clock).toHaveText(/^measured on 2 threads, .* clock$/, { timeout: 20_000 });
  const executors = page.workers().filter((worker) => EXECUTOR.test(worker.url()));
  expect(executors.length).toBeGreaterThanOrEqual(2);
  // The first block is measured again when the page has come to rest, which may be between two keys.
  await expect(async () => {
    const seen = new Set<string>();
    await stage.timeline.focus();
    const spoken = page.locator('[data-panel="workerTimeline"] [aria-live="polite"]').first();
    for (const key of ['Home', 'ArrowRight', 'ArrowDown', 'ArrowRight']) {
      await page.keyboard.press(key);
      const worker = /worker \d+/i.exec((await spoken.textContent()) ?? '')?.[0];
      if (worker !== undefined) seen.add(worker.toLowerCase());
    }
    expect([...seen].sort()).toEqual(['worker 1', 'worker 2']);
  }).toPass({ timeout: 30_000 });
}

async function virtualCoresWork(stage: Stage): Promise<void> {
  await stage.verified();
  await expect(stage.clock).toHaveText(/^virtual time, \d+ virtual cores$/);
}

test('a host with the headers: threads at once, and nothing is registered', async ({ page, stage, host }) => {
  const { address, asked } = await host();
  const count = countLoads(page);
  await page.goto(`${address}${twoThreads}`);
  await twoThreadsWork(page, stage);
  expect(await registrations(page)).toBe(0);
  expect(asked).not.toContain('sw.js');
  expect(count.loads).toBe(1);
});

test('a host without headers: threads after one reload, which loses nothing', async ({
  page,
  stage,
  host,
}) => {
  const plain = await host({});
  const count = countLoads(page);
  const address = `${plain.address}${twoThreads}&seed=7#kept=${'k'.repeat(50)}`;
  await page.goto(address);
  await twoThreadsWork(page, stage);
  expect(page.url()).toBe(address);
  await expect(page.getByText('seed 7')).toBeVisible();

  await test.step('nothing had started before the reload', async () => {
    expect(count).toEqual({ loads: 2, engines: 1 });
    expect(await page.evaluate(() => sessionStorage.length)).toBe(1);
  });

  await test.step('its workers are isolated too, and the policy holds', async () => {
    const engine = page.workers().find((worker) => ENGINE.test(worker.url()));
    expect(await engine?.evaluate(() => [crossOriginIsolated, new SharedArrayBuffer(8).byteLength])).toEqual([
      true,
      8,
    ]);
    const headers = await page.evaluate(async () => Object.fromEntries((await fetch('./')).headers));
    expect(headers).toMatchObject({
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  await test.step('later loads are isolated at once', async () => {
    await page.reload();
    await twoThreadsWork(page, stage);
    expect(count.loads).toBe(3);
    const later = await page.context().newPage();
    const laterCount = countLoads(later);
    await later.goto(`${plain.address}${twoThreads}`);
    await new Stage(later).verified();
    expect(await isolated(later)).toBe(true);
    expect(laterCount.loads).toBe(1);
    await later.close();
  });
});

test('the story is told once, from its start, on a host without headers', async ({ page, stage, host }) => {
  const plain = await host({});
  const count = countLoads(page);
  await page.goto(plain.address);
  await expect(stage.caption).toHaveText(/shared out among \d+ (threads|cores)/, { timeout: 20_000 });
  expect(count).toEqual({ loads: 2, engines: 1 });
});

test('a hard reload goes past the worker: virtual cores, and no loop', async ({ page, stage, host }) => {
  const plain = await host({});
  await page.goto(`${plain.address}${twoThreads}`);
  await stage.verified();
  const count = countLoads(page);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.reload', { ignoreCache: true });
  await expect(page.getByText(/an ordinary reload brings threads back/)).toBeVisible();
  await virtualCoresWork(stage);
  expect(await isolated(page)).toBe(false);
  expect(count.loads).toBe(1);
  await page.reload();
  await twoThreadsWork(page, stage);
  expect(count.loads).toBe(2);
});

test('a new build takes over with the next load, with nothing left of the old one', async ({
  page,
  stage,
  host,
}) => {
  // A plain host lets browsers keep the page for a while.
  const plain = await host({ 'Cache-Control': 'max-age=600' });
  await page.goto(`${plain.address}?story=off`);
  await stage.verified();
  const index = await page.evaluate(async () => (await fetch('./', { cache: 'no-store' })).text());
  const worker = await page.evaluate(async () => (await fetch('./sw.js', { cache: 'no-store' })).text());
  const entry = /assets\/index-[\w-]+\.js/.exec(index)?.[0] ?? '';
  const code = await page.evaluate(async (path) => (await fetch(path)).text(), entry);
  const newWorker = worker.replace('"Referrer-Policy":', '"X-Worker":"of the new build",$&');
  const newEntry = 'assets/index-newBuild.js';
  plain.special = (path) => {
    const script = { type: 'text/javascript', body: code };
    if (path === '') return { type: 'text/html', body: index.replace(entry, newEntry) };
    if (path === 'sw.js') return { ...script, body: newWorker };
    return path === newEntry ? script : undefined;
  };
  const count = countLoads(page);
  await page.goto('about:blank');
  await page.goto(`${plain.address}?story=off`);
  await stage.verified();
  expect(plain.asked).toContain(newEntry);
  expect(await isolated(page)).toBe(true);
  // The browser looks for a new worker after the page has loaded, and may take its time; the new one takes over when
  // the old one has answered all it was asked, with the next load at the latest.
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await stage.button('Next block').click();
  await expect.poll(() => stage.height(), { timeout: 20_000 }).toBe(2);
  await stage.verified();
  expect(count.loads).toBe(1);
  const workerOf = () =>
    page.evaluate(async () => (await fetch('./robots.txt', { cache: 'no-store' })).headers.get('X-Worker'));
  await expect(async () => {
    await page.goto('about:blank');
    await page.goto(`${plain.address}?story=off`);
    expect(await workerOf()).toBe('of the new build');
  }).toPass({ timeout: 40_000 });
  await stage.verified();
  expect(await isolated(page)).toBe(true);
});

test('a host that learns to send the headers needs its worker no more', async ({ page, stage, host }) => {
  const learning = await host({});
  await page.goto(`${learning.address}${twoThreads}`);
  await stage.verified();
  expect(await registrations(page)).toBe(1);
  learning.headers = pageHeaders;
  const count = countLoads(page);
  await page.reload();
  await twoThreadsWork(page, stage);
  await expect.poll(() => registrations(page), { timeout: 20_000 }).toBe(0);
  await page.reload();
  await twoThreadsWork(page, stage);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  expect(count.loads).toBe(2);
});

test.describe('where service workers are refused', () => {
  test.use({ serviceWorkers: 'block' });
  test('virtual cores run, and nothing is loaded again', async ({ page, stage, host }) => {
    const plain = await host({});
    const count = countLoads(page);
    await page.goto(`${plain.address}${twoThreads}`);
    await virtualCoresWork(stage);
    await expect(page.getByText(/its host does not send the .* headers/)).toBeVisible();
    expect(await isolated(page)).toBe(false);
    await stage.button('Next block').click();
    await expect.poll(() => stage.height(), { timeout: 20_000 }).toBe(2);
    expect(count.loads).toBe(1);
    expect(engineStarts(plain)).toBe(1);
  });
});

test('over plain http there are no workers of that kind: virtual cores, nothing loaded again', async ({
  page,
  stage,
  host,
}) => {
  const plain = await host({});
  await page.route('http://lecture.example/**', async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const response = await route.fetch({ url: `http://localhost:${plain.port}${pathname}${search}` });
    await route.fulfill({ response });
  });
  const count = countLoads(page);
  await page.goto(`http://lecture.example${folder}${twoThreads}`);
  await virtualCoresWork(stage);
  await expect(page.getByText(/not loaded over https or localhost/)).toBeVisible();
  expect(count.loads).toBe(1);
  expect(engineStarts(plain)).toBe(1);
});

test('in embed mode nothing is registered, though nobody frames the page', async ({ page, stage, host }) => {
  const plain = await host({});
  const count = countLoads(page);
  await page.goto(`${plain.address}?embed&story=off&cores=real:2`);
  await virtualCoresWork(stage);
  expect(plain.asked).not.toContain('sw.js');
  expect(count.loads).toBe(1);
});

test.describe('in a foreign page', () => {
  /** A foreign page with ours in a frame. By the name 127.0.0.1 it is of another site, not only of another origin. */
  async function embed(
    page: Page,
    around: StaticHost,
    address: string,
    { otherSite = false, allow = '' } = {},
  ) {
    const body = `<!doctype html><title>Foreign</title><link rel="icon" href="data:,">
      <iframe title="embedded" allow="${allow}" width="1300" height="860" src="${address}"></iframe>`;
    around.special = (path) => (path === '' ? { type: 'text/html', body } : undefined);
    await page.goto(`http://${otherSite ? '127.0.0.1' : 'localhost'}:${around.port}/`);
    const frame = await (await page.getByTitle('embedded').elementHandle())?.contentFrame();
    if (!frame) throw new Error('no frame');
    const inside = page.frameLocator('iframe');
    await expect(inside.getByTestId('verdict')).toHaveText('equals the oracle', { timeout: 20_000 });
    return { inside, isolated: await frame.evaluate(() => crossOriginIsolated) };
  }

  for (const [words, headers, otherSite] of [
    ['of another origin, from a host with headers', undefined, false],
    ['of another origin, from a host without', {}, false],
    ['of another site, from a host with headers', undefined, true],
    ['of another site, from a host without', {}, true],
  ] as const) {
    test(`${words}: virtual cores, nothing registered, nothing loaded again`, async ({ page, host }) => {
      const own = await host(headers);
      const around = await host({}, '/');
      const address = `${own.address}${twoThreads}`;
      const { inside, isolated } = await embed(page, around, address, { otherSite });
      expect(isolated).toBe(false);
      await expect(inside.getByTestId('clock')).toHaveText(/^virtual time, \d+ virtual cores$/);
      await expect(inside.getByText(/the page around it is not isolated/)).toBeVisible();
      expect(own.asked).not.toContain('sw.js');
      expect(own.asked.filter((path) => path === '')).toHaveLength(1);
      expect(engineStarts(own)).toBe(1);
    });
  }

  test('after a visit that registered the worker: virtual cores all the same', async ({
    page,
    stage,
    host,
  }) => {
    const own = await host({});
    const around = await host({}, '/');
    await page.goto(`${own.address}${twoThreads}`);
    await stage.verified();
    expect(await registrations(page)).toBe(1);
    own.asked.length = 0;
    const { inside, isolated } = await embed(page, around, `${own.address}${twoThreads}`);
    expect(isolated).toBe(false);
    await expect(inside.getByTestId('clock')).toHaveText(/^virtual time, \d+ virtual cores$/);
    expect(own.asked.filter((path) => path === '')).toHaveLength(1);
  });

  test('that is isolated and allows the same to its frame: threads', async ({ page, host }) => {
    const own = await host();
    const isolating = {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    };
    const around = await host(isolating, '/');
    const address = `${own.address}${twoThreads}`;
    const options = { otherSite: true, allow: 'cross-origin-isolated' };
    const { inside, isolated } = await embed(page, around, address, options);
    expect(isolated).toBe(true);
    await expect(inside.getByTestId('clock')).toHaveText(/^measured on 2 threads, .* clock$/);
    expect(own.asked).not.toContain('sw.js');
  });
});
