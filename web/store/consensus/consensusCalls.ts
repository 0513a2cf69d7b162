import type {
  ApiError,
  ApiResult,
  ConsensusSettings,
  EngineApi,
  Intervention,
  ProtocolId,
  ReplicaInspection,
  WaitingStep,
} from '../../../engine/api/index.ts';
import { getEngine } from '../engine.ts';
import { asError, complain, noEngine } from '../refusals.ts';
import { createTaskQueue } from '../taskQueue.ts';
import { activeRun, type ConsensusRun, runOf, useConsensus } from './consensus.ts';
import { eventsNow, seekTo, speedFor, useConsensusClock } from './consensusClock.ts';
import { firstSettings, lostUs, underProtocol } from './firstSettings.ts';
import { RunLog } from './runLog.ts';

/** How much is run when a run is opened: so many heights, or so many events. */
const FIRST = { heights: 3, events: 60_000 };
/** Events at once, so that the page hears something meanwhile. */
const MOST_EVENTS = 60_000;
/** Of decisions, what a diagram shows at first. */
const SHOWN_DECISIONS = 2.4;

const queue = createTaskQueue(
  (busy) => useConsensus.setState({ busy }),
  (thrown) => complain(asError(thrown)),
);

/** What hands can do to consensus. One thing after another; a refusal changes nothing and is said. */
export const consensus = {
  /** Opens a first run, once; later it says nothing. */
  begin(): Promise<void> {
    return queue.add(async () => {
      if (useConsensus.getState().runs.length === 0) await reopen();
    }, 'begin');
  },

  /** Other settings: everything is run anew. */
  change(patch: Partial<ConsensusSettings>): Promise<void> {
    useConsensus.setState(({ settings }) => ({ settings: { ...settings, ...patch, interventions: [] } }));
    return queue.add(reopen, 'change');
  },

  setProtocol(protocol: ProtocolId): Promise<void> {
    useConsensus.setState(({ settings, rival }) => ({
      settings: underProtocol(settings, protocol),
      rival: rival === protocol ? null : rival,
    }));
    return queue.add(reopen, 'change');
  },

  /** Runs the same under another protocol beside it; null: alone again. */
  setRival(rival: ProtocolId | null): Promise<void> {
    useConsensus.setState({ rival });
    return queue.add(reopen, 'change');
  },

  /** Settings with all that is to be done in them, as a link brings them. */
  open(settings: ConsensusSettings): Promise<void> {
    useConsensus.setState({ settings, rival: null });
    return queue.add(reopen, 'change');
  },

  startOver(): Promise<void> {
    return consensus.open(firstSettings(useConsensus.getState().settings.protocol));
  },

  /** Does something to the active run, after so many events of it: on a branch. Side by side, to both, as far as both know it. */
  intervene(intervention: Intervention, afterEvents?: number): Promise<void> {
    return queue.add(async () => {
      const engine = getEngine();
      const run = activeRun();
      if (engine === null || run === undefined) return void noEngine();
      const { rival, shown } = useConsensus.getState();
      const events = afterEvents ?? eventsNow(run.branch);
      const atUs = afterEvents === undefined ? useConsensusClock.getState().timeUs : run.log.timeOf(events);
      const made = await branchOff(engine, run, events, intervention);
      if (made === null) return;
      const next = new Map([[run.branch, made.branch]]);
      const other = rival === null ? undefined : shown.map((id) => runOf(id)).find((one) => one !== run);
      if (other !== undefined && fits(intervention, other)) {
        const also = await branchOff(engine, other, other.log.eventsAt(atUs), intervention);
        if (also !== null) next.set(other.branch, also.branch);
      }
      useConsensus.setState({
        shown: shown.map((id) => next.get(id) ?? id),
        active: made.branch,
      });
      if (afterEvents !== undefined) seekTo(atUs);
      useConsensusClock.setState({ step: null });
    });
  },

  /** Puts a branch on stage, alone or as the first of two. */
  show(branch: number): void {
    const { shown, rival } = useConsensus.getState();
    const run = runOf(branch);
    if (run === undefined) return;
    if (rival === null) {
      useConsensus.setState({ shown: [branch], active: branch });
    } else {
      const kept = shown.map((id) => (runOf(id)?.root === run.root ? branch : id));
      useConsensus.setState({ shown: kept, active: branch });
    }
    useConsensusClock.setState({ step: null });
    level();
  },

  /** Two branches on one clock; null: only the active one. */
  compare(branch: number | null): void {
    const { active } = useConsensus.getState();
    if (branch === null) useConsensus.setState({ shown: [active] });
    else if (branch !== active) useConsensus.setState({ shown: [branch, active] });
    useConsensusClock.setState({ step: null });
    level();
  },

  /** Which of those on stage hands are about. */
  activate(branch: number): void {
    if (useConsensus.getState().active === branch) return;
    useConsensus.setState({ active: branch });
    useConsensusClock.setState({ step: null });
  },

  /** Forgets a branch; the last of all stays. */
  close(branch: number): Promise<void> {
    return queue.add(async () => {
      const { runs, shown, active } = useConsensus.getState();
      const gone = runOf(branch);
      if (gone === undefined || gone.branch === gone.root) return;
      await getEngine()?.closeConsensus(branch);
      const rest = runs.filter((run) => run !== gone);
      const heir = gone.root;
      useConsensus.setState({
        runs: rest,
        shown: [...new Set(shown.map((id) => (id === branch ? heir : id)))],
        active: active === branch ? heir : active,
      });
    });
  },

  /** A replica as the engine has it after so many events; null where it cannot say. */
  async inspect(branch: number, events: number, node: number): Promise<ReplicaInspection | null> {
    const run = runOf(branch);
    const engine = getEngine();
    if (run === undefined || engine === null) return null;
    const answer = await engine.inspectReplica(ownerOf(run, events).branch, events, node);
    return answer.ok ? answer.value : null;
  },

  /** What could be next after so many events; null where the engine cannot say. */
  async waiting(branch: number, events: number): Promise<readonly WaitingStep[] | null> {
    const run = runOf(branch);
    const engine = getEngine();
    if (run === undefined || engine === null) return null;
    const answer = await engine.waitingSteps(ownerOf(run, events).branch, events);
    return answer.ok ? answer.value : null;
  },

  /** Runs all that is on stage on, until this time is known. */
  runUntil(untilUs: number): void {
    void queue.add(async () => {
      const engine = getEngine();
      if (engine === null) return;
      for (const id of useConsensus.getState().shown) {
        const run = runOf(id);
        if (run === undefined) continue;
        const failed = await runTo(engine, run, untilUs);
        if (failed !== null) return fall(failed);
      }
    }, 'runUntil');
  },
} as const;

