import { create } from 'zustand';
import { ladder } from '../slowMotion.ts';
import { activeRun, useConsensus } from './consensus.ts';

/** The one clock of all consensus on stage: virtual time. */
export interface ConsensusClock {
  readonly timeUs: number;
  /** Where several events are at one time, how many of the active run's were processed; null: all of that time. */
  readonly step: number | null;
  readonly playing: boolean;
  /** How many times slower than real it plays; below 1: faster. */
  readonly slowdown: number;
  /** The stretch of time that diagrams show. */
  readonly window: { readonly startUs: number; readonly endUs: number };
}

export const useConsensusClock = create<ConsensusClock>(() => ({
  timeUs: 0,
  step: null,
  playing: false,
  slowdown: 20,
  window: { startUs: 0, endUs: 1_000_000 },
}));

const LEAST_RUNG = -9;
const MOST_RUNG = 15;
/** Longest step of the clock: a page that was asleep does not leap. */
const LONGEST_FRAME_MS = 100;
const LEAST_WINDOW_US = 200;

/** Events of a run that were processed at the moment. */
export function eventsNow(branch: number, clock = useConsensusClock.getState()): number {
  const state = useConsensus.getState();
  const run = state.runs.find((one) => one.branch === branch);
  if (run === undefined) return 0;
  return clock.step !== null && branch === state.active ? clock.step : run.log.eventsAt(clock.timeUs);
}

/** Until when all that is on stage is known. */
export function knownUs(): number {
  const { runs, shown } = useConsensus.getState();
  const logs = runs.filter(({ branch }) => shown.includes(branch)).map(({ log }) => log);
  const open = logs.filter(({ quiet }) => !quiet);
  const counted = open.length > 0 ? open : logs;
  const known = counted.map((log) => log.knownUs);
  return known.length === 0 ? 0 : open.length > 0 ? Math.min(...known) : Math.max(...known);
}

export function seekTo(timeUs: number): void {
  const to = Math.min(Math.max(timeUs, 0), knownUs());
  useConsensusClock.setState({ timeUs: to, step: null });
  follow();
}

/** To the moment after so many events of the active run. */
export function seekEvents(events: number): void {
  const log = activeRun()?.log;
  if (log === undefined) return;
  const step = Math.min(Math.max(events, 0), log.toEvents);
  useConsensusClock.setState({ timeUs: log.timeOf(step), step, playing: false });
  follow();
}

/** The next or the previous event of the active run. */
export function stepBy(direction: 1 | -1): void {
  seekEvents(eventsNow(useConsensus.getState().active) + direction);
}

export function togglePlay(): void {
  useConsensusClock.setState(({ playing }) => ({ playing: !playing, step: null }));
}

/** One rung slower (+1) or faster (−1). */
export function changeSpeed(direction: 1 | -1): void {
  const { slowdown } = useConsensusClock.getState();
  useConsensusClock.setState({ slowdown: ladder(clamped(rungNear(slowdown) + direction)) });
}

/** About so long for a decision to watch, in seconds. */
const WATCHED_S = 3;

/** A speed at which what takes so long can be watched. */
export function speedFor(durationUs: number): number {
  return ladder(clamped(rungNear((WATCHED_S * 1e6) / Math.max(durationUs, 1))));
}

export function showWindow(startUs: number, endUs: number): void {
  const span = Math.max(endUs - startUs, LEAST_WINDOW_US);
  const start = Math.max(0, startUs);
  useConsensusClock.setState({ window: { startUs: start, endUs: start + span } });
}

/** Zooms about a moment; `factor` above 1 is closer. */
export function zoomWindow(factor: number, aboutUs: number): void {
  const { startUs, endUs } = useConsensusClock.getState().window;
  const span = Math.min((endUs - startUs) / factor, Math.max(knownUs() * 1.1, LEAST_WINDOW_US));
  const share = (aboutUs - startUs) / (endUs - startUs);
  showWindow(aboutUs - share * span, aboutUs - share * span + span);
}

/** Turns the window like a page when the moment runs out of it. */
function follow(): void {
  const { timeUs, window } = useConsensusClock.getState();
  const span = window.endUs - window.startUs;
  if (timeUs < window.startUs) showWindow(timeUs - span * 0.5, timeUs + span * 0.5);
  else if (timeUs > window.endUs - span * 0.02) showWindow(timeUs - span * 0.1, timeUs + span * 0.9);
}

/** Moves the clock while it plays; `more` is asked for what comes, with how far it will be wanted. Answers how to stop. */
export function startClock(more: (untilUs: number) => void): () => void {
  let frame = 0;
  let lastMs = 0;
  const tick = (nowMs: number): void => {
    const { playing, timeUs, slowdown } = useConsensusClock.getState();
    // Until the end this frame counts as asked for: a clock that moves wakes nobody twice.
    if (!playing || document.hidden) {
      frame = 0;
      return;
    }
    const deltaMs = lastMs === 0 ? 0 : Math.min(LONGEST_FRAME_MS, nowMs - lastMs);
    lastMs = nowMs;
    const aheadUs = (AHEAD_S * 1e6) / slowdown;
    const known = knownUs();
    const next = Math.min(timeUs + (deltaMs * 1000) / slowdown, known);
    if (next !== timeUs) {
      useConsensusClock.setState({ timeUs: next, step: null });
      follow();
    }
    if (known - next < aheadUs) more(next + 2 * aheadUs);
    frame = requestAnimationFrame(tick);
  };
  const wake = (): void => {
    if (frame !== 0 || !useConsensusClock.getState().playing || document.hidden) return;
    lastMs = 0;
    frame = requestAnimationFrame(tick);
  };
  const stop = useConsensusClock.subscribe(wake);
  document.addEventListener('visibilitychange', wake);
  wake();
  return () => {
    stop();
    document.removeEventListener('visibilitychange', wake);
    cancelAnimationFrame(frame);
  };
}

/** Seconds of playing for which what comes is kept ready. */
const AHEAD_S = 4;

function rungNear(slowdown: number): number {
  let best = 0;
  for (let rung = LEAST_RUNG; rung <= MOST_RUNG; rung++) {
    if (Math.abs(Math.log(ladder(rung) / slowdown)) < Math.abs(Math.log(ladder(best) / slowdown)))
      best = rung;
  }
  return best;
}

function clamped(rung: number): number {
  return Math.min(MOST_RUNG, Math.max(LEAST_RUNG, rung));
}
