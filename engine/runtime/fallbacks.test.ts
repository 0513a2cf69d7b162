import { describe, expect, it } from 'vitest';
import type { ExecutionSettings } from '../api/index.ts';
import type { ExecutionRecord, ExecutionRequest, WorkerPool } from '../execution/pool.ts';
import { produce, SETTINGS, started, TEST_MACHINE, testHost, value, VIRTUAL } from '../tests/testHost.ts';
import { wrongPool } from '../tests/wrongPool.ts';
import { createVirtualPool } from './virtualPool.ts';

const REAL: ExecutionSettings = { ...VIRTUAL, cores: { kind: 'real', count: 2 } };
const onThreads = { ...SETTINGS, execution: REAL };

/** A pool of which a test decides what it does; it says what it is. */
function pool(run: (request: ExecutionRequest, inner: WorkerPool) => Promise<ExecutionRecord>) {
  const inner = createVirtualPool();
  const state = { disposed: 0, runs: 0 };
  const made: WorkerPool = {
    run: (request) => {
      state.runs++;
      return run(request, inner);
    },
    dispose: () => {
      state.disposed++;
    },
  };
  return { made, state };
}

const codes = (run: { readonly notices: readonly { readonly code: string }[] }) =>
  run.notices.map(({ code }) => code);

describe('where threads cannot share memory', () => {
  it('virtual cores execute, and the run says so', async () => {
    const kinds: string[] = [];
    const host = await started(onThreads, {
      machine: { ...TEST_MACHINE, sharedMemory: false },
      createPool: (kind) => {
        kinds.push(kind);
        return createVirtualPool();
      },
    });
    const run = await produce(host);
    expect(run).toMatchObject({ clock: 'virtual', workers: 2, matchesOracle: true, execution: REAL });
    expect(codes(run)).toEqual(['machine/no_shared_memory']);
    expect(kinds).toEqual(['virtual']);
    expect(
      (await testHost({ machine: { ...TEST_MACHINE, sharedMemory: false } }).describe()).defaults.execution
        .cores.kind,
    ).toBe('virtual');
  });
});

describe('threads that fail', () => {
  it('are tried once more, with a fresh pool', async () => {
    const made: ReturnType<typeof pool>[] = [];
    const host = await started(onThreads, {
      createPool: () => {
        const first = made.length === 0;
        const next = pool((request, inner) =>
          first ? Promise.reject(new Error('it hung')) : inner.run(request),
        );
        made.push(next);
        return next.made;
      },
    });
    const run = await produce(host);
    expect(codes(run)).toEqual([]);
    expect(made.map(({ state }) => state)).toEqual([
      { disposed: 1, runs: 1 },
      { disposed: 0, runs: 1 },
    ]);
  });

  it('twice are left alone until somebody asks for them again; virtual cores take over', async () => {
    let threads = 0;
    const host = await started(onThreads, {
      createPool: (kind) => {
        if (kind === 'virtual') return createVirtualPool();
        threads++;
        return pool(() => Promise.reject(new Error('it died'))).made;
      },
    });
    const run = await produce(host);
    expect(run).toMatchObject({ clock: 'virtual', matchesOracle: true });
    expect(codes(run)).toEqual(['run/threads_failed']);
    expect(run.notices[0]!.message).toContain('it died');
    expect(threads).toBe(2);
    expect(codes(await produce(host))).toEqual(['run/threads_failed']);
    expect(threads).toBe(2);
    await value(host.setExecution(REAL));
    await produce(host);
    expect(threads).toBe(4);
  });

  it('for good are not tried again', async () => {
    let threads = 0;
    const host = await started(onThreads, {
      createPool: (kind) => {
        if (kind === 'virtual') return createVirtualPool();
        threads++;
        const gaveUp = Object.assign(new Error('it gave up'), { code: 'execution/threads_failed' });
        return pool(() => Promise.reject(gaveUp)).made;
      },
    });
    expect(codes(await produce(host))).toEqual(['run/threads_failed']);
    expect(threads).toBe(1);
  });

  it('of both kinds fail the call, and change nothing', async () => {
    const host = await started(onThreads, {
      createPool: () => pool(() => Promise.reject(new Error('no'))).made,
    });
    const before = await host.history();
    expect(await host.produceBlock([])).toMatchObject({ ok: false, error: { code: 'engine/internal' } });
    expect(await host.history()).toEqual(before);
  });
});

