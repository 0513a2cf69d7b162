import type {
  ApiResult,
  BlockRun,
  EngineDescription,
  ExecutionSettings,
  HistoryTree,
  OpenedScenario,
  Progress,
  Scenario,
  Settings,
} from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { beginChain, fitted, room } from './engineRoom.ts';
import { pathTo } from './historyPath.ts';
import { useImported } from './importedBlock.ts';
import { useScenario } from './openedScenario.ts';
import { usePlayback } from './playback.ts';
import { usePreferences } from './preferences.ts';
import { complain } from './refusals.ts';
import { forgetLanes } from './lanes.ts';
import { forgetRuns } from './runCache.ts';
import { useRuns } from './runs.ts';
import { useSelection } from './selection.ts';
import { useSession } from './sessionState.ts';
import { putOnStage, wishes } from './stageRun.ts';

export interface OpenHow {
  /** Plays from the scenario's moment on; otherwise the clock rests there. */
  readonly play?: boolean;
  /** `#s=…` when it comes by a link. */
  readonly fragment?: string;
  /** What goes wrong is only answered, not said on the page: whoever asked will say it. */
  readonly quiet?: boolean;
  /** The bytes of the file that it was made from; a scenario of an imported block needs them. */
  readonly file?: Uint8Array;
}

/** A chain so long that its first block is shown before the rest is executed. */
const LONG_TRANSACTIONS = 4_000;
const LONG_GAS = 300_000_000;

/**
 * Executes a scenario in the engine and puts the block of its moment on stage, looked at as it was shared. Until all of it
 * was executed nothing of the chain before is touched; a failure or a cancellation leaves that as it was.
 */
export async function openOn(
  engine: EngineClient,
  description: EngineDescription,
  given: Scenario,
  { play = false, fragment, file }: OpenHow,
): Promise<ApiResult<OpenedScenario>> {
  const opening = { title: given.title, done: 0, total: given.blocks, cancelled: false };
  useScenario.setState({ opening: { ...opening, stage: 'executing' } });
  try {
    const onProgress = ({ done, total }: Progress): void => {
      const now = useScenario.getState().opening;
      if (now === null) return;
      // Asked for before the engine had begun, it was not heard.
      if (now.cancelled) engine.cancel().catch(() => {});
      useScenario.setState({ opening: { ...now, done, total } });
    };
    const answer = await engine.openScenario(given, onProgress, file);
    if (!answer.ok) return answer;
    const { scenario, verification, blockId, report } = answer.value;
    useScenario.setState({ opening: { ...opening, done: scenario.blocks, stage: 'drawing' }, wanted: null });
    const settings = fittedTo(scenario.settings, description);
    const run = await recordBlock(engine, blockId, settings.execution);
    if (!run.ok) return run;
    room.started = settings;
    room.ahead = null;
    wishes.traffic = {};
    forgetRuns();
    forgetLanes();
    const unchanged = scenario.actions.length === 0 ? blockId : null;
    const imported = report === undefined || file === undefined ? null : { report, file, blockId: unchanged };
    useImported.setState({ imported });
    const history = await engine.history();
    useRuns.getState().setHistory(history);
    usePlayback.getState().pause();
    useSelection.getState().clear();
    useSession.setState({ settings: { ...settings, execution: run.value.execution } });
    putOnStage(run.value, { ghost: { run: null, label: '' } });
    lookAsShared(scenario, run.value);
    useScenario.setState({
      wanted: null,
      opened: {
        scenario,
        verification,
        blockIds: new Set(history.blocks.map((block) => block.blockId)),
        lastBlockId: headOf(history, blockId),
        fragment: fragment ?? null,
      },
    });
    if (play) usePlayback.getState().play();
    return answer;
  } finally {
    useScenario.setState({ opening: null });
  }
}

/**
 * What a page that was opened by a link does first. Of a long chain the first block is shown at once, made from the same
 * settings, while the whole is executed. Answers whether the link's chain is open now; if not, why was said.
 */
