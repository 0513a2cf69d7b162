import type {
  ApiResult,
  ImportReference,
  OpenedScenario,
  Progress,
  Scenario,
  SharedScenario,
  Verification,
} from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import { fail, ok, type Result, type TypedError } from '../../base/result.ts';
import type { Chain } from '../../chain/chain.ts';
import { SEMANTICS_VERSION } from '../../chain/digest.ts';
import { withActions } from '../../chain/recordedActions.ts';
import type { OracleOutcome } from '../../execution/sequential/oracle.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import { expectedDigests } from '../../scenarios/checkpoints.ts';
import { type Given, recordOf } from '../../scenarios/fields.ts';
import { decodeLink, encodeLink, LINK_MARK } from '../../scenarios/link.ts';
import { parseScenario, readScenario, type ScenarioReaders } from '../../scenarios/readScenario.ts';
import { actionsByBlock, runLengths } from '../../scenarios/runLengths.ts';
import { FORMAT } from '../../scenarios/upgraders.ts';
import { verdictOf } from '../../scenarios/verdict.ts';
import type { ChainRoom } from './chainRoom.ts';
import type { ImportedChain } from './importedChain.ts';
import { scenarioReaders } from './scenarioReaders.ts';

/** What a scenario says beside its inputs; see `ScenarioView`. */
const VIEW = ['title', 'about', 'moment', 'selection', 'panels', 'captions'];
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
    this.readers = scenarioReaders(modules);
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
    const looks = recordOf(view, 'view', VIEW);
    if (!looks.ok) return looks;
    const { tree } = opened.chain;
    const path = [...tree.pathBetween(tree.genesis, block)];
    return this.linkScenario({
      ...withoutAbsent(looks.value),
      ...(opened.imported === undefined ? {} : { imported: named(opened.imported.reference) }),
      format: FORMAT,
      semantics: SEMANTICS_VERSION,
      settings: { ...opened.settings, execution: opened.execution },
      blocks: block.height,
      actions: runLengths(path.map(({ actions }) => actions)),
      expected: expectedDigests([tree.genesis, ...path].map(({ digest }) => toHex(digest))),
    });
  }

  /** A scenario as it stands, checked, and its link where it fits one; nothing is executed. */
  async linkScenario(given: unknown): Promise<ApiResult<SharedScenario>> {
    const scenario = readScenario(given, this.readers);
    if (!scenario.ok) return scenario;
    const fragment = await encodeLink(JSON.stringify(scenario.value));
    if (fragment.ok) return ok({ scenario: scenario.value, fragment: fragment.value });
    if (fragment.error.code !== 'link/too_large') return fragment;
    return ok({ scenario: scenario.value, fragment: null });
  }

  /**
   * Executes a scenario from its genesis to its end, holds it against what it expects, and makes it the open chain.
   * One that executes a real block needs that block's file. The chain before stays when it fails or is cancelled.
   */
  async openScenario(
    given: unknown,
    onProgress: ((progress: Progress) => void) | undefined,
    file?: unknown,
  ): Promise<ApiResult<OpenedScenario>> {
    const read = readScenario(given, this.readers);
    if (!read.ok) return read;
    const scenario = read.value;
    const imported = await importedFrom(scenario, file);
    if (!imported.ok) return imported;
    const began = performance.now();
    const executed = await this.chains.cancellable(async () => {
      const opened = this.chains.begin(scenario.settings, imported.value);
      const made = await this.execute(opened.chain, scenario, onProgress ?? (() => {}));
      return made.ok ? ok({ opened, ...made.value }) : made;
    });
    if (!executed.ok) return executed;
    const { opened, digests, transactions } = executed.value;
    const verification: Verification = {
      ...verdictOf(scenario, digests, SEMANTICS_VERSION),
      blocks: scenario.blocks,
      transactions,
      durationMs: Math.round(performance.now() - began),
    };
    const { tree } = opened.chain;
    const at = tree.blockAt(tree.current.branch, scenario.moment?.height ?? scenario.blocks) ?? tree.current;
    tree.currentId = at.id;
    this.chains.open(opened);
    const report = imported.value === undefined ? {} : { report: imported.value.report };
    return ok({ scenario, verification, blockId: at.id, ...report });
  }

  private async execute(
    chain: Chain<OracleOutcome>,
    { actions, blocks, semantics }: Scenario,
    onProgress: (progress: Progress) => void,
  ): Promise<Result<{ readonly digests: readonly string[]; readonly transactions: number }>> {
    const digests = [toHex(chain.tree.current.digest)];
    let transactions = 0;
    let breathed = performance.now();
    for (const asked of actionsByBlock(actions, blocks)) {
      const block = chain.extend(chain.tree.current, withActions([], asked));
      if (!block.ok) return cannotBeMade(block.error, chain.tree.current.height + 1, semantics);
      const { height, digest } = block.value;
      digests.push(toHex(digest));
      transactions += block.value.transactions;
      if (performance.now() - breathed < BREATH_MS) continue;
      onProgress({ done: height, total: blocks });
      await this.breathe();
      this.chains.throwIfCancelled();
      breathed = performance.now();
    }
    onProgress({ done: blocks, total: blocks });
    return ok({ digests, transactions });
  }
}

/**
 * A file’s name as a scenario may say it: without one it would ask for nothing that a person could look for, and half
 * letters, which some systems allow, are no text.
 */
function named(reference: ImportReference): ImportReference {
  const name = reference.name.replace(/\p{Surrogate}/gu, '\uFFFD');
  return { ...reference, name: name.trim() === '' ? reference.kind : name };
}

/** The real block that a scenario executes, from its file; undefined when it executes traffic. */
async function importedFrom(
  { imported }: Scenario,
  file: unknown,
): Promise<Result<ImportedChain | undefined>> {
  if (imported === undefined) return ok(undefined);
  const { name, sha256: expected } = imported;
  if (!(file instanceof Uint8Array)) {
    const message = `The scenario executes a real block that it does not carry: open it together with the file “${name}”.`;
    return fail('scenario/file_needed', message, { name, sha256: expected });
  }
  const { ImportedChain } = await import('./importedChain.ts');
  const read = ImportedChain.read(file, name);
  if (!read.ok) return read;
  const given = read.value.reference.sha256;
  if (given !== expected) {
    const message = `That is another file than the one that the scenario was made from (“${name}”): their contents differ.`;
    return fail('scenario/other_file', message, { name, sha256: expected, given });
  }
  return read;
}

function cannotBeMade({ code, message, data }: TypedError, height: number, semantics: number) {
  const older =
    semantics === SEMANTICS_VERSION
      ? ''
      : ' The scenario was recorded under other rules, where it may have been possible.';
  return fail(code, `Block ${height} cannot be made: ${message}${older}`, { ...data, height });
}

/** The fields that were given. */
function withoutAbsent(given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
