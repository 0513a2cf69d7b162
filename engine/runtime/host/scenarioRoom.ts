import type {
  Action,
  ApiResult,
  OpenedScenario,
  Progress,
  Scenario,
  ScenarioActions,
  SharedScenario,
  Verification,
} from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { Chain } from '../../chain/chain.ts';
import { SEMANTICS_VERSION } from '../../chain/digest.ts';
import { withActions } from '../../chain/recordedActions.ts';
import { GAS } from '../../execution/kernel/gas.ts';
import type { OracleOutcome } from '../../execution/sequential/oracle.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import { differsBetween, expectedDigests } from '../../scenarios/checkpoints.ts';
import { decodeLink, encodeLink, LINK_MARK } from '../../scenarios/link.ts';
import { parseScenario, readScenario, type ScenarioReaders } from '../../scenarios/readScenario.ts';
import { FORMAT } from '../../scenarios/upgraders.ts';
import type { ChainRoom } from './chainRoom.ts';
import { BLOCK_GAS_LIMIT } from './limits.ts';
import { readActions } from './readActions.ts';
import { readSettings } from './readSettings.ts';

/** Milliseconds of executing between two breaths, in which messages are let in and progress is told. */
const BREATH_MS = 50;

/** What is handed on and opened again: scenarios, their links, and whether they still give what they gave. */
export class ScenarioRoom {
  private readonly chains: ChainRoom;
  private readonly breathe: () => Promise<void>;
  private readonly readers: ScenarioReaders;

  constructor(modules: ModuleSet, chains: ChainRoom, breathe: () => Promise<void>) {
    this.chains = chains;
    this.breathe = breathe;
    this.readers = {
      settings: readSettings,
      actions: (input) => readActions(modules, input),
      transactionGas: GAS.base,
      blockGas: BLOCK_GAS_LIMIT,
    };
  }

  /** Reads a link or the text of a scenario file; nothing is executed. */
  async readScenario(text: unknown): Promise<ApiResult<Scenario>> {
    if (typeof text !== 'string')
      return fail('scenario/not_a_text', 'A scenario comes as a link or as a text.');
    if (!text.includes(LINK_MARK) || text.trimStart().startsWith('{'))
      return parseScenario(text, this.readers);
    const json = await decodeLink(text);
    return json.ok ? parseScenario(json.value, this.readers) : json;
  }

  /** The chain up to a block as a scenario that expects what is there now, and its link. */
  async exportScenario(blockId: unknown, view: unknown): Promise<ApiResult<SharedScenario>> {
    const found = this.chains.blockOf(blockId);
    if (!found.ok) return found;
    const { opened, block } = found.value;
    if (block.height === 0)
      return fail('scenario/no_block', 'There is no block to share yet: make one first.');
    const { tree } = opened.chain;
    const path = [...tree.pathBetween(tree.genesis, block)];
    const given = {
      ...(typeof view === 'object' ? view : {}),
      format: FORMAT,
      semantics: SEMANTICS_VERSION,
      settings: { ...opened.settings, execution: opened.execution },
      blocks: block.height,
      actions: runLengths(path.map(({ actions }) => actions)),
      expected: expectedDigests([tree.genesis, ...path].map(({ digest }) => toHex(digest))),
    };
    const scenario = readScenario(given, this.readers);
    if (!scenario.ok) return scenario;
    const fragment = await encodeLink(JSON.stringify(scenario.value));
    return fragment.ok ? ok({ scenario: scenario.value, fragment: fragment.value }) : fragment;
  }

  /**
   * Executes a scenario from its genesis to its end, holds it against what it expects, and makes it the open chain.
   * The chain before stays when it fails or is cancelled.
   */
  async openScenario(
    given: unknown,
    onProgress: ((progress: Progress) => void) | undefined,
  ): Promise<ApiResult<OpenedScenario>> {
    const read = readScenario(given, this.readers);
    if (!read.ok) return read;
    const scenario = read.value;
    const began = performance.now();
    const opened = this.chains.begin(scenario.settings);
    const executed = await this.chains.cancellable(() =>
      this.execute(opened.chain, scenario, onProgress ?? (() => {})),
    );
    if (!executed.ok) return executed;
    const { digests, transactions } = executed.value;
    const verification: Verification = {
      ...verdictOf(scenario, digests),
      blocks: scenario.blocks,
      transactions,
      durationMs: Math.round(performance.now() - began),
    };
    const { tree } = opened.chain;
    const at = tree.blockAt(tree.current.branch, scenario.moment?.height ?? scenario.blocks) ?? tree.current;
    tree.currentId = at.id;
    this.chains.open(opened);
    return ok({ scenario, verification, blockId: at.id });
  }

  private async execute(
    chain: Chain<OracleOutcome>,
    scenario: Scenario,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<{ readonly digests: readonly string[]; readonly transactions: number }>> {
    const total = scenario.blocks;
    const digests = [toHex(chain.tree.current.digest)];
    let transactions = 0;
    let breathed = performance.now();
    let entry = 0;
    for (let height = 1; height <= total; height++) {
      while (entry < scenario.actions.length && lastHeight(scenario.actions[entry]!) < height) entry++;
      const next = scenario.actions[entry];
      const actions = next !== undefined && next.height <= height ? next.actions : [];
      const parent = chain.tree.current;
      const block = chain.extend(parent, withActions([], actions));
      if (!block.ok) {
        const { code, message, data } = block.error;
        return fail(code, `Block ${height} cannot be made: ${message}`, { ...data, height });
      }
      digests.push(toHex(block.value.digest));
      transactions += block.value.transactions;
      if (performance.now() - breathed < BREATH_MS) continue;
      onProgress({ done: height, total });
      await this.breathe();
      this.chains.throwIfCancelled();
      breathed = performance.now();
    }
    onProgress({ done: total, total });
    return ok({ digests, transactions });
  }
}

function lastHeight({ height, repeat = 0 }: ScenarioActions): number {
  return height + repeat;
}

/** Actions by block, as entries in which the same actions at neighbouring heights stand once. */
function runLengths(blocks: readonly (readonly Action[])[]): ScenarioActions[] {
  const entries: { height: number; repeat?: number; actions: readonly Action[] }[] = [];
  let written = '';
  blocks.forEach((actions, at) => {
    const height = at + 1;
    const last = entries.at(-1);
    const text = JSON.stringify(actions);
    if (actions.length === 0) return;
    if (last !== undefined && text === written && lastHeight(last) === height - 1)
      last.repeat = (last.repeat ?? 0) + 1;
    else entries.push({ height, actions });
    written = text;
  });
  return entries;
}

function verdictOf(
  { semantics, expected }: Scenario,
  digests: readonly string[],
): Pick<Verification, 'verdict' | 'expectedDigest' | 'actualDigest' | 'differsBetween' | 'reason'> {
  const actualDigest = digests.at(-1)!;
  const expectedDigest = expected?.digest ?? null;
  const common = { expectedDigest, actualDigest, differsBetween: null };
  if (semantics !== SEMANTICS_VERSION) {
    const reason = semantics < SEMANTICS_VERSION ? 'older_rules' : 'newer_rules';
    return { ...common, verdict: 'not_comparable', reason };
  }
  if (expected === undefined) return { ...common, verdict: 'not_comparable', reason: 'nothing_expected' };
  const between = differsBetween(expected, digests);
  return between === null
    ? { ...common, verdict: 'verified' }
    : { ...common, verdict: 'differs', differsBetween: between };
}
