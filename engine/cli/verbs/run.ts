import type { Action, BlockRun, EngineApi, Scenario } from '../../api/index.ts';
import { LIMITS } from '../../runtime/host/limits.ts';
import { SCENARIO_LIMITS } from '../../scenarios/limits.ts';
import { type ChosenExecution, chooseExecution, executionFlags } from '../executionFlags.ts';
import { EXIT, Failure, answered } from '../failure.ts';
import { withEngine } from '../nodeEngine.ts';
import { scenarioFrom } from '../readInput.ts';
import { figure, pairs, yesNo } from '../report.ts';
import { FIGURES_HELP, RunTotals } from '../runTotals.ts';
import { defineVerb, type Stage } from '../verb.ts';

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
    blocks: {
      kind: 'whole',
      min: 1,
      max: SCENARIO_LIMITS.blocks,
      about:
        'Fewer than the scenario has stop earlier, more go on with its traffic. Without it, as many as it has.',
    },
    seed: { kind: 'whole', ...LIMITS.seed, about: 'Another seed at genesis: other people, other payments.' },
  },
  notes: [
    'Without --workers and --virtual-cores the scenario says what it is executed on; threads that the machine does not',
    'have are left out, and notes say so.',
    '',
    '--json: {scenario, executor, workers | virtualCores, blocks, transactions, reverted, executions, validations, aborts,',
    'criticalPath, idealSpeedup, clock, executeMs, transactionsPerSecond, chainDigest, matchesSequential, notes}',
    '',
    ...FIGURES_HELP,
  ],
  run: async (flags, _operands, stage) => {
    const { scenario, chosen } = await withEngine(stage, async (engine) => {
      const read = await scenarioFrom(engine, flags.scenario);
      if (read.imported !== undefined) {
        throw new Failure(
          `This scenario executes a real block that it does not carry: run switchyard import on the file “${read.imported.name}”.`,
        );
      }
      const chosen = chooseExecution(read.settings.execution, flags);
      const { genesis, traffic } = read.settings;
      const settings = {
        genesis: flags.seed === undefined ? genesis : { ...genesis, seed: flags.seed },
        traffic,
        execution: chosen.execution,
      };
      const changed = ofLength({ ...read, settings }, flags.blocks ?? read.blocks);
      // Read once more, because more blocks may ask for more than anybody should wait for.
      return { scenario: answered(await engine.readScenario(JSON.stringify(changed))), chosen };
    });
    const measuringUs = Math.min(MEASURING_BLOCK_US, MEASURING_US / scenario.blocks);
    const totals = await withEngine(stage, (engine) => execute(engine, scenario, stage), measuringUs);
    return outcomeOf(scenario.id ?? scenario.title, chosen, totals);
  },
});

/** A scenario that ends after so many blocks, and expects nothing any more. */
function ofLength(scenario: Scenario, blocks: number): Scenario {
  const { moment: _moment, captions: _captions, expected: _expected, ...rest } = scenario;
  const actions = scenario.actions
    .filter(({ height }) => height <= blocks)
    .map(({ height, repeat = 0, actions }) => {
      const times = Math.min(repeat, blocks - height);
      return times > 0 ? { height, repeat: times, actions } : { height, actions };
    });
  return { ...rest, blocks, actions };
}

/** Executes every block of a scenario, one after another. */
async function execute(engine: EngineApi, scenario: Scenario, stage: Stage): Promise<RunTotals> {
  const { execution } = scenario.settings;
  answered(await engine.start(scenario.settings));
  const totals = new RunTotals();
  for (let height = 1; height <= scenario.blocks; height++) {
    stage.progress(`block ${height} of ${scenario.blocks}`);
    let block = answered(await engine.produceBlock(actionsAt(scenario, height)));
    // Threads that have just been started run code that is cold: their first block is measured again.
    if (height === 1 && block.clock === 'measured' && block.matchesOracle) {
      block = answered(await engine.rerun(block.blockId, execution));
    }
    requireThreads(block);
    totals.add(block);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return totals;
}

function actionsAt(scenario: Scenario, height: number): readonly Action[] {
  const entry = scenario.actions.find(
    (candidate) => candidate.height <= height && height <= candidate.height + (candidate.repeat ?? 0),
  );
  return entry?.actions ?? [];
}

/** Virtual cores that took over from threads would mix two clocks. */
function requireThreads({ execution, clock, height, notices }: BlockRun): void {
  if (execution.executor === 'sequential' || execution.cores.kind === 'virtual' || clock === 'measured')
    return;
  const why = notices.map(({ message }) => message).join(' ');
  throw new Failure(`Block ${height} was not executed on threads. ${why}`, EXIT.checkFailed);
}

function outcomeOf(scenario: string, { execution, executor, notes }: ChosenExecution, totals: RunTotals) {
  const { figures } = totals;
  const { kind, count } = execution.cores;
  const used = executor === 'sequential' ? 1 : count;
  const where = kind === 'real' ? { workers: used } : { virtualCores: used };
  const said = [...notes, ...totals.notices];
  const virtual = figures.clock === 'virtual' ? ' (virtual: a unit of gas takes 1 ns)' : '';
  return {
    json: { scenario, executor, ...where, ...figures, notes: said },
    report: [
      ...pairs([
        ['scenario', scenario],
        ['executor', executor],
        [kind === 'real' ? 'threads' : 'virtual cores', figure(used)],
        ['blocks', figure(figures.blocks)],
        ['transactions', figure(figures.transactions)],
        ['reverted', figure(figures.reverted)],
        ['executions', figure(figures.executions)],
        ['validations', figure(figures.validations)],
        ['aborts', figure(figures.aborts)],
        ['critical path', figure(figures.criticalPath)],
        ['ideal speed-up', `${figure(figures.idealSpeedup, 2)}×`],
        ['time', `${figure(figures.executeMs, 2)} ms${virtual}`],
        ['transactions/s', `${figure(figures.transactionsPerSecond)}${virtual}`],
        ['chain digest', figures.chainDigest],
        ['equals sequential', yesNo(figures.matchesSequential)],
      ]),
      ...said.map((sentence) => `Note: ${sentence}`),
    ],
    passed: figures.matchesSequential,
  };
}
