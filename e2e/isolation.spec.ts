import { expect, test } from '@playwright/test';

test('the page is isolated, so that it may share memory between threads', async ({ page }) => {
  await page.goto('./');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await page.evaluate(() => new SharedArrayBuffer(8).byteLength)).toBe(8);
});

test('nothing complains while the page loads', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  await page.goto('./');
  await expect(page).toHaveTitle(/Switchyard/);
  await page.waitForLoadState('networkidle');
  expect(complaints).toEqual([]);
});

test('the policy forbids what the page does not need', async ({ request }) => {
  const headers = (await request.get('./')).headers();
  const policy = headers['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).toContain("connect-src 'self';");
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('anybody may embed the page, isolated pages included', async ({ request }) => {
  const headers = (await request.get('./')).headers();
  expect(headers['content-security-policy']).toMatch(/; frame-ancestors \*$/);
  expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  expect(headers['x-frame-options']).toBeUndefined();
});

test('WebAssembly may be compiled, on the page and in its workers, and text may not', async ({ page }) => {
  await page.goto('./');
  const allowed = await page.evaluate(async () => {
    // An empty module: magic number and version.
    const module = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    const compiles = await WebAssembly.compile(module).then(
      () => true,
      () => false,
    );
    try {
      new Function('return 1')();
      return { compiles, evaluates: true };
    } catch {
      return { compiles, evaluates: false };
    }
  });
  expect(allowed).toEqual({ compiles: true, evaluates: false });
});
