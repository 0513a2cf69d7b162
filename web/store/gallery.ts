import { create } from 'zustand';
import type { ApiError, ApiResult, BlockRun, Scenario, Verification } from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { engineMessages } from '../lib/messages/engine.ts';
import { room } from './engineRoom.ts';
import { asError } from './refusals.ts';
import { useSession } from './sessionState.ts';

/** A scenario of the gallery and its link. */
export interface GalleryEntry {
  readonly scenario: Scenario;
  /** `#s=…` */
  readonly fragment: string;
}

/** What executing a scenario of the gallery gave: the verdict, and the recorded run of each of its blocks. */
export interface GalleryRuns {
  readonly verification: Verification;
  /** By height, from block 1 on. */
  readonly runs: readonly BlockRun[];
}

export type GalleryCard =
  | { readonly state: 'waiting' | 'running' }
  | { readonly state: 'done'; readonly result: GalleryRuns }
  | { readonly state: 'failed'; readonly error: ApiError };

export interface GalleryState {
  readonly list: 'loading' | 'ready' | 'failed';
  /** Why there is no list. */
  readonly error: ApiError | null;
  readonly entries: readonly GalleryEntry[];
  /** By the scenario's id; one that is not there waits. */
  readonly cards: Readonly<Record<string, GalleryCard>>;
}

/** What the gallery shows. Runs stay when it is closed: they were executed once in this page, and cannot change. */
export const useGallery = create<GalleryState>(() => ({
  list: 'loading',
  error: null,
  entries: [],
  cards: {},
}));

/** How long the page may be busy with something else before the next scenario is executed all the same. */
const PATIENCE_MS = 2000;

/**
 * Executes the gallery's scenarios one after another, in an engine of its own that ends with it: the one on stage is never
 * asked. Answers how to stop; what was not executed by then waits for the next time.
 */
export function runGallery(): () => void {
  let engine: EngineClient | null = null;
  let stopped = false;
  const goesOn = (): boolean => !stopped;
  useGallery.setState({ list: useGallery.getState().entries.length > 0 ? 'ready' : 'loading', error: null });
  const work = async (): Promise<void> => {
    if (room.create === null) throw new Error(engineMessages.noEngine);
    engine = room.create();
    if (useGallery.getState().entries.length === 0) {
      const entries = await readEntries(engine);
      if (stopped) return;
      if (!entries.ok) return useGallery.setState({ list: 'failed', error: entries.error });
      useGallery.setState({ list: 'ready', entries: entries.value });
    }
    for (const { scenario } of useGallery.getState().entries) {
      if (cardOf(scenario).state === 'done') continue;
      await pageAtRest();
      if (stopped) return;
      setCard(scenario, { state: 'running' });
      const result = await execute(engine, scenario, goesOn);
      if (stopped) return;
      setCard(
        scenario,
        result.ok ? { state: 'done', result: result.value } : { state: 'failed', error: result.error },
      );
    }
  };
  work()
    .catch((thrown: unknown) => {
      if (stopped) return;
      const error = asError(thrown);
      const { entries } = useGallery.getState();
      if (entries.length === 0) return useGallery.setState({ list: 'failed', error });
      for (const { scenario } of entries) {
        if (cardOf(scenario).state !== 'done') setCard(scenario, { state: 'failed', error });
      }
    })
    .finally(() => engine?.dispose());
  return () => {
    stopped = true;
    engine?.dispose();
    for (const { scenario } of useGallery.getState().entries) {
      if (cardOf(scenario).state !== 'done') setCard(scenario, { state: 'waiting' });
    }
  };
}

function cardOf({ id = '' }: Scenario): GalleryCard {
  return useGallery.getState().cards[id] ?? { state: 'waiting' };
}

function setCard({ id = '' }: Scenario, card: GalleryCard): void {
  useGallery.setState(({ cards }) => ({ cards: { ...cards, [id]: card } }));
}

async function readEntries(engine: EngineClient): Promise<ApiResult<readonly GalleryEntry[]>> {
  const entries: GalleryEntry[] = [];
  for (const scenario of await engine.gallery()) {
    const linked = await engine.linkScenario(scenario);
    if (!linked.ok) return linked;
    const { fragment } = linked.value;
    if (fragment !== null) entries.push({ scenario, fragment });
  }
  return { ok: true, value: entries };
}

/** Executes a scenario and records each of its blocks. */
async function execute(
  engine: EngineClient,
  scenario: Scenario,
  goesOn: () => boolean,
): Promise<ApiResult<GalleryRuns>> {
  const opened = await engine.openScenario(scenario);
  if (!opened.ok) return opened;
  const { blocks } = await engine.history();
  const runs: BlockRun[] = [];
  for (const { blockId, height } of [...blocks].sort((a, b) => a.height - b.height)) {
    if (height === 0) continue;
    const run = await engine.rerun(blockId, scenario.settings.execution);
    if (!run.ok) return run;
    runs.push(run.value);
    if (!goesOn()) break;
  }
  return { ok: true, value: { verification: opened.value.verification, runs } };
}

/** Until the page's own engine has nothing to do and the page is idle, within bounds. */
function pageAtRest(): Promise<void> {
  return new Promise((resolve) => {
    const idle = (): void => {
      if ('requestIdleCallback' in globalThis) {
        requestIdleCallback(() => resolve(), { timeout: PATIENCE_MS });
      } else setTimeout(resolve, 0);
    };
    if (!useSession.getState().busy) return idle();
    const done = (): void => {
      clearTimeout(timer);
      stop();
      idle();
    };
    const timer = setTimeout(done, PATIENCE_MS);
    const stop = useSession.subscribe(({ busy }) => {
      if (!busy) done();
    });
  });
}
