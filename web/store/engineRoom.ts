import type { Action, ApiResult, BlockRun, EngineDescription, Settings } from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { nameLanes } from '../lib/colours.ts';
import { nameModules } from '../lib/format.ts';
import { changeLabels, engineMessages } from '../lib/messages/engine.ts';
import { format } from '../lib/messages.ts';
import { setDescription, setEngine } from './engine.ts';
import { childOf } from './historyPath.ts';
import { useImported } from './importedBlock.ts';
import { useScenario } from './openedScenario.ts';
import { usePlayback } from './playback.ts';
import { forgetLanes } from './lanes.ts';
import { keepRun, latestRunOf } from './runCache.ts';
import { useRuns } from './runs.ts';
import { asError, complain, noEngine } from './refusals.ts';
import { useSession } from './sessionState.ts';
import { putOnStage, restoreKnobs, wishes } from './stageRun.ts';

/** The engine that serves the page now, and what is known of its chain. Only `session` uses this. */
export const room = {
  client: null as EngineClient | null,
  create: null as (() => EngineClient) | null,
  /** The settings at which the chain of now was started; with the recorded actions, all of it. */
  started: null as Settings | null,
  /** The settings that the page came with. */
  wished: null as Settings | null,
  /** The next block's run, made while this one still plays. */
  ahead: null as BlockRun | null,
  lastProductionMs: 80,
};

/** Starts an engine and learns what it is; null when it failed, which the banner says. */
export async function connect(): Promise<{ engine: EngineClient; description: EngineDescription } | null> {
  if (room.create === null) return null;
  useSession.setState({ phase: 'starting', failure: null });
  try {
    const engine = room.create();
    room.client = engine;
    setEngine(engine);
    engine.onFailure((error) => {
      if (room.client !== engine) return;
      usePlayback.getState().pause();
      setEngine(null);
      useSession.setState({ phase: 'failed', failure: error });
    });
    const description = await engine.describe();
    setDescription(description);
    nameModules(description.modules);
    nameLanes(description.modules);
    useSession.setState({ description });
    return { engine, description };
  } catch (thrown) {
    useSession.setState({ phase: 'failed', failure: asError(thrown) });
    return null;
  }
}

/** Real threads need shared memory; without it, as many virtual cores. */
export function fitted(settings: Settings, { machine }: EngineDescription): Settings {
  const { execution } = settings;
  if (machine.sharedMemory || execution.cores.kind === 'virtual') return settings;
  const count = Math.max(2, execution.cores.count);
  return { ...settings, execution: { ...execution, cores: { kind: 'virtual', count } } };
}

/** A new chain with these blocks on it; the last one goes on stage. */
export async function beginChain(
  engine: EngineClient,
  settings: Settings,
  blocks: readonly (readonly Action[])[],
  ghost: BlockRun | null = useRuns.getState().run,
): Promise<boolean> {
  const tree = await engine.start(settings);
  if (!tree.ok) {
    complain(tree.error);
    restoreKnobs();
    return false;
  }
  forgetLanes();
  room.started = settings;
  room.ahead = null;
  useScenario.setState({ opened: null });
  useImported.setState({ imported: null });
  wishes.traffic = {};
  useSession.setState({ settings });
  let last: BlockRun | null = null;
  let done = 0;
  for (const actions of blocks) {
    const answer = await engine.produceBlock(actions);
    if (!answer.ok) {
      const why = { done, all: blocks.length, why: answer.error.message };
      complain(
        done === 0
          ? answer.error
          : { code: answer.error.code, message: format(engineMessages.replayedPart, why) },
      );
      break;
    }
    last = answer.value;
    keepRun(last);
    done++;
  }
  if (last !== null)
    putOnStage(last, { ghost: { run: ghost, label: ghost === null ? '' : changeLabels.genesis } });
  await refreshHistory();
  return last !== null;
}

/** How long the page may take to come to rest before the first block is measured again. */
const SETTLING_MS = 600;

/**
 * Measures the block on stage once more, now that the page has loaded: the first run competed with that. The
 * same block, so the same digest; only its times are better.
 */
export async function measureAgain(engine: EngineClient): Promise<void> {
  const first = useRuns.getState().run;
  if (first === null || first.clock !== 'measured') return;
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: SETTLING_MS });
    else setTimeout(resolve, SETTLING_MS);
  });
  const again = await engine.rerun(first.blockId, first.execution);
  if (again.ok && useRuns.getState().run === first) putOnStage(again.value, { hold: true });
}

export async function refreshHistory(): Promise<void> {
  if (room.client !== null) useRuns.getState().setHistory(await room.client.history());
}

/** Goes to a block: its kept run under the wished executor, or a new one. */
export async function goTo(blockId: string, at: 'start' | 'end' = 'start'): Promise<ApiResult<BlockRun>> {
  const execution = useSession.getState().settings?.execution;
  if (room.client === null || execution === undefined) return noEngine();
  const sought = await room.client.seek(blockId);
  if (!sought.ok) return sought;
  const kept = latestRunOf(blockId, execution);
  const answer: ApiResult<BlockRun> = kept
    ? { ok: true, value: kept }
    : await room.client.rerun(blockId, execution);
  useRuns.getState().setHistory(sought.value);
  if (!answer.ok) return answer;
  putOnStage(answer.value);
  if (at === 'end') usePlayback.getState().seekTo(answer.value.metrics.durationUs);
  return answer;
}

/** Makes the block after the one on stage, without going there; moves the engine there first if need be. */
export async function produceAfter(actions: readonly Action[]): Promise<ApiResult<BlockRun>> {
  if (room.client === null) return noEngine();
  const { run, history } = useRuns.getState();
  if (run !== null && history !== null && history.current.blockId !== run.blockId) {
    const sought = await room.client.seek(run.blockId);
    if (!sought.ok) return sought;
  }
  const began = performance.now();
  const answer = await room.client.produceBlock(actions);
  room.lastProductionMs = performance.now() - began;
  return answer;
}

/** The block after the one on stage: where it exists already, goes there. */
export async function goOn(actions: readonly Action[]): Promise<ApiResult<BlockRun>> {
  const { run, history } = useRuns.getState();
  const child =
    actions.length === 0 && history !== null && run !== null ? childOf(history, run.blockId) : null;
  if (child !== null) return goTo(child.blockId);
  const answer = await produceAfter(actions);
  if (answer.ok) putOnStage(answer.value);
  await refreshHistory();
  return answer;
}
