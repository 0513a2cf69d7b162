import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { formatNumber } from '../../lib/format.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import { activeRun, useConsensus } from '../../store/consensus/consensus.ts';
import {
  changeSpeed,
  eventsNow,
  knownUs,
  seekTo,
  stepBy,
  togglePlay,
  useConsensusClock,
} from '../../store/consensus/consensusClock.ts';
import { hueToken } from './look.ts';
import { timeWords } from './words.ts';

/** Play, pause, one event on or back, any moment, and how fast. */
export function Transport() {
  const playing = useConsensusClock(({ playing: plays }) => plays);
  const slowdown = useConsensusClock((state) => state.slowdown);
  return (
    <div
      role="toolbar"
      aria-label={text.transport}
      className="flex shrink-0 flex-wrap items-center gap-x-1 border-t border-line px-2 py-1"
    >
      <IconButton icon="stepBack" label={text.stepBack} onClick={() => stepBy(-1)} />
      <IconButton
        icon={playing ? 'pause' : 'play'}
        label={playing ? text.pause : text.play}
        look="accent"
        className="mx-1 rounded-full"
        onClick={togglePlay}
      />
      <IconButton icon="stepForward" label={text.stepForward} onClick={() => stepBy(1)} />
      <span className="ml-1 flex items-center">
        <IconButton icon="minus" size={13} label={text.slower} onClick={() => changeSpeed(1)} />
        <span className="min-w-[6.2em] text-center text-xs text-ink-2">{speedWords(slowdown)}</span>
        <IconButton icon="plus" size={13} label={text.faster} onClick={() => changeSpeed(-1)} />
      </span>
      <Moment />
    </div>
  );
}

function speedWords(slowdown: number): string {
  if (slowdown === 1) return text.realTime;
  return slowdown > 1
    ? format(text.slowMotion, { factor: trimmed(slowdown) })
    : format(text.quicker, { factor: trimmed(1 / slowdown) });
}

function trimmed(factor: number): string {
  return formatNumber(factor).replace(/\.0+$/, '');
}

/** How far a key of the slider goes, of all that is known. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowRight: 0.01,
  PageUp: -0.1,
  PageDown: 0.1,
  Home: -1,
  End: 1,
};

function Moment() {
  const bar = useRef<HTMLDivElement>(null);
  const timeUs = useConsensusClock((state) => state.timeUs);
  const step = useConsensusClock((state) => state.step);
  useConsensus((state) => state.version);
  useConsensus((state) => state.active);
  const run = activeRun();
  const known = knownUs();
  const events = run === undefined ? 0 : (step ?? eventsNow(run.branch));
  const to = (event: PointerEvent): void => {
    const box = bar.current?.getBoundingClientRect();
    if (box !== undefined) seekTo((known * (event.clientX - box.left)) / Math.max(1, box.width));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (by === undefined) return;
    seekTo(timeUs + by * known);
    event.preventDefault();
    event.stopPropagation();
  };
  const share = (us: number): string => `${(100 * us) / Math.max(known, 1)}%`;
  return (
    <span className="flex min-w-40 flex-1 items-center gap-2 pl-2 @max-2xl:basis-full">
      <div
        ref={bar}
        role="slider"
        tabIndex={0}
        aria-label={text.moment}
        aria-valuemin={0}
        aria-valuemax={Math.round(known)}
        aria-valuenow={Math.round(timeUs)}
        aria-valuetext={format(text.momentValue, { time: timeWords(timeUs), events })}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          to(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && to(event)}
        className="relative h-7 flex-1 cursor-pointer touch-none"
      >
        <span className="absolute inset-x-0 top-3 h-1 rounded-full bg-surface-3" />
        {run?.log.decisions.slice(-MOST_TICKS).map(({ value, atUs }) => (
          <span
            key={value}
            className="absolute top-1.5 h-4 w-0.5 rounded-full opacity-70"
            style={{ left: share(atUs), background: hueToken(value) }}
          />
        ))}
        {run?.log.interventions.map(({ atUs, events: at }) => (
          <span
            key={at}
            className="absolute top-0.5 -ml-1 size-2 rotate-45 bg-bad"
            style={{ left: share(atUs) }}
          />
        ))}
        <span
          className="absolute top-1 -ml-[3px] h-5 w-1.5 rounded-full bg-accent"
          style={{ left: share(timeUs) }}
        />
      </div>
      <span className="min-w-[9.5em] text-right text-xs text-ink-2" data-testid="consensus-clock">
        {timeWords(timeUs)} <span className="text-ink-3">· {format(text.event, { events })}</span>
      </span>
    </span>
  );
}

const MOST_TICKS = 200;
