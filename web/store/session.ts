import type {
  Action,
  ApiResult,
  BlockRun,
  DraftJson,
  ExecutionSettings,
  GenesisSettings,
  Settings,
  TrafficSettings,
} from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { changeLabels, engineMessages } from '../lib/messages/engine.ts';
import { format } from '../lib/messages.ts';
import { change } from './changeBlock.ts';
import { executionLabel, trafficLabel } from './changeLabel.ts';
import {
  beginChain,
  connect,
  fitted,
  goOn,
  goTo,
  measureAgain,
  produceAfter,
  refreshHistory,
  room,
} from './engineRoom.ts';
import { childOf, parentOf, pathTo } from './historyPath.ts';
import { laneCalls } from './laneCalls.ts';
import { importCalls } from './importCalls.ts';
import { useImported } from './importedBlock.ts';
import { isScenarioEnd, useScenario } from './openedScenario.ts';
import { openAgain, openAtStart } from './openScenario.ts';
import { usePlayback } from './playback.ts';
import { complain, noEngine, superseded } from './refusals.ts';
import { forgetRuns, keepRun } from './runCache.ts';
import { useRuns } from './runs.ts';
import { useSession } from './sessionState.ts';
import { scenarioCalls } from './scenarioCalls.ts';
import { queue } from './sessionQueue.ts';
import { defaultSlowdown, neighbourSlowdown, sortedEnds, stepTime } from './slowMotion.ts';
import { restoreKnobs, wishes } from './stageRun.ts';
import { useToasts } from './toasts.ts';

export { useSession } from './sessionState.ts';

/** Makes the next block, with these actions taking effect in it, and goes there. */
async function nextBlock(actions: readonly Action[] = []): Promise<ApiResult<BlockRun>> {
  let answer = superseded<BlockRun>();
  await queue.add(
    async () => {
      answer = await goOn(actions);
      if (!answer.ok) complain(answer.error);
    },
    actions.length === 0 ? 'nextBlock' : undefined,
  );
  return answer;
}

/**
 * What a person can do, on top of the engine: one thing at a time, the latest of a knob wins, every
 * refusal becomes a toast and changes nothing. Views call these, and read the stores.
 */