describe('an executor that is wrong', () => {
  it('is found out, and the chain follows the oracle', async () => {
    const honest = await started();
    const host = await started(SETTINGS, { createPool: wrongPool });
    const run = await produce(host);
    expect(run.matchesOracle).toBe(false);
    expect(run.digest).not.toBe(run.oracleDigest);
    expect(codes(run)).toContain('run/differs_from_oracle');
    expect(run.oracleDigest).toBe((await produce(honest)).digest);
    const { blocks } = await host.history();
    expect(blocks.at(-1)!.digest).toBe(run.oracleDigest);
  });
});

describe('cancelling', () => {
  it('gives up the run in progress, drops its pool and changes nothing', async () => {
    const made: ReturnType<typeof pool>[] = [];
    const host = await started(onThreads, {
      createPool: () => {
        const hangs = made.length === 0;
        const next = pool((request, inner) => (hangs ? new Promise(() => {}) : inner.run(request)));
        made.push(next);
        return next.made;
      },
    });
    const before = await host.history();
    const hanging = host.produceBlock([]);
    const waiting = host.produceBlock([]);
    while ((made[0]?.state.runs ?? 0) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await host.cancel();
    expect(await hanging).toMatchObject({ ok: false, error: { code: 'engine/cancelled' } });
    expect(made[0]!.state.disposed).toBe(1);
    // What waited behind it is served.
    expect((await value(waiting)).matchesOracle).toBe(true);
    expect((await host.history()).blocks).toHaveLength(before.blocks.length + 1);
  });

  it('while a pool is still being made leaves nobody running', async () => {
    const late = pool((request, inner) => inner.run(request));
    let give: (made: WorkerPool) => void = () => {};
    let pools = 0;
    const host = await started(onThreads, {
      createPool: () =>
        pools++ === 0 ? new Promise<WorkerPool>((resolve) => (give = resolve)) : createVirtualPool(),
    });
    const hanging = host.produceBlock([]);
    while (pools === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await host.cancel();
    expect(await hanging).toMatchObject({ ok: false, error: { code: 'engine/cancelled' } });
    give(late.made);
    expect((await produce(host)).matchesOracle).toBe(true);
    expect(late.state).toEqual({ disposed: 1, runs: 0 });
  });

  it('stops making later blocks again', async () => {
    let breaths = 0;
    const host = testHost({
      breathe: async () => {
        breaths++;
        await host.cancel();
      },
    });
    await value(host.start({ ...SETTINGS, traffic: { ...SETTINGS.traffic, transactionsPerBlock: 5 } }));
    const first = await produce(host);
    for (let i = 0; i < 12; i++) await produce(host);
    const before = await host.history();
    const edited = await host.edit(first.blockId, [], { label: 'again' });
    expect(edited).toMatchObject({ ok: false, error: { code: 'engine/cancelled' } });
    expect(breaths).toBe(1);
    expect(await host.history()).toEqual(before);
  });

  it('when nothing runs does nothing', async () => {
    const host = await started();
    await host.cancel();
    expect((await produce(host)).matchesOracle).toBe(true);
  });
});

describe('speed', () => {
  it('of 200 transactions on eight virtual cores', async () => {
    const host = await started({ ...SETTINGS, traffic: { ...SETTINGS.traffic, transactionsPerBlock: 200 } });
    for (let i = 0; i < 5; i++) await produce(host);
    const began = performance.now();
    const blocks = 20;
    for (let i = 0; i < blocks; i++) await produce(host);
    console.log(`a block of 200 transactions: ${((performance.now() - began) / blocks).toFixed(1)} ms`);
  });
});
