import { useEffect } from 'react';
import type { BlockLanes, BlockRun } from '../../../engine/api/index.ts';
import { pathTo } from '../../store/historyPath.ts';
import { useLanes, wantLanes } from '../../store/lanes.ts';
import { useRuns } from '../../store/runs.ts';

/** Blocks that the charts over time go back. */
const BLOCKS_SHOWN = 24;

/** The lanes of the block on stage, and of those before it as far as they are known: the oldest first, it last. */
export function useLanesOf(run: BlockRun): {
  readonly lanes: BlockLanes | undefined;
  readonly past: readonly BlockLanes[];
} {
  const history = useRuns((state) => state.history);
  const known = useLanes((state) => state.known);
  const path = history === null ? [] : pathTo(history, run.blockId).map(({ blockId }) => blockId);
  const ids = [...new Set([...path, run.blockId])].slice(-BLOCKS_SHOWN);
  const wanted = ids.join();
  useEffect(() => {
    // The newest first: it is looked at now.
    wantLanes(wanted.split(',').reverse());
    // Another run may be of another chain, whose blocks have the same names.
  }, [wanted, run.runId]);
  return {
    lanes: known.get(run.blockId),
    past: ids.flatMap((id) => known.get(id) ?? []),
  };
}