export async function openAtStart(
  engine: EngineClient,
  description: EngineDescription,
  link: string,
): Promise<boolean> {
  const read = await engine.readScenario(link);
  if (!read.ok) {
    complain(read.error);
    return false;
  }
  const scenario = read.value;
  if (scenario.imported !== undefined) {
    useScenario.setState({ wanted: { scenario, fragment: fragmentOf(link), complaint: null } });
    return false;
  }
  if (isLong(scenario)) {
    const first = scenario.actions.find(({ height }) => height === 1)?.actions ?? [];
    if (await beginChain(engine, fittedTo(scenario.settings, description), [first], null)) {
      useSession.setState({ phase: 'ready' });
      performance.mark('switchyard:first-block');
    }
  }
  const opened = await openOn(engine, description, scenario, { fragment: fragmentOf(link) });
  if (!opened.ok) complain(opened.error);
  return opened.ok;
}

/** Makes the chain of before in a new engine, all of the branch on stage, and shows the block that was on stage. */
export async function openAgain(
  engine: EngineClient,
  description: EngineDescription,
  history: HistoryTree,
  run: BlockRun,
): Promise<boolean> {
  const { started } = room;
  if (started === null) return false;
  const path = pathTo(history, headOf(history, run.blockId));
  const imported = useImported.getState().imported;
  const again: Scenario = {
    format: 1,
    semantics: description.semanticsVersion,
    title: 'again',
    settings: started,
    ...(imported === null ? {} : { imported: imported.report.reference }),
    blocks: path.length,
    actions: path.flatMap(({ height, actions }) => (actions.length === 0 ? [] : [{ height, actions }])),
    moment: { height: run.height, permille: 0 },
  };
  const answer = await engine.openScenario(again, undefined, imported?.file);
  if (!answer.ok) return false;
  const execution = useSession.getState().settings?.execution ?? started.execution;
  const recorded = await recordBlock(engine, answer.value.blockId, execution);
  if (!recorded.ok) return false;
  room.ahead = null;
  wishes.traffic = {};
  useRuns.getState().setHistory(await engine.history());
  putOnStage(recorded.value, { ghost: { run, label: '' }, hold: true });
  return true;
}

/** Real cores stay real where there are any, as many as the machine has; virtual ones stay as they are. */
function fittedTo(settings: Settings, description: EngineDescription): Settings {
  const possible = fitted(settings, description);
  const { cores } = possible.execution;
  if (cores.kind === 'virtual') return possible;
  const count = Math.min(cores.count, Math.max(1, description.machine.cores));
  return { ...possible, execution: { ...possible.execution, cores: { kind: 'real', count } } };
}

/** Executes a block under these settings, or, where the machine cannot, one by one: the chain is open already. */
async function recordBlock(
  engine: EngineClient,
  blockId: string,
  execution: ExecutionSettings,
): Promise<ApiResult<BlockRun>> {
  const accepted = await engine.setExecution(execution);
  if (!accepted.ok) return accepted;
  const run = await engine.rerun(blockId, accepted.value);
  return run.ok ? run : engine.rerun(blockId, { ...accepted.value, executor: 'sequential' });
}

/** Moment, selection and panels as they were shared. */
function lookAsShared({ moment, selection, panels }: Scenario, run: BlockRun): void {
  if (panels !== undefined) usePreferences.getState().lendPanels(panels);
  if (selection !== undefined && selection.tx < run.transactions.length) {
    useSelection.getState().selectTx(selection.tx);
  }
  if (moment !== undefined) {
    usePlayback.getState().seekTo((moment.permille / 1000) * run.metrics.durationUs);
  }
}

/** The last block of the branch that a block stands on. */
export function headOf(history: HistoryTree, blockId: string): string {
  const branch = history.blocks.find((block) => block.blockId === blockId)?.branch;
  return history.branches.find(({ id }) => id === branch)?.headId ?? blockId;
}

const MARK = '#s=';

/** The part of an address that carries a scenario, or undefined where there is none. A file's JSON may name one in a text. */
export function fragmentOf(text: string): string | undefined {
  const at = text.trimStart().startsWith('{') ? -1 : text.indexOf(MARK);
  return at < 0 ? undefined : text.slice(at).trim();
}

function isLong({ blocks, settings }: Scenario): boolean {
  const transactions = blocks * settings.traffic.transactionsPerBlock;
  return transactions > LONG_TRANSACTIONS || transactions * settings.traffic.work > LONG_GAS;
}