/** Whether another protocol's run knows what is to be done: messages of one are nothing to another. */
function fits(intervention: Intervention, { log }: ConsensusRun): boolean {
  if ('event' in intervention) return false;
  if (intervention.kind !== 'lie') return true;
  const protocol = useConsensus.getState().protocols?.find(({ id }) => id === log.info.protocol);
  return intervention.lies.every((lie) => protocol?.lies.includes(lie));
}

/** Closes what is open and opens the settings as they stand now, with the rival's beside them. */
async function reopen(): Promise<void> {
  const engine = getEngine();
  if (engine === null) return fall({ code: 'consensus/no_engine', message: '' });
  if (useConsensus.getState().protocols === null) {
    const described = await engine.describeProtocols();
    if (!described.ok) return fall(described.error);
    useConsensus.setState({ protocols: described.value });
  }
  const { settings, rival, runs } = useConsensus.getState();
  const opened: ConsensusRun[] = [];
  const wanted = rival === null ? [settings] : [settings, underProtocol(settings, rival)];
  for (const one of wanted) {
    const run = await openRun(engine, one);
    if (!run.ok) {
      for (const { branch } of opened) await engine.closeConsensus(branch);
      return refuse(run.error, runs);
    }
    opened.push(run.value);
  }
  for (const { branch } of runs) await engine.closeConsensus(branch);
  // Two on one clock are both known as far as the one that took longer to get somewhere.
  const mostUs = Math.max(...opened.map(({ log }) => log.knownUs));
  // Not at any price: what waits for depth may take a thousand times as long, and the clock stops where one is not known.
  for (const run of opened) {
    if (run.log.knownUs < mostUs) await runOn(engine, run, { events: MOST_EVENTS, untilUs: mostUs });
  }
  useConsensus.setState({
    runs: opened,
    shown: opened.map(({ branch }) => branch),
    active: opened[0]!.branch,
    failure: null,
  });
  const pace = Math.max(...opened.map(paceOf));
  useConsensusClock.setState({
    timeUs: 0,
    step: null,
    slowdown: speedFor(Math.min(...opened.map(paceOf))),
    window: { startUs: 0, endUs: pace * SHOWN_DECISIONS },
  });
}

