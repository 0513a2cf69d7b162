import { create } from 'zustand';
import { format } from '../../lib/messages.ts';
import { story } from '../../lib/messages/story.ts';
import { useImported } from '../../store/importedBlock.ts';
import { useScenario } from '../../store/openedScenario.ts';
import { usePlayback } from '../../store/playback.ts';
import { usePreferences } from '../../store/preferences.ts';
import { useRuns } from '../../store/runs.ts';
import { useSelection } from '../../store/selection.ts';
import { session, useSession } from '../../store/session.ts';
import { chooseAbort } from './captions.ts';
import { OPENING, type StoryStep } from './steps.ts';

export interface StoryState {
  readonly phase: 'waiting' | 'playing' | 'stopped' | 'finished';
  readonly step: number;
  readonly steps: number;
  readonly caption: string;
  /** The hot share has been handed to the viewer and not yet been touched. */
  readonly handedOver: boolean;
}

/** Where the story stands. Whoever touches the stage takes over ({@link takeOver}). */
export const useStory = create<StoryState>(() => ({
  phase: 'waiting',
  step: 0,
  steps: OPENING.length,
  caption: '',
  handedOver: false,
}));

let telling = 0;

// A scenario that was opened has its own captions; the story does not go on over it.
useScenario.subscribe(({ opening, opened }, before) => {
  if (opening !== null && before.opening === null) takeOver();
  if (opened !== null && opened !== before.opened)
    useStory.setState({ phase: 'waiting', step: 0, caption: '' });
});

// Nor does it over a real block.
useImported.subscribe(({ reading, imported }, before) => {
  if (reading !== null && before.reading === null) takeOver();
  if (imported !== null && imported !== before.imported)
    useStory.setState({ phase: 'waiting', step: 0, caption: '' });
});

const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Tells the story from a step on; a newer telling, or a hand on the stage, ends this one. */
export async function tellStory(from = 0): Promise<void> {
  const mine = ++telling;
  const goesOn = (): boolean => mine === telling;
  useSession.setState({ continuous: false });
  useStory.setState({ phase: 'playing', handedOver: false });
  for (let at = from; at < OPENING.length; at++) {
    useStory.setState({ step: at });
    await tellStep(OPENING[at]!, goesOn);
    if (!goesOn()) return;
  }
  telling++;
  useSession.setState({ continuous: true });
  useStory.setState({ phase: 'finished', handedOver: true });
}

/** From the very start, on a new chain as it first was. */
export async function replayStory(): Promise<void> {
  telling++;
  usePlayback.getState().pause();
  await session.startOver();
  await tellStory();
}

/** A hand on the stage: the story stops where it is, and everything stays as it is. */
export function takeOver(): void {
  const { phase, handedOver } = useStory.getState();
  if (handedOver) useStory.setState({ handedOver: false });
  if (phase !== 'playing') return;
  telling++;
  useSession.setState({ continuous: true });
  useStory.setState({ phase: 'stopped' });
}

/** A handler by which a hand takes over before it acts. */
export function byHand(action: () => unknown): () => void {
  return () => {
    takeOver();
    action();
  };
}

async function tellStep(step: StoryStep, goesOn: () => boolean): Promise<void> {
  if (step.panel !== undefined) usePreferences.getState().showPanel(step.panel);
  let refusal = '';
  if (step.change?.kind === 'traffic') {
    await session.changeTraffic(step.change.traffic);
  } else if (step.change?.kind === 'splitPool') {
    const answer = await session.splitPool(step.change.pool, step.change.ways);
    if (!answer.ok) refusal = format(story.splitRefused, { why: answer.error.message });
  }
  if (!goesOn()) return;
  const { run, ghost } = useRuns.getState();
  if (run === null) return;
  useStory.setState({ caption: refusal || step.caption(run, ghost) });
  const playback = usePlayback.getState();
  if (step.show === 'block' && !still()) {
    useSelection.getState().clear();
    playback.seekTo(0);
    playback.play();
    await blockEnd(goesOn);
  } else if (step.show === 'abort') {
    playback.pause();
    const abort = chooseAbort(run);
    if (abort !== null) {
      useSelection.getState().selectAbort(abort.tx, abort.sequence, abort.writerTx, abort.key);
      playback.seekTo(abort.atUs);
    }
  } else {
    playback.pause();
    useSelection.getState().clear();
    playback.seekTo(playback.durationUs);
  }
  await reading(step.holdMs, goesOn);
}

/** Until the block has played to its end, or nobody listens any more. */
function blockEnd(goesOn: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): boolean => {
      const { timeUs, durationUs } = usePlayback.getState();
      return !goesOn() || timeUs >= durationUs;
    };
    if (check()) return resolve();
    const stops = [usePlayback.subscribe(look), useStory.subscribe(look)];
    function look(): void {
      if (!check()) return;
      for (const stop of stops) stop();
      resolve();
    }
  });
}

/** Time to read; it does not run while the page is hidden. */
function reading(holdMs: number, goesOn: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    let leftMs = holdMs;
    let lastMs = performance.now();
    const timer = setInterval(() => {
      const nowMs = performance.now();
      if (!document.hidden) leftMs -= Math.min(200, nowMs - lastMs);
      lastMs = nowMs;
      if (leftMs > 0 && goesOn()) return;
      clearInterval(timer);
      resolve();
    }, 50);
  });
}
