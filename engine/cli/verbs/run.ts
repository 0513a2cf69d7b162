import type { EngineApi, GenesisSettings, Scenario } from '../../api/index.ts';
import { LIMITS } from '../../runtime/host/limits.ts';
import { SCENARIO_LIMITS } from '../../scenarios/limits.ts';
import { actionsByBlock } from '../../scenarios/runLengths.ts';
import { settledRun, VIRTUAL_TIME } from '../blockRuns.ts';
import { type ChosenExecution, chooseExecution, coresOf, executionFlags } from '../executionFlags.ts';
import { answered, Failure } from '../failure.ts';
import { fileFlag, fileOf } from '../importedFile.ts';
import { withEngine } from '../nodeEngine.ts';
import { scenarioFrom } from '../readInput.ts';
import { ofLength } from '../scenarioLength.ts';
import { figure, NO_FIGURE, pairs, yesNo } from '../report.ts';
import { FIGURES_HELP, RunTotals } from '../runTotals.ts';
import { defineVerb, type Outcome, type Stage } from '../verb.ts';

/** All the time that blocks on real threads may be run again, to find the runs least disturbed. */
const MEASURING_US = 2_000_000;
/** And that of one block. */
const MEASURING_BLOCK_US = 200_000;

export const run = defineVerb({
  name: 'run',
  about: 'Execute a scenario and hold every block against the sequential oracle.',
  operands: [],
  flags: {
    scenario: {
      kind: 'text',
      placeholder: '<id | file | link>',
      required: true,
      hint: 'A link stands in quotes: the shell takes # for a comment.',
      about: 'An id that “scenarios” lists, a scenario file, a link in quotes, or - for stdin.',
    },
    ...executionFlags,
    mode: {
      kind: 'choice',
      choices: ['monolithic', 'modular'],
      about:
        'One queue, storage and order for all modules, or each its own. Without it, what the scenario says.',
    },
    fees: {
      kind: 'choice',
      choices: ['fixed', 'global', 'local'],
      about: 'What gas costs: as each bids, or a base fee, one for the chain or one a module lane.',
    },
    blocks: {
      kind: 'whole',
      min: 1,
      max: SCENARIO_LIMITS.blocks,
      about:
        'Fewer than the scenario has stop earlier, more go on with its traffic. Without it, as many as it has.',
    },
    seed: { kind: 'whole', ...LIMITS.seed, about: 'Another seed at genesis: other people, other payments.' },
    ...fileFlag,
  },
  notes: [
    'Without --workers and --virtual-cores the scenario says what it is executed on; threads that the machine does not',
    'have are left out, and notes say so.',
    '',
    '--json: {scenario, executor, workers | virtualCores, blocks, transactions, reverted, executions, validations, aborts,',
    'criticalPath, idealSpeedup, executeMs, transactionsPerSecond, chainDigest, matchesSequential, clock, notes}',
    '',
    ...FIGURES_HELP,
  ],
  run: async (flags, _operands, stage) => {
    const { scenario, chosen, file } = await withEngine(stage, async (engine) => {
      const read = await scenarioFrom(engine, flags.scenario);
      const file = fileOf(read, flags.file);
      if (file !== undefined && flags.seed !== undefined) {
        throw new Failure('A real block has no seed: leave out --seed.');
      }
      const chosen = chooseExecution(read.settings.execution, flags);
      const { genesis, traffic } = read.settings;
      if (file !== undefined && (flags.mode !== undefined || flags.fees !== undefined)) {
        throw new Failure('A real block is one chain at its own prices: leave out --mode and --fees.');
      }
      const settings = {
        genesis: withRules(flags.seed === undefined ? genesis : { ...genesis, seed: flags.seed }, flags),
        traffic,
        execution: chosen.execution,
      };
      const changed = ofLength({ ...read, settings }, flags.blocks ?? read.blocks);
      // Read once more, because more blocks may ask for more than anybody should wait for.
      return { scenario: answered(await engine.readScenario(JSON.stringify(changed))), chosen, file };
    });
    const measuringUs = Math.min(MEASURING_BLOCK_US, MEASURING_US / scenario.blocks);
    const totals = await withEngine(stage, (engine) => execute(engine, scenario, file, stage), measuringUs);
    return outcomeOf(scenario.id ?? scenario.title, chosen, totals);
  },
});

/** Genesis under the rules that flags name. */
function withRules(
  genesis: GenesisSettings,
  { mode, fees }: Pick<GenesisSettings, 'mode' | 'fees'>,
): GenesisSettings {
  return { ...genesis, ...(mode === undefined ? {} : { mode }), ...(fees === undefined ? {} : { fees }) };
}

/** Executes every block of a scenario, one after another. */
async function execute(
  engine: EngineApi,
  scenario: Scenario,
  file: Uint8Array | undefined,
  stage: Stage,
): Promise<RunTotals> {
  const { settings, imported, actions, blocks } = scenario;
  if (file === undefined || imported === undefined) {
    answered(await engine.start(settings));
  } else {
    const { reference } = answered(await engine.importBlock(file, imported.name, settings));
    if (reference.sha256 !== imported.sha256)
      throw new Failure(
        `That is another file than the one that the scenario was made from (“${imported.name}”).`,
      );
  }
  const totals = new RunTotals();
  let height = 1;
  for (const asked of actionsByBlock(actions, blocks)) {
    stage.progress(`block ${height} of ${blocks}`);
    const block = answered(await engine.produceBlock(asked));
    totals.add(await settledRun(engine, block, height === 1));
    height++;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return totals;
}

function outcomeOf(scenario: string, chosen: ChosenExecution, totals: RunTotals): Outcome {
  const { figures } = totals;
  const { executeMs, transactionsPerSecond: perSecond } = figures;
  const { executor } = chosen;
  const cores = coresOf(chosen);
  const notes = [...chosen.notes, ...totals.notices];
  const virtual = figures.clock === 'virtual' ? VIRTUAL_TIME : '';
  return {
    json: { scenario, executor, ...cores.json, ...figures, notes },
    report: [
      ...pairs([
        ['scenario', scenario],
        ['executor', executor],
        [cores.name, figure(cores.count)],
        ['blocks', figure(figures.blocks)],
        ['transactions', figure(figures.transactions)],
        ['reverted', figure(figures.reverted)],
        ['executions', figure(figures.executions)],
        ['validations', figure(figures.validations)],
        ['aborts', figure(figures.aborts)],
        ['critical path', figure(figures.criticalPath)],
        ['ideal speed-up', `${figure(figures.idealSpeedup, 2)}×`],
        ['time', executeMs === null ? NO_FIGURE : `${figure(executeMs, 2)} ms${virtual}`],
        ['transactions/s', perSecond === null ? NO_FIGURE : `${figure(perSecond)}${virtual}`],
        ['chain digest', figures.chainDigest],
        ['equals sequential', yesNo(figures.matchesSequential)],
      ]),
      ...notes.map((sentence) => `Note: ${sentence}`),
    ],
    passed: figures.matchesSequential,
  };
}
