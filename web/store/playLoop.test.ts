import { afterEach, describe, expect, it, vi } from 'vitest';
import { usePlayback } from './playback.ts';
import { startPlayLoop } from './playLoop.ts';

/** A page with a clock in hand: frames wait until they are let go. */
function handPage() {
  const frames = new Map<number, (nowMs: number) => void>();
  const page = new EventTarget() as EventTarget & { hidden: boolean };
  page.hidden = false;
  let id = 0;
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (callback: (nowMs: number) => void) => {
    frames.set(++id, callback);
    return id;
  });
  vi.stubGlobal('cancelAnimationFrame', (which: number) => frames.delete(which));
  let nowMs = 1000;
  return {
    page,
    waiting: () => frames.size,
    frame: (deltaMs = 16) => {
      nowMs += deltaMs;
      const due = [...frames.values()];
      frames.clear();
      for (const callback of due) callback(nowMs);
    },
  };
}

afterEach(() => vi.unstubAllGlobals());

describe('the play loop', () => {
  it('asks for one frame at a time and for none while paused', async () => {
    const hand = handPage();
    const ends: number[] = [];
    const stop = startPlayLoop({ atEnd: async () => void ends.push(1), nearEnd: () => {} });
    const playback = usePlayback.getState();
    playback.load(1000, 1000);
    expect(hand.waiting()).toBe(0);
    playback.play();
    expect(hand.waiting()).toBe(1);
    for (let i = 0; i < 20; i++) {
      hand.frame();
      expect(hand.waiting()).toBe(1);
    }
    // 19 frames of 16 ms, a thousand times slower: 304 µs.
    expect(usePlayback.getState().timeUs).toBeCloseTo(304);
    hand.frame(3_600_000);
    expect(usePlayback.getState().timeUs).toBeCloseTo(404);
    for (let i = 0; i < 200; i++) hand.frame();
    await Promise.resolve();
    expect(ends.length).toBeGreaterThan(0);
    playback.pause();
    hand.frame();
    hand.frame();
    expect(hand.waiting()).toBe(0);
    stop();
  });

  it('rests while the page is hidden and goes on after', () => {
    const hand = handPage();
    const stop = startPlayLoop({ atEnd: async () => {}, nearEnd: () => {} });
    usePlayback.getState().load(1000, 1000);
    usePlayback.getState().play();
    hand.page.hidden = true;
    hand.page.dispatchEvent(new Event('visibilitychange'));
    expect(usePlayback.getState().playing).toBe(false);
    hand.page.hidden = false;
    hand.page.dispatchEvent(new Event('visibilitychange'));
    expect(usePlayback.getState().playing).toBe(true);
    usePlayback.getState().pause();
    stop();
  });
});