/** Time between two steps of a chain that can be watched: decisions, or blocks where these are far behind. */
function paceOf({ log }: ConsensusRun): number {
  const made = log.madeUs.filter((us) => us > 0);
  const lastUs = made.at(-1);
  if (lastUs === undefined) return Math.max(log.knownUs, 1000);
  return Math.max(lastUs / Math.max(1, log.blocks.at(-1)?.height ?? 1), 1);
}

async function openRun(engine: EngineApi, settings: ConsensusSettings): Promise<ApiResult<ConsensusRun>> {
  const opened = await engine.openConsensus(settings);
  if (!opened.ok) return opened;
  const { branch } = opened.value;
  const log = new RunLog(opened.value, lostUs(settings));
  const run = { branch, log, settings, root: branch };
  const failed = await runOn(engine, run, FIRST);
  return failed === null ? { ok: true, value: run } : { ok: false, error: failed };
}

async function branchOff(
  engine: EngineApi,
  run: ConsensusRun,
  events: number,
  intervention: Intervention,
): Promise<ConsensusRun | null> {
  const made = await engine.interveneConsensus(ownerOf(run, events).branch, events, intervention);
  if (!made.ok) {
    complain(made.error);
    return null;
  }
  const { branch } = made.value;
  const child = { ...run, branch, log: run.log.fork(made.value) };
  const untilUs = run.log.knownUs;
  const failed = (await runOn(engine, child, { events: 0 })) ?? (await runTo(engine, child, untilUs));
  if (failed !== null) {
    complain(failed);
    return null;
  }
  useConsensus.setState(({ runs }) => ({ runs: [...runs, child] }));
  return child;
}

/** The branch whose own the moment is: what came before a fork is its parent's. */
function ownerOf(run: ConsensusRun, events: number): { readonly branch: number } {
  let { branch, forkEvents, parent } = run.log.info;
  while (events < forkEvents) {
    const above = runOf(parent)?.log.info;
    if (above === undefined) break;
    ({ branch, forkEvents, parent } = above);
  }
  return { branch };
}

/** What comes on stage is run as far as the moment, and as its siblings: figures of one that ends before would stand still. */
function level(): void {
  const { rival, shown } = useConsensus.getState();
  const { timeUs } = useConsensusClock.getState();
  const known = rival === null ? shown.map((id) => runOf(id)?.log.knownUs ?? 0) : [];
  consensus.runUntil(Math.max(timeUs, ...known));
}

/** Runs on until this time is known, or nothing is left to happen. */
async function runTo(engine: EngineApi, run: ConsensusRun, untilUs: number): Promise<ApiError | null> {
  while (!run.log.quiet && run.log.knownUs < untilUs) {
    const failed = await runOn(engine, run, { events: MOST_EVENTS, untilUs });
    if (failed !== null) return failed;
  }
  return null;
}

async function runOn(
  engine: EngineApi,
  { branch, log }: ConsensusRun,
  until: { readonly events: number; readonly untilUs?: number; readonly heights?: number },
): Promise<ApiError | null> {
  const answer = await engine.runConsensus(branch, until);
  if (!answer.ok) return answer.error;
  log.append(answer.value, until.untilUs);
  useConsensus.setState(({ version }) => ({ version: version + 1 }));
  return null;
}

/** A knob that the engine refuses goes back to what runs. */
function refuse(error: ApiError, runs: readonly ConsensusRun[]): void {
  complain(error);
  const running = runs.find(({ branch, root }) => branch === root);
  if (running === undefined) useConsensus.setState({ failure: error });
  else useConsensus.setState({ settings: running.settings });
}

/** The engine went away, and with it all that was open. */
function fall(error: ApiError): void {
  useConsensusClock.setState({ playing: false });
  useConsensus.setState({ failure: error, runs: [], shown: [], active: -1 });
}
