import type { ApiError, ApiResult, OpenedScenario, Scenario } from '../../engine/api/index.ts';
import { engineMessages } from '../lib/messages/engine.ts';
import { formatBytes, shortName } from '../lib/format.ts';
import { format } from '../lib/messages.ts';
import { openingText } from '../lib/messages/share.ts';
import { goTo, room } from './engineRoom.ts';
import { pathTo } from './historyPath.ts';
import { MOST_BLOCK_BYTES } from './importedBlock.ts';
import { useScenario } from './openedScenario.ts';
import { fragmentOf, type OpenHow, openOn } from './openScenario.ts';
import { usePlayback } from './playback.ts';
import { complain, noEngine, superseded } from './refusals.ts';
import { useRuns } from './runs.ts';
import { queue } from './sessionQueue.ts';
import { useSession } from './sessionState.ts';

/** What a person can do with scenarios; part of `session`, where views find it. */
export const scenarioCalls = {
  /**
   * Executes a scenario in the engine, with progress that can be cancelled, and then puts the block of its moment on stage.
   * The chain before stays when that fails; what went wrong is said and answered. A newer call takes the place of one
   * that is still under way. A scenario of an imported block asks for its file first, and answers `session/file_wanted`.
   */
  async openScenario(scenario: Scenario, how: OpenHow = {}): Promise<ApiResult<OpenedScenario>> {
    if (scenario.imported !== undefined && how.file === undefined) {
      useScenario.setState({ wanted: { scenario, fragment: how.fragment, complaint: null } });
      return { ok: false, error: { code: 'session/file_wanted', message: engineMessages.fileWanted } };
    }
    scenarioCalls.cancelOpening();
    let answer = superseded<OpenedScenario>();
    await queue.add(async () => {
      const { description } = useSession.getState();
      if (room.client === null || description === null) answer = noEngine();
      else {
        answer = await openOn(room.client, description, scenario, how);
        if (!answer.ok && how.quiet !== true) complain(answer.error);
      }
    }, 'openScenario');
    return answer;
  },

  /** Opens a link (`#s=…`, whatever stands before it) or the text of a scenario file. */
  async openText(text: string, how: OpenHow = {}): Promise<ApiResult<OpenedScenario>> {
    if (room.client === null) return noEngine();
    const read = await room.client.readScenario(text);
    if (!read.ok) {
      if (how.quiet !== true) complain(read.error);
      return read;
    }
    return scenarioCalls.openScenario(read.value, { fragment: fragmentOf(text), ...how });
  },

  /** Opens the scenario that waits for its file with this one. Another file than that is refused, and it goes on waiting. */
  async openWanted(file: File): Promise<void> {
    const { wanted } = useScenario.getState();
    if (wanted === null) return;
    const complainOf = (complaint: ApiError): void => {
      // Another scenario may wait by now, or none.
      const now = useScenario.getState().wanted;
      if (now?.scenario === wanted.scenario) useScenario.setState({ wanted: { ...now, complaint } });
    };
    if (file.size > MOST_BLOCK_BYTES) {
      const name = shortName(file.name);
      const sizes = { name, size: formatBytes(file.size), max: formatBytes(MOST_BLOCK_BYTES) };
      return complainOf({ code: 'file/too_large', message: format(openingText.errors.tooLarge, sizes) });
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { scenario, fragment } = wanted;
    const how = { file: bytes, quiet: true, ...(fragment === undefined ? {} : { fragment }) };
    const answer = await scenarioCalls.openScenario(scenario, how);
    if (!answer.ok && answer.error.code !== 'engine/cancelled') complainOf(answer.error);
  },

  /** Ends the opening of a scenario that is under way; the chain before stays. */
  cancelOpening(): void {
    const { opening } = useScenario.getState();
    if (opening === null || opening.stage === 'drawing') return;
    useScenario.setState({ opening: { ...opening, cancelled: true } });
    room.client?.cancel().catch(() => {});
  },

  /** Nobody has the file that a scenario was made from. */
  dismissWantedFile(): void {
    useScenario.setState({ wanted: null });
  },

  /** Plays what was opened from its first block on. */
  async playFromFirst(): Promise<void> {
    const { run, history } = useRuns.getState();
    const first = run === null || history === null ? undefined : pathTo(history, run.blockId)[0];
    if (first === undefined) return;
    let there = first.blockId === run?.blockId;
    await queue.add(async () => {
      if (there) return;
      const answer = await goTo(first.blockId);
      there = answer.ok;
      if (!answer.ok) complain(answer.error);
    }, 'playFromFirst');
    if (!there) return;
    usePlayback.getState().seekTo(0);
    usePlayback.getState().play();
  },
} as const;
