import type { ApiResult, ScenarioView, SharedScenario } from '../../engine/api/index.ts';
import { engineMessages } from '../lib/messages/engine.ts';
import { room } from './engineRoom.ts';
import { pathTo } from './historyPath.ts';
import { isAsOpened, type OpenedChain, useScenario } from './openedScenario.ts';
import { headOf } from './openScenario.ts';
import { usePlayback } from './playback.ts';
import { usePreferences } from './preferences.ts';
import { asError } from './refusals.ts';
import { useRuns } from './runs.ts';
import { useSelection } from './selection.ts';

/** What is shared beside the title: up to which block, and how it is looked at. */
export interface ShareView {
  readonly blockId: string;
  readonly view: Omit<ScenarioView, 'title'>;
}

/**
 * How the stage looks now: the whole branch of the block on stage, that block as the moment. A block that was only made
 * ahead, and nobody has seen, is left out. Null while there is no block.
 */
export function viewNow(): ShareView | null {
  const { run, history } = useRuns.getState();
  if (run === null || history === null) return null;
  const path = pathTo(history, headOf(history, run.blockId)).filter(
    ({ blockId }) => blockId !== room.ahead?.blockId || blockId === run.blockId,
  );
  const { timeUs, durationUs } = usePlayback.getState();
  const { tx } = useSelection.getState();
  const { opened } = useScenario.getState();
  const unchanged = new Set(
    path.filter(({ blockId }) => isAsOpened(opened, blockId)).map(({ height }) => height),
  );
  const captions = opened?.scenario.captions?.filter(({ height }) => unchanged.has(height)) ?? [];
  const about = isAsOpened(opened, run.blockId) ? opened?.scenario.about : undefined;
  return {
    blockId: path.at(-1)?.blockId ?? run.blockId,
    view: {
      ...(about === undefined ? {} : { about }),
      moment: { height: run.height, permille: durationUs > 0 ? Math.round((timeUs / durationUs) * 1000) : 0 },
      ...(tx === null ? {} : { selection: { tx } }),
      panels: usePreferences.getState().panels,
      ...(captions.length === 0 ? {} : { captions }),
    },
  };
}

/** The chain as a scenario and its link. */
export async function shareScenario(
  title: string,
  { blockId, view }: ShareView,
): Promise<ApiResult<SharedScenario>> {
  const { client } = room;
  if (client === null) {
    return { ok: false, error: { code: 'session/no_engine', message: engineMessages.noEngine } };
  }
  try {
    return await client.exportScenario(blockId, { title, ...view });
  } catch (thrown) {
    return { ok: false, error: asError(thrown) };
  }
}

/** The link of what was opened, as it was opened; of a scenario that came by no link, made now. Null when it has none. */
export async function linkOfOpened(opened: OpenedChain): Promise<string | null> {
  if (opened.fragment !== null) return opened.fragment;
  const linked = await room.client?.linkScenario(opened.scenario);
  return linked?.ok === true ? linked.value.fragment : null;
}
