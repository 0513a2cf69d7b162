import type { BlockRun, TrafficSettings } from '../../engine/api/index.ts';
import { usePlayback } from './playback.ts';
import { keepRun } from './runCache.ts';
import { useRuns } from './runs.ts';
import { useSelection } from './selection.ts';
import { useSession } from './sessionState.ts';
import { defaultSlowdown } from './slowMotion.ts';
import { useToasts } from './toasts.ts';

/** Traffic knobs moved and not yet sent; they show on the knobs at once. */
export const wishes: { traffic: Partial<TrafficSettings> } = { traffic: {} };

export interface Staging {
  readonly ghost?: { readonly run: BlockRun | null; readonly label: string };
  /** The moment stays where it was, by its share of the block. */
  readonly hold?: boolean;
}

/** Puts a run on stage: keeps it, fits selection, clock and knobs to it, and says its notices. */
export function putOnStage(run: BlockRun, { ghost, hold = false }: Staging = {}): void {
  keepRun(run);
  const { timeUs, durationUs } = usePlayback.getState();
  const share = hold && durationUs > 0 ? timeUs / durationUs : 0;
  const before = useRuns.getState().run;
  if (before !== null && before.runId !== run.runId) {
    const { tx, selectTx, clear } = useSelection.getState();
    // A record of the old trace means nothing in the new one; the transaction of that index may.
    if (tx === null || before.height !== run.height || tx >= run.transactions.length) clear();
    else selectTx(tx);
  }
  useRuns.getState().show(run, ghost ?? { run: null, label: '' });
  const { slowdownChoice, settings } = useSession.getState();
  const length = run.metrics.durationUs;
  usePlayback.getState().load(length, slowdownChoice ?? defaultSlowdown(length));
  if (share > 0) usePlayback.getState().seekTo(share * length);
  if (settings !== null) {
    useSession.setState({ settings: { ...settings, traffic: { ...run.traffic, ...wishes.traffic } } });
  }
  for (const notice of run.notices) useToasts.getState().show('note', notice);
}

/** The knobs show again what is on stage, after one was refused. */
export function restoreKnobs(): void {
  wishes.traffic = {};
  const { settings } = useSession.getState();
  const { run } = useRuns.getState();
  if (settings === null || run === null) return;
  useSession.setState({ settings: { ...settings, traffic: run.traffic, execution: run.execution } });
}