export const session = {
  ...scenarioCalls,
  ...importCalls,
  ...laneCalls(nextBlock),

  /**
   * Starts the engine and puts the first block on stage. `wished` may adapt the engine's defaults. With a link, its
   * chain is opened instead; what cannot be opened is said, and the ordinary start follows. Answers whether a link's chain is open.
   */
  async boot(
    create: () => EngineClient,
    wished: (defaults: Settings) => Settings = (defaults) => defaults,
    link?: string,
  ): Promise<boolean> {
    room.create = create;
    let opened = false;
    await queue.add(async () => {
      const connected = await connect();
      if (connected === null) return;
      const { engine, description } = connected;
      const settings = fitted(wished(description.defaults), description);
      room.wished = settings;
      opened = link !== undefined && (await openAtStart(engine, description, link));
      // A wish that the engine refuses is said, and the defaults hold.
      if (!opened && !(await beginChain(engine, settings, [[]], null))) {
        await beginChain(engine, fitted(description.defaults, description), [[]], null);
      }
      if (useSession.getState().failure === null) useSession.setState({ phase: 'ready' });
      performance.mark('switchyard:first-block');
      await measureAgain(engine);
    });
    return opened;
  },

  /** A new engine after a failure; the chain is made again from its recorded actions. */
  async restart(): Promise<void> {
    const { history, run } = useRuns.getState();
    const { opened } = useScenario.getState();
    const path = history !== null && run !== null ? pathTo(history, run.blockId) : [];
    room.client?.dispose();
    room.client = null;
    await queue.add(async () => {
      const connected = await connect();
      if (connected === null) return;
      const { engine, description } = connected;
      forgetRuns();
      const again = run !== null && history !== null && (await openAgain(engine, description, history, run));
      if (!again) {
        const blocks = path.length > 0 ? path.map((node) => node.actions) : [[]];
        await beginChain(engine, fitted(room.started ?? description.defaults, description), blocks);
      }
      if (useSession.getState().failure !== null) return;
      // Blocks are named by their digests: what was verified keeps its name in the new engine.
      useScenario.setState({ opened });
      useSession.setState({ phase: 'ready' });
      useToasts.getState().show('note', { code: 'engine/restarted', message: engineMessages.replayed });
    });
  },

  nextBlock,

  /** Goes to the block before, at its start or its end; from the first, to its start. */
  async previousBlock(at: 'start' | 'end' = 'start'): Promise<void> {
    await queue.add(async () => {
      const { run, history } = useRuns.getState();
      const parent = run !== null && history !== null ? parentOf(history, run.blockId) : null;
      if (parent === null) return usePlayback.getState().seekTo(0);
      const answer = await goTo(parent.blockId, at);
      if (!answer.ok) complain(answer.error);
    }, 'previousBlock');
  },

  /** Goes to a block of the history, on whatever branch. */
  async seekBlock(blockId: string): Promise<void> {
    await queue.add(async () => {
      const answer = await goTo(blockId);
      if (!answer.ok) complain(answer.error);
    }, 'seekBlock');
  },

  /** Changes what people send: the block on stage is made again at once, on a branch. */
  async changeTraffic(patch: Partial<TrafficSettings>): Promise<void> {
    const { settings } = useSession.getState();
    if (settings === null) return;
    wishes.traffic = { ...wishes.traffic, ...patch };
    useSession.setState({ settings: { ...settings, traffic: { ...settings.traffic, ...patch } } });
    await change({
      name: `traffic:${Object.keys(patch).join()}`,
      ask: async (engine, run) => {
        const traffic = wishes.traffic;
        if (Object.keys(traffic).length === 0) return null;
        wishes.traffic = {};
        const label = trafficLabel({ ...run.traffic, ...traffic }, traffic);
        return engine.edit(run.blockId, [{ kind: 'setTraffic', traffic }], { label, coalesce: true });
      },
      ghostLabel: (ghost) => trafficLabel(ghost.traffic, patch),
      undo: restoreKnobs,
    });
  },

  /** Changes how blocks are executed: the block on stage runs again, with the same digest. */
  async changeExecution(patch: Partial<ExecutionSettings>): Promise<void> {
    const { settings } = useSession.getState();
    if (settings === null) return;
    useSession.setState({ settings: { ...settings, execution: { ...settings.execution, ...patch } } });
    await change({
      name: `execution:${Object.keys(patch).join()}`,
      ask: async (engine, run) => {
        const wished = useSession.getState().settings?.execution ?? settings.execution;
        const accepted = await engine.setExecution(wished);
        return accepted.ok ? engine.rerun(run.blockId, accepted.value) : accepted;
      },
      ghostLabel: (ghost) => executionLabel(ghost.execution, patch),
      undo: restoreKnobs,
    });
  },

  /** A new chain: the one before is dropped, its last run stays as the ghost. */
  async changeGenesis(patch: Partial<GenesisSettings>): Promise<void> {
    const { settings } = useSession.getState();
    if (settings === null) return;
    const genesis = { ...settings.genesis, ...patch };
    useSession.setState({ settings: { ...settings, genesis } });
    await queue.add(async () => {
      const now = useSession.getState().settings ?? settings;
      const before = room.started;
      if (room.client === null) noEngine();
      else if (await beginChain(room.client, { ...now, genesis }, [[]])) return;
      if (before !== null) useSession.setState({ settings: { ...now, genesis: before.genesis } });
    }, 'genesis');
  },

  /** Spreads a pool's liquidity and traffic over `ways` pools, in the block on stage, on a branch. */
  splitPool(pool: number, ways: number): Promise<ApiResult<BlockRun>> {
    const label = format(changeLabels.splitPool, { pool, ways });
    return change({
      name: `split:${pool}:${ways}`,
      ask: (engine, run) => engine.edit(run.blockId, [{ kind: 'splitPool', pool, ways }], { label }),
      ghostLabel: () => format(changeLabels.unsplit, { pool }),
    });
  },

  /** Sends a crafted transaction: it comes first in the next block, which is made at once. */
  submitDraft(draft: DraftJson): Promise<ApiResult<BlockRun>> {
    return session.nextBlock([{ kind: 'submit', transaction: draft }]);
  },

  /** Replaces a transaction of a past block; both futures stay. */
  editTransaction(blockId: string, index: number, draft: DraftJson): Promise<ApiResult<BlockRun>> {
    const label = format(changeLabels.editTransaction, { index });
    return change({
      name: `edit:${blockId}:${index}`,
      ask: (engine) => engine.edit(blockId, [{ kind: 'replace', index, transaction: draft }], { label }),
      ghostLabel: () => changeLabels.unedited,
    });
  },

  /** A new chain with the engine's own settings, as at first. */
  async startOver(): Promise<void> {
    const { description } = useSession.getState();
    if (description === null) return;
    await queue.add(async () => {
      if (room.client === null) return void noEngine();
      const settings = fitted(room.wished ?? description.defaults, description);
      await beginChain(room.client, settings, [[]], null);
    }, 'startOver');
  },

  /** Gives up the run in progress. */
  cancel(): void {
    room.client?.cancel().catch(() => {});
  },

  /** One scheduling step forth or back; over the block's edge, to the neighbour block. */
  step(direction: 1 | -1): void {
    const { run } = useRuns.getState();
    const playback = usePlayback.getState();
    if (run === null) return;
    playback.pause();
    const to = stepTime(sortedEnds(run.trace), playback.timeUs, direction);
    if (to !== null) playback.seekTo(to);
    else if (direction > 0) {
      if (useImported.getState().imported === null) void session.nextBlock();
    } else if (playback.timeUs > 0) playback.seekTo(0);
    else void session.previousBlock('end');
  },

  togglePlay(): void {
    const playback = usePlayback.getState();
    if (playback.playing) {
      playback.pause();
      return;
    }
    if (playback.timeUs >= playback.durationUs && isScenarioEnd(useRuns.getState().run?.blockId)) {
      void scenarioCalls.playFromFirst();
      return;
    }
    playback.play();
    // What has ended goes on with the next block at once, without the rest between blocks.
    if (playback.timeUs >= playback.durationUs && useSession.getState().continuous) void session.nextBlock();
  },

  /** One rung slower (+1) or faster (−1); the choice then holds for later blocks too. */
  changeSpeed(direction: 1 | -1): void {
    const slowdown = neighbourSlowdown(usePlayback.getState().slowdown, direction);
    usePlayback.getState().setSlowdown(slowdown);
    useSession.setState({ slowdownChoice: slowdown });
  },

  /** Each block about four seconds again. */
  automaticSpeed(): void {
    useSession.setState({ slowdownChoice: null });
    usePlayback.getState().setSlowdown(defaultSlowdown(usePlayback.getState().durationUs));
  },

  /** Makes the next block shortly before this one has played, so that there is no gap. */
  fetchAhead(remainingMs: number): void {
    const { run, history } = useRuns.getState();
    if (isScenarioEnd(run?.blockId)) return;
    if (run === null || history === null || queue.busy || room.ahead?.parentId === run.blockId) return;
    if (remainingMs > Math.max(150, room.lastProductionMs * 1.5) || childOf(history, run.blockId) !== null)
      return;
    void queue.add(async () => {
      if (useRuns.getState().run?.runId !== run.runId) return;
      const answer = await produceAfter([]);
      if (!answer.ok) return complain(answer.error);
      room.ahead = answer.value;
      keepRun(answer.value);
      await refreshHistory();
    }, 'fetchAhead');
  },
} as const;
