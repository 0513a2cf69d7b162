import { describe, expect, it } from 'vitest';
import { readText, sources } from './files.ts';
import { type ImportKind, isTest, whyForbidden } from './importRules.ts';
import { readFacts } from './sourceFacts.ts';

/** The engine's layers that must give one answer everywhere: no screen, no clock, no chance, no locale. */
function isPure(path: string): boolean {
  return path.startsWith('engine/') && !isTest(path) && !/^engine\/(runtime|cli)\//.test(path);
}

const impure = [
  ...['globalThis', 'self', 'window', 'document', 'navigator', 'location', 'process', 'Buffer', 'console'],
  ...['Worker', 'postMessage', 'onmessage', 'MessageChannel', 'fetch', 'WebSocket', 'XMLHttpRequest'],
  ...['localStorage', 'sessionStorage', 'indexedDB', 'requestAnimationFrame', 'queueMicrotask'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'performance', 'Date', 'Intl', 'crypto', 'eval'],
  ...['WeakRef', 'FinalizationRegistry', 'Math.random', 'Atomics.wait', 'Atomics.waitAsync'],
  ...['.localeCompare', '.toLocaleString', '.toLocaleUpperCase', '.toLocaleLowerCase'],
  // Browsers round these differently.
  ...['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'pow', 'cbrt', 'hypot'].map((name) => `Math.${name}`),
  ...['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'sinh', 'cosh', 'tanh'].map(
    (name) => `Math.${name}`,
  ),
];

const facts = new Map(sources().map((path) => [path, readFacts(path, readText(path))]));

describe('imports go one way', () => {
  it('in every file', () => {
    const broken = [...facts].flatMap(([from, { imports }]) =>
      imports.flatMap(({ to, kind }) => {
        const why = whyForbidden(from, to, kind);
        return why === undefined ? [] : [`${from} → ${to} (${kind}): ${why}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('with the file extension written out', () => {
    const broken = [...facts].flatMap(([from, { imports }]) =>
      imports
        .filter(({ to }) => /^(engine|web|e2e)\//.test(to) && !/\.[a-z0-9]+$/.test(to))
        .map(({ to }) => `${from} → ${to}`),
    );
    expect(broken).toEqual([]);
  });

  const forbidden: [from: string, to: string, kind: ImportKind][] = [
    ['engine/base/bytes.ts', 'engine/types/ids.ts', 'type'],
    ['engine/base/bytes.ts', 'node:crypto', 'value'],
    ['engine/types/block.ts', 'engine/moduleSdk/schema.ts', 'type'],
    ['engine/types/block.ts', '@noble/hashes/sha2.js', 'value'],
    ['engine/moduleSdk/context.ts', 'engine/execution/contract.ts', 'type'],
    ['engine/modules/amm/transactions.ts', 'engine/modules/bank/manifest.ts', 'value'],
    ['engine/modules/amm/transactions.ts', 'engine/storage/contract.ts', 'type'],
    ['engine/modules/amm/transactions.ts', 'engine/registry.ts', 'value'],
    ['engine/storage/merkleTree/root.ts', 'engine/storage/flatMap/index.ts', 'value'],
    ['engine/storage/merkleTree/root.ts', 'engine/chain/genesis.ts', 'value'],
    ['engine/execution/blockStm/step.ts', 'engine/execution/twoPass/step.ts', 'value'],
    ['engine/execution/blockStm/step.ts', 'engine/consensus/contract.ts', 'type'],
    ['engine/execution/blockStm/step.ts', 'engine/trace/projections.ts', 'value'],
    ['engine/execution/blockStm/step.ts', 'engine/runtime/sharedMemory.ts', 'value'],
    ['engine/execution/virtualWorkerPool.ts', 'engine/execution/blockStm/index.ts', 'value'],
    ['engine/consensus/pbft/replica.ts', 'engine/execution/contract.ts', 'type'],
    ['engine/trace/records.ts', 'engine/execution/contract.ts', 'type'],
    ['engine/chain/blockBuilder.ts', 'engine/execution/sequential.ts', 'value'],
    ['engine/chain/blockBuilder.ts', 'engine/modules/bank/manifest.ts', 'value'],
    ['engine/chain/blockBuilder.ts', 'engine/registry.ts', 'value'],
    ['engine/economy/traders.ts', 'engine/api/commands.ts', 'value'],
    ['engine/economy/traders.ts', 'engine/chain/mempool.ts', 'type'],
    ['engine/importers/rpcBlock.ts', 'engine/chain/genesis.ts', 'type'],
    ['engine/scenarios/codec.ts', 'engine/api/commands.ts', 'value'],
    ['engine/registry.ts', 'engine/chain/genesis.ts', 'value'],
    ['engine/registry.ts', 'engine/runtime/inlineHost.ts', 'value'],
    ['engine/api/events.ts', 'engine/trace/records.ts', 'value'],
    ['engine/api/events.ts', 'engine/execution/contract.ts', 'type'],
    ['engine/api/events.ts', 'comlink', 'value'],
    ['engine/runtime/engine.worker.ts', 'web/store/chain.ts', 'type'],
    ['engine/runtime/engine.worker.ts', 'engine/tests/reference.ts', 'value'],
    ['engine/runtime/engine.worker.ts', 'react', 'value'],
    ['engine/cli/main.ts', 'engine/base/bytes.test.ts', 'value'],
    ['engine/newLayer/index.ts', 'engine/base/bytes.ts', 'value'],
    ['web/engineClient/client.ts', 'engine/api/engineApi.ts', 'value'],
    ['web/engineClient/client.ts', 'engine/runtime/engine.worker.ts', 'value'],
    ['web/engineClient/client.ts', 'engine/runtime/browserEngine.ts', 'url'],
    ['web/store/chain.ts', 'engine/api/events.ts', 'value'],
    ['web/store/chain.ts', 'engine/types/ids.ts', 'type'],
    ['web/store/chain.ts', 'comlink', 'type'],
    ['web/store/chain.ts', 'engine/runtime/engine.worker.ts', 'url'],
    ['web/views/markets/View.tsx', 'web/views/lanes/View.tsx', 'value'],
    ['web/views/markets/View.tsx', 'web/app/Shell.tsx', 'value'],
    ['web/views/markets/View.tsx', 'web/engineClient/client.ts', 'value'],
    ['web/views/markets/View.tsx', 'node:fs', 'value'],
    ['web/components/Button.tsx', 'web/views/lanes/View.tsx', 'value'],
    ['web/lib/format.ts', 'web/store/chain.ts', 'value'],
    ['web/app/Shell.tsx', 'engine/registry.ts', 'value'],
    ['web/app/Shell.tsx', 'web/lib/format.test.ts', 'value'],
  ];
  it.each(forbidden)('refuses %s → %s (%s)', (from, to, kind) => {
    expect(whyForbidden(from, to, kind)).toBeTypeOf('string');
  });

  const allowed: [from: string, to: string, kind: ImportKind][] = [
    ['engine/modules/amm/manifest.ts', 'engine/modules/amm/state.ts', 'value'],
    ['engine/modules/amm/manifest.ts', 'engine/moduleSdk/index.ts', 'value'],
    ['engine/execution/blockStm/step.ts', 'engine/execution/contract.ts', 'value'],
    ['engine/execution/blockStm/step.ts', 'engine/trace/records.ts', 'value'],
    ['engine/registry.ts', 'engine/modules/amm/manifest.ts', 'value'],
    ['engine/runtime/engine.worker.ts', 'engine/registry.ts', 'value'],
    ['engine/runtime/pool.test.ts', 'engine/tests/reference.ts', 'value'],
    ['web/engineClient/client.ts', 'engine/runtime/engine.worker.ts', 'url'],
    ['web/engineClient/client.ts', 'comlink', 'value'],
    ['web/store/chain.ts', 'engine/api/events.ts', 'type'],
    ['web/views/markets/View.tsx', 'web/components/Button.tsx', 'value'],
    ['web/views/markets/View.tsx', '@xyflow/react/dist/style.css', 'value'],
    ['web/app/Shell.tsx', 'web/views/markets/index.tsx', 'value'],
  ];
  it.each(allowed)('lets %s → %s (%s) pass', (from, to, kind) => {
    expect(whyForbidden(from, to, kind)).toBeUndefined();
  });
});

describe('the engine gives one answer everywhere', () => {
  it('uses no clock, chance, locale, screen or thread outside runtime and cli', () => {
    const broken = [...facts]
      .filter(([path]) => isPure(path))
      .flatMap(([path, { globals }]) =>
        impure.filter((name) => globals.has(name)).map((name) => `${path}: ${name}`),
      );
    expect(broken).toEqual([]);
  });
});

describe('reading a source file', () => {
  const read = (text: string) => readFacts('engine/chain/example.ts', text);

  it('finds every way to import', () => {
    const { imports } = read(`
      import type { A } from './a.ts';
      import { type B } from '../base/b.ts';
      export * from './c.ts';
      export type { D } from './d.ts';
      type E = import('./e.ts').E;
      const f = await import('./f.ts?worker');
      new Worker(new URL('../runtime/g.ts', import.meta.url));
      await import(f);
      import 'comlink';
    `);
    expect(imports).toEqual([
      { to: 'engine/chain/a.ts', kind: 'type' },
      { to: 'engine/base/b.ts', kind: 'value' },
      { to: 'engine/chain/c.ts', kind: 'value' },
      { to: 'engine/chain/d.ts', kind: 'type' },
      { to: 'engine/chain/e.ts', kind: 'type' },
      { to: 'engine/chain/f.ts', kind: 'value' },
      { to: 'engine/runtime/g.ts', kind: 'url' },
      { to: '(a computed import)', kind: 'value' },
      { to: 'comlink', kind: 'value' },
    ]);
  });

  it.each([
    ['const now = Date.now();', 'Date'],
    ['const at: Date = given;', 'Date'],
    ['const all = { Date };', 'Date'],
    ['const chance = Math.random();', 'Math.random'],
    ["const chance = Math['random']();", 'Math.random'],
    ['names.sort((a, b) => a.localeCompare(b));', '.localeCompare'],
    ['const { a = performance.now() } = given;', 'performance'],
    ['setTimeout(() => 1, 2);', 'setTimeout'],
  ])('sees the global in %s', (text, name) => {
    expect([...read(text).globals]).toContain(name);
  });

  it.each([
    ['interface A { process: number; self(window: number): void }', ['process', 'self', 'window']],
    ['const a = { performance: 1 }; a.performance;', ['performance']],
    [
      'function f({ self, document: [window] }: { self: number }, ...location) { return self + window; }',
      ['self', 'window', 'document', 'location'],
    ],
    ["import { Date } from './date.ts'; Date.parse();", ['Date']],
    ["// Date.now()\nconst text = 'Date.now()';", ['Date']],
  ])('sees none in %s', (text, names) => {
    const { globals } = read(text);
    expect(names.filter((name) => globals.has(name))).toEqual([]);
  });

  it('sees the type that checks nothing, in any place', () => {
    expect(read('const a = b as unknown as any[];').usesAny).toBe(true);
    expect(read('type A = Record<string, any>;').usesAny).toBe(true);
    expect(read("const any = 'any'; // any").usesAny).toBe(false);
  });
});
