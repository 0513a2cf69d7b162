import type { ApiResult, BlockRun, EngineDescription, ImportReport } from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { changeLabels } from '../lib/messages/engine.ts';
import { realBlockText } from '../lib/messages/realBlock.ts';
import { format } from '../lib/messages.ts';
import { listedKeyWords, shortAddress } from '../lib/realBlockWords.ts';
import { change } from './changeBlock.ts';
import { executionLabel } from './changeLabel.ts';
import { beginChain, fitted, goTo, refreshHistory, room } from './engineRoom.ts';
import { useImported } from './importedBlock.ts';
import { useScenario } from './openedScenario.ts';
import { usePlayback } from './playback.ts';
import { complain, noEngine, superseded } from './refusals.ts';
import { forgetLanes } from './lanes.ts';
import { forgetRuns, keepRun } from './runCache.ts';
import { useRuns } from './runs.ts';
import { useSelection } from './selection.ts';
import { queue } from './sessionQueue.ts';
import { useSession } from './sessionState.ts';
import { putOnStage, wishes } from './stageRun.ts';

/**
 * Starts a chain from a file's block and executes it twice: with the fee recipient exempt, which goes on stage, and
 * tracked, which stands behind it. The chain before stays when the file cannot be read.
 */
async function importOn(
  engine: EngineClient,
  description: EngineDescription,
  file: Uint8Array,
  name: string,
): Promise<ApiResult<ImportReport>> {
  const now = fitted(useSession.getState().settings ?? description.defaults, description);
  const settings = { ...now, execution: { ...now.execution, feeRecipient: 'exempt' as const } };
  const read = await engine.importBlock(file, name, settings);
  if (!read.ok) return read;
  performance.mark('switchyard:decoded');
  const run = await engine.produceBlock([]);
  if (!run.ok) {
    // The chain before is gone, and a chain without a block is nothing to look at.
    await beginChain(engine, fitted(room.wished ?? description.defaults, description), [[]]);
    return run;
  }
  performance.mark('switchyard:executed');
  room.started = settings;
  room.ahead = null;
  wishes.traffic = {};
  forgetRuns();
  forgetLanes();
  usePlayback.getState().pause();
  useSelection.getState().clear();
  useScenario.setState({ opened: null, wanted: null });
  useSession.setState({ settings });
  useImported.setState({ imported: { report: read.value, file, blockId: run.value.blockId } });
  putOnStage(run.value, { ghost: { run: null, label: '' } });
  await refreshHistory();
  await standBehind(engine, run.value);
  return read;
}

/**
 * Executes the block on stage with the fee recipient tracked, and puts that run behind it. On real threads the block
 * itself is measured once more, too: its first run was shown at once, and its code was cold.
 */
async function standBehind(engine: EngineClient, first: BlockRun): Promise<void> {
  const execution = { ...first.execution, feeRecipient: 'tracked' as const };
  const behind = await engine.rerun(first.blockId, execution);
  if (!behind.ok) return complain(behind.error);
  keepRun(behind.value);
  const again = first.clock === 'measured' ? await engine.rerun(first.blockId, first.execution) : null;
  const run = again?.ok ? again.value : first;
  const label = executionLabel(execution, { feeRecipient: 'tracked' });
  putOnStage(run, { ghost: { run: behind.value, label }, hold: true });
}

async function importBytes(file: Uint8Array, name: string): Promise<ApiResult<ImportReport>> {
  let answer = superseded<ImportReport>();
  await queue.add(async () => {
    const { description } = useSession.getState();
    if (room.client === null || description === null) answer = noEngine();
    else {
      answer = await importOn(room.client, description, file, name);
      if (!answer.ok) complain(answer.error);
    }
  }, 'importFile');
  return answer;
}

/** What a person can do with real blocks; part of `session`, where views find it. */
export const importCalls = {
  /**
   * Reads a real block and makes it the open chain, executed with the fee recipient exempt and, behind that, tracked.
   * What cannot be read is said and answered, and changes nothing.
   */
  async importFile(file: File): Promise<ApiResult<ImportReport>> {
    useImported.setState({ reading: file.name });
    try {
      return await importBytes(new Uint8Array(await file.arrayBuffer()), file.name);
    } finally {
      useImported.setState({ reading: null });
    }
  },

  /** Spreads the writers of a key over shards, in the imported block on stage, on a branch. */
  splitKey(key: string, ways: number): Promise<ApiResult<BlockRun>> {
    const label = format(realBlockText.splitChange, { key: listedKeyWords(key), ways });
    return change({
      name: `splitKey:${key}:${ways}`,
      ask: (engine, run) => engine.edit(run.blockId, [{ kind: 'splitKey', key, ways }], { label }),
      ghostLabel: () => changeLabels.unedited,
    });
  },

  /** Keeps only the transactions that touch an address, in the imported block on stage, on a branch. */
  keepContract(address: string): Promise<ApiResult<BlockRun>> {
    const name = realBlockText.wellKnown[address] ?? shortAddress(address);
    const label = format(realBlockText.keepChange, { address: name });
    return change({
      name: `keepContract:${address}`,
      ask: (engine, run) => engine.edit(run.blockId, [{ kind: 'keepContract', address }], { label }),
      ghostLabel: () => changeLabels.unedited,
    });
  },

  /** The imported block as the file says it; what was made of it stays in the history. */
  async unchangedBlock(): Promise<void> {
    const { imported } = useImported.getState();
    if (imported === null) return;
    const { blockId, file, report } = imported;
    if (blockId === null) return void (await importBytes(file, report.reference.name));
    await queue.add(async () => {
      const { run } = useRuns.getState();
      const answer = await goTo(blockId);
      if (!answer.ok) return complain(answer.error);
      useRuns.getState().show(answer.value, { run, label: realBlockText.changedTitle });
    }, 'unchangedBlock');
  },
} as const;
