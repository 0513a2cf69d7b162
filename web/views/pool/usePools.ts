import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { getEngine } from '../../store/engine.ts';
import { usePlayback } from '../../store/playback.ts';
import { type PoolSeries, POOLS_TABLE, readPools, statesBy } from './series.ts';

export type PoolsAnswer =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly run: BlockRun; readonly pools: readonly PoolSeries[] };

/** The pools of a run, as the engine recorded them. While the next run's are read, the last ones stay. */
export function usePools(run: BlockRun | null): { readonly answer: PoolsAnswer; readonly retry: () => void } {
  const [answer, setAnswer] = useState<PoolsAnswer>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const engine = getEngine();
    if (run === null || engine === null) return;
    let wanted = true;
    engine.tableHistory(run.runId, POOLS_TABLE).then(
      (result) => {
        if (!wanted) return;
        if (result.ok) setAnswer({ kind: 'ready', run, pools: readPools(run, result.value) });
        else setAnswer({ kind: 'failed', message: result.error.message });
      },
      (thrown: unknown) => {
        if (wanted)
          setAnswer({ kind: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) });
      },
    );
    return () => {
      wanted = false;
    };
    // Another attempt asks again.
  }, [run, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { answer, retry };
}

/**
 * How many of a pool's states are in force at the moment; renders again only when that changes. A run
 * that is no longer on stage has no moment: all of it has happened.
 */
export function useStatesBy(series: PoolSeries, onStage: boolean): number {
  return useSyncExternalStore(usePlayback.subscribe, () =>
    onStage ? statesBy(series, usePlayback.getState().timeUs) : series.states.length,
  );
}

/** The same for several pools at once. */
export function useStatesByAll(pools: readonly PoolSeries[], onStage: boolean): readonly number[] {
  const counts = (): number[] =>
    pools.map((series) => (onStage ? statesBy(series, usePlayback.getState().timeUs) : series.states.length));
  // The sum rises with every change of any of them, so it stands for all.
  useSyncExternalStore(usePlayback.subscribe, () => counts().reduce((sum, count) => sum + count, 0));
  return counts();
}
