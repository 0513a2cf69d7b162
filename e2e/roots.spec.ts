import { expect, test } from '@playwright/test';

const SETTINGS = {
  genesis: { seed: 7, accounts: 200, assets: 2, pools: 1, bankPartition: 'asset' },
  traffic: { transactionsPerBlock: 50, swapPermille: 200, hotPermille: 100, work: 0 },
  execution: {
    executor: 'sequential',
    cores: { kind: 'virtual', count: 1 },
    granularity: 'slot',
    feeRecipient: 'exempt',
    scheduleSeed: 1,
  },
};

/**
 * Runs in the page: starts an engine of its own from the address of the page's, in the message form of Comlink, makes a block and asks
 * for its roots and a proof.
 */
async function proven({ url, settings }: { readonly url: string; readonly settings: unknown }) {
  const worker = new Worker(url, { type: 'module' });
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
  });
  let calls = 0;
  const call = (method: string, ...args: readonly unknown[]) => {
    const id = `call ${calls++}`;
    const answer = new Promise<{ ok: boolean; value: Record<string, unknown> }>((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => {
        if (data.id !== id) return;
        if (data.type === 'RAW' && data.value.ok) resolve(data.value);
        else reject(new Error(JSON.stringify(data.value)));
      });
    });
    const argumentList = args.map((value) => ({ type: 'RAW', value }));
    worker.postMessage({ id, type: 'APPLY', path: [method], argumentList });
    return Promise.race([answer, failed]);
  };
  try {
    await call('start', settings);
    const { blockId } = (await call('produceBlock', [])).value;
    const { blockRoot } = (await call('readLanes', blockId)).value;
    const { verdict, blockRoot: root, storage } = (await call('proveKey', blockId, 'bank/supply/0')).value;
    return { blockRoot, root, verdict, storage };
  } finally {
    worker.terminate();
  }
}

test('roots are made in the page by WebAssembly, which is fetched only then', async ({ page }) => {
  const complaints: string[] = [];
  const fetched: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.context().on('request', (request) => fetched.push(request.url()));
  const engine = new Promise<string>((resolve) => page.once('worker', (worker) => resolve(worker.url())));
  await page.goto('./?story=off');
  const url = await engine;
  await page.waitForLoadState('networkidle');
  const isHash = (address: string): boolean => /\/wasm-[^/]+\.js$/.test(address);
  expect(fetched.filter(isHash)).toEqual([]);
  const said = await page.evaluate(proven, { url, settings: SETTINGS });
  expect(said).toMatchObject({ verdict: 'valid', storage: 'merkleTree' });
  expect(said.blockRoot).toMatch(/^[0-9a-f]{64}$/);
  expect(said.root).toBe(said.blockRoot);
  expect(fetched.filter(isHash)).toHaveLength(1);
  expect(complaints).toEqual([]);
});
