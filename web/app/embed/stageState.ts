import type { Verdict } from '../../../engine/api/index.ts';
import { isAsOpened, useScenario } from '../../store/openedScenario.ts';
import { usePlayback } from '../../store/playback.ts';
import { useRuns } from '../../store/runs.ts';

/** What a host page is told of the stage. */
export interface StageState {
  /** Height of the block on stage, 0 while there is none, and of the last block of its branch. */
  readonly height: number;
  readonly blocks: number;
  /** Where the clock stands in that block, in thousandths of its duration. */
  readonly permille: number;
  readonly playing: boolean;
  /** What executing the scenario again said; null when none was opened, or the block on stage is not one of its. */
  readonly verdict: Verdict | null;
  /** Chain digest after the block on stage, 64 hexadecimal digits; null while there is no block. */
  readonly digest: string | null;
  /** The scenario's title; null when none was opened. */
  readonly title: string | null;
}

export function stageState(): StageState {
  const { run, history } = useRuns.getState();
  const { timeUs, durationUs, playing } = usePlayback.getState();
  const { opened } = useScenario.getState();
  const head = history?.branches.find(({ id }) => id === run?.branch)?.headHeight;
  return {
    height: run?.height ?? 0,
    blocks: head ?? run?.height ?? 0,
    permille: durationUs > 0 ? Math.round((timeUs / durationUs) * 1000) : 0,
    playing,
    verdict: isAsOpened(opened, run?.blockId) ? (opened?.verification.verdict ?? null) : null,
    digest: run?.digest ?? null,
    title: opened?.scenario.title ?? null,
  };
}
