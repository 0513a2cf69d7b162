import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { reloadToIsolate, type Visit } from './isolation.ts';

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://x.example/y/switchyard/?story=off#s=1' });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

type Register = ServiceWorkerContainer['register'];

/** A worker that goes through these states, one after another. */
function workerThatBecomes(...states: ServiceWorkerState[]): ServiceWorker {
  const target = new EventTarget();
  let state: ServiceWorkerState = 'installing';
  void (async () => {
    for (const next of states) {
      await Promise.resolve();
      state = next;
      target.dispatchEvent(new Event('statechange'));
    }
  })();
  return Object.defineProperty(target, 'state', { get: () => state }) as ServiceWorker;
}

function registrationOf(installing: ServiceWorker | null, active: ServiceWorker | null = null) {
  return { installing, active, waiting: null } as unknown as ServiceWorkerRegistration;
}

const works: Register = async () => registrationOf(workerThatBecomes('installed', 'activating', 'activated'));
/** Ways in which a browser refuses. */
const refusals: Readonly<Record<string, Register>> = {
  throws: async () => {
    throw new DOMException('denied', 'SecurityError');
  },
  'answers nothing': async () => undefined as unknown as ServiceWorkerRegistration,
  'answers with no worker': async () => registrationOf(null),
  'cannot install it': async () => registrationOf(workerThatBecomes('redundant')),
};

function visit(parts: Partial<Visit> = {}) {
  const reload = vi.fn();
  const register = vi.fn(works);
  const made: Visit = {
    isolated: false,
    embedded: false,
    workers: { register },
    reloaded: false,
    rememberReload: () => true,
    reload,
    ...parts,
  };
  return { visit: made, reload, register };
}

it('loads a first visit again, once the worker beside the page is there', async () => {
  const { visit: first, reload, register } = visit();
  expect(await reloadToIsolate(first)).toBe(true);
  expect(reload).toHaveBeenCalledOnce();
  const [address] = register.mock.calls[0] ?? [];
  expect(String(address)).toBe('https://x.example/y/switchyard/sw.js');
});

it('does not wait for an update where an older worker answers already', async () => {
  const active = workerThatBecomes('activated');
  const register: Register = async () => registrationOf(workerThatBecomes(), active);
  expect(await reloadToIsolate(visit({ workers: { register } }).visit)).toBe(true);
});

it.each([
  ['is isolated', { isolated: true }],
  ['is embedded', { embedded: true }],
  ['has no service workers', { workers: undefined }],
  ['has no memory', { reloaded: undefined }],
] as const)('registers nothing where the page %s', async (_, parts) => {
  const { visit: plain, reload, register } = visit(parts);
  expect(await reloadToIsolate(plain)).toBe(false);
  expect(reload).not.toHaveBeenCalled();
  expect(register).not.toHaveBeenCalled();
});

it.each(Object.entries(refusals))('stays when the browser %s', async (_, register) => {
  const { visit: refused, reload } = visit({ workers: { register } });
  expect(await reloadToIsolate(refused)).toBe(false);
  expect(reload).not.toHaveBeenCalled();
});

it('stays when its memory does not last', async () => {
  const { visit: forgetful, reload } = visit({ rememberReload: () => false });
  expect(await reloadToIsolate(forgetful)).toBe(false);
  expect(reload).not.toHaveBeenCalled();
});

it('stays when the worker does not come', async () => {
  vi.useFakeTimers();
  const { visit: endless, reload } = visit({ workers: { register: () => new Promise(() => {}) } });
  const answer = reloadToIsolate(endless);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await answer).toBe(false);
  expect(reload).not.toHaveBeenCalled();
});

it('never loads a visit again twice, whatever the browser does', async () => {
  const load = fc.record({
    isolatedByWorker: fc.boolean(),
    isolatedByHost: fc.boolean(),
    embedded: fc.boolean(),
    register: fc.constantFrom(works, ...Object.values(refusals)),
    remembers: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(load, { maxLength: 12 }), async (loads) => {
      let remembered = false;
      let reloads = 0;
      for (const { isolatedByWorker, isolatedByHost, embedded, register, remembers } of loads) {
        const wentAway = await reloadToIsolate({
          isolated: isolatedByHost || isolatedByWorker,
          embedded,
          workers: { register },
          reloaded: remembered,
          rememberReload: () => {
            remembered = remembers;
            return remembers;
          },
          reload: () => {
            reloads++;
          },
        });
        expect(wentAway && embedded).toBe(false);
      }
      expect(reloads).toBeLessThanOrEqual(1);
    }),
  );
});
