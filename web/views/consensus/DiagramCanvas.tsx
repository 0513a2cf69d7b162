import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { ProtocolDescription } from '../../../engine/api/index.ts';
import { useThemeVersion } from '../../lib/colours.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import { useSize } from '../../lib/useSize.ts';
import type { ConsensusRun } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import {
  eventsNow,
  knownUs,
  seekEvents,
  showWindow,
  useConsensusClock,
  zoomWindow,
} from '../../store/consensus/consensusClock.ts';
import { useConsensusSelection } from '../../store/consensus/consensusSelection.ts';
import { describeEvent, describeMark, describeMessage } from './causes.ts';
import { clockKey } from './clockKey.ts';
import type { Hit } from './diagramGeometry.ts';
import { createDiagramStage, type DiagramStage } from './diagramStage.ts';
import { shapesOf } from './look.ts';

export interface DiagramCanvasProps {
  readonly run: ConsensusRun;
  readonly description: ProtocolDescription;
  readonly differsUs: number;
}

/** Replicas down, time across: what each is at, and an arrow for each message. */
export function DiagramCanvas({ run, description, differsUs }: DiagramCanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<HTMLDivElement>(null);
  const stage = useRef<DiagramStage | null>(null);
  const [row, setRow] = useState(-1);
  const [said, say] = useState('');
  const help = useId();
  const theme = useThemeVersion();
  const { width, height } = useSize(frame);
  const { log, branch } = run;
  const kinds = description.messageKinds;

  useEffect(() => {
    if (box.current === null || canvas.current === null || tip.current === null) return;
    const made = createDiagramStage({
      box: box.current,
      canvas: canvas.current,
      tip: tip.current,
      describe: (hit) => describeHit(run, kinds, hit),
      select: (hit, at) => {
        consensus.activate(branch);
        const { select } = useConsensusSelection.getState();
        if (hit !== null) select({ branch, kind: hit.kind, at: hit.place });
        else select(at < 0 ? null : { branch, kind: 'replica', at });
      },
      intervene: (intervention, afterEvents) => {
        consensus.activate(branch);
        void consensus.intervene(intervention, afterEvents);
      },
    });
    stage.current = made;
    return () => {
      made?.dispose();
      stage.current = null;
    };
  }, [run, branch, kinds]);
  useEffect(() => {
    stage.current?.show({ run, kinds, shapes: shapesOf(kinds), width, height, differsUs });
  }, [run, kinds, width, height, differsUs, theme]);

  const toRow = (next: number): void => {
    setRow(next);
    stage.current?.focusRow(next);
    say(format(text.rowWords, { node: next }));
  };
  /** Along a row, event by event. */
  const along = (direction: 1 | -1): void => {
    const at = Math.max(0, row);
    const end = direction > 0 ? log.toEvents + 1 : 0;
    let place = eventsNow(branch) + direction;
    while (place !== end && place > 0 && log.nodeOf(place) !== at) place += direction;
    if (place === end || place <= 0) return;
    consensus.activate(branch);
    seekEvents(place);
    const number = log.numberOf(place);
    useConsensusSelection.getState().select({ branch, kind: 'event', at: number });
    say(describeEvent(log, kinds, number));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { timeUs } = useConsensusClock.getState();
    if (event.key === 'ArrowDown') toRow((row + 1) % log.nodes);
    else if (event.key === 'ArrowUp') toRow((Math.max(row, 0) - 1 + log.nodes) % log.nodes);
    else if (event.key === 'ArrowRight') along(1);
    else if (event.key === 'ArrowLeft') along(-1);
    else if (event.key === 'Enter') {
      useConsensusSelection.getState().select({ branch, kind: 'replica', at: Math.max(0, row) });
    } else if (event.key === 'Escape') useConsensusSelection.getState().select(null);
    else if (event.key === '+' || event.key === '=') zoomWindow(1.6, timeUs);
    else if (event.key === '-') zoomWindow(1 / 1.6, timeUs);
    else if (event.key === '0') showWindow(0, knownUs() * 1.02);
    else if (!clockKey(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={frame} className="relative h-full min-h-0 w-full min-w-0 overflow-hidden">
      <div
        ref={box}
        // An application: arrow keys walk replicas and events here, and the live region says where one is.
        role="application"
        aria-roledescription={text.diagramRole}
        aria-label={format(text.diagram, { protocol: description.title })}
        aria-describedby={help}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard's way into the canvas
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={() => stage.current?.redraw()}
        onBlur={() => stage.current?.redraw()}
        className="absolute inset-0 touch-pan-y select-none -outline-offset-2"
      >
        <canvas ref={canvas} className="pointer-events-none block size-full" />
      </div>
      <div
        ref={tip}
        hidden
        aria-hidden="true"
        className="pointer-events-none absolute top-0 left-0 z-10 w-max max-w-[min(21rem,90%)] rounded-1 border border-line bg-surface-2 px-2.5 py-1.5 text-xs leading-snug text-ink shadow-(--shadow)"
      />
      <p id={help} className="sr-only">
        {text.diagramKeys}
      </p>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function describeHit({ log }: ConsensusRun, kinds: ProtocolDescription['messageKinds'], hit: Hit): string {
  if (hit.kind === 'mark') {
    const mark = log.marks[hit.place];
    return mark === undefined ? '' : describeMark(mark, kinds);
  }
  const found = log.message(hit.place);
  return found === undefined ? '' : describeMessage(found, kinds);
}
