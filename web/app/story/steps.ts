import type { BlockRun, TrafficSettings } from '../../../engine/api/index.ts';
import { story } from '../../lib/messages/story.ts';
import type { PanelId } from '../../store/preferences.ts';
import {
  abortCaption,
  calmCaption,
  chainCaption,
  openingCaption,
  rushCaption,
  wallCaption,
} from './captions.ts';

/** One step of a story, as data: what is changed, what is said, what is shown, for how long. */
export interface StoryStep {
  readonly id: string;
  /** A change made before the caption; the step is told from the run it gives. */
  readonly change?:
    | { readonly kind: 'traffic'; readonly traffic: Partial<TrafficSettings> }
    | { readonly kind: 'splitPool'; readonly pool: number; readonly ways: number };
  /** From the run on stage and the one behind it. */
  caption(run: BlockRun, ghost: BlockRun | null): string;
  /** `block`: plays it from its start. `end`: rests on its end. `abort`: stops at one and selects it. */
  readonly show: 'block' | 'end' | 'abort';
  /** How long it stays after that, to be read. */
  readonly holdMs: number;
  /** A panel that must be in sight. */
  readonly panel?: PanelId;
}

/** The opening: calm, a rush, an abort, the chain, the split, and a knob for the viewer. About forty seconds. */
export const OPENING: readonly StoryStep[] = [
  { id: 'open', caption: openingCaption, show: 'block', holdMs: 400, panel: 'workerTimeline' },
  { id: 'calm', caption: calmCaption, show: 'end', holdMs: 4500 },
  {
    id: 'rush',
    change: { kind: 'traffic', traffic: { hotPermille: 900, swapPermille: 900 } },
    caption: rushCaption,
    show: 'block',
    holdMs: 300,
  },
  { id: 'abort', caption: abortCaption, show: 'abort', holdMs: 8000 },
  { id: 'chain', caption: chainCaption, show: 'end', holdMs: 7500, panel: 'conflictGraph' },
  {
    id: 'split',
    change: { kind: 'splitPool', pool: 0, ways: 4 },
    caption: () => story.split,
    show: 'block',
    holdMs: 300,
  },
  { id: 'wall', caption: wallCaption, show: 'end', holdMs: 7000 },
  { id: 'hand', caption: () => story.hand, show: 'end', holdMs: 0 },
];
