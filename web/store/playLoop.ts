import { usePlayback } from './playback.ts';

/** A frame that took longer was a sleep: the clock does not leap over it. */
const LONGEST_FRAME_MS = 100;
/** How long a finished block stays before the next one. */
const REST_MS = 700;

export interface PlayLoopHooks {
  /** The block has been shown to its end and rested; answers when the next one is on stage. */
  atEnd(): Promise<void>;
  /** Wall-clock milliseconds until the end of the block as it plays. */
  nearEnd(remainingMs: number): void;
}

/**
 * Moves the one clock while it plays: the recorded run's own time, divided by the slow motion. The
 * only timer of the page that moves anything. Sleeps while paused or hidden.
 */
export function startPlayLoop(hooks: PlayLoopHooks): () => void {
  let frame = 0;
  let lastMs = 0;
  let restMs = 0;
  let turning = false;

  const tick = (nowMs: number): void => {
    // Until the end of the tick `frame` stays set: moving the clock wakes the loop that moves it.
    const playback = usePlayback.getState();
    if (!playback.playing) {
      frame = 0;
      return;
    }
    const deltaMs = lastMs === 0 ? 0 : Math.min(LONGEST_FRAME_MS, nowMs - lastMs);
    lastMs = nowMs;
    if (!turning && playback.durationUs > 0) {
      if (playback.timeUs < playback.durationUs) {
        restMs = 0;
        playback.seekTo(playback.timeUs + (deltaMs * 1000) / playback.slowdown);
        hooks.nearEnd(((playback.durationUs - playback.timeUs) * playback.slowdown) / 1000 + REST_MS);
      } else {
        restMs += deltaMs;
        if (restMs >= REST_MS) {
          restMs = 0;
          turning = true;
          void hooks.atEnd().finally(() => {
            turning = false;
          });
        }
      }
    }
    frame = requestAnimationFrame(tick);
  };
  const wake = (): void => {
    if (frame !== 0 || !usePlayback.getState().playing || document.hidden) return;
    lastMs = 0;
    frame = requestAnimationFrame(tick);
  };
  let resume = false;
  const onVisibility = (): void => {
    if (document.hidden) {
      resume = usePlayback.getState().playing;
      if (resume) usePlayback.getState().pause();
    } else if (resume) {
      resume = false;
      usePlayback.getState().play();
    }
  };
  const unsubscribe = usePlayback.subscribe(wake);
  document.addEventListener('visibilitychange', onVisibility);
  wake();
  return () => {
    unsubscribe();
    document.removeEventListener('visibilitychange', onVisibility);
    cancelAnimationFrame(frame);
  };
}
