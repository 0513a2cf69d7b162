import type { EngineApi } from '../api/index.ts';
import { SCENARIO_LIMITS } from '../scenarios/limits.ts';
import { answered } from './failure.ts';
import { fileFlag, fileOf } from './importedFile.ts';
import { scenarioFrom } from './readInput.ts';
import { ofLength } from './scenarioLength.ts';
import type { Stage, Values } from './verb.ts';

/** Flags of a verb that asks something of the state after a block of a scenario. */
export const heightFlags = {
  scenario: {
    kind: 'text',
    placeholder: '<id | file | link>',
    required: true,
    hint: 'A link stands in quotes: the shell takes # for a comment.',
    about: 'An id that “scenarios” lists, a scenario file, a link in quotes, or - for stdin.',
  },
  height: {
    kind: 'whole',
    min: 0,
    max: SCENARIO_LIMITS.blocks,
    about:
      'The block after which is asked; 0 is genesis, more than the scenario has go on with its traffic. Without it, its last.',
  },
  mode: {
    kind: 'choice',
    choices: ['monolithic', 'modular'],
    about: 'One storage for all modules, or each its own. Without it, what the scenario says.',
  },
  ...fileFlag,
} as const;

/** A block of a scenario in an engine that has executed it. */
export interface BlockOfScenario {
  /** The scenario’s id, or its title where it has none. */
  readonly scenario: string;
  readonly height: number;
  readonly blockId: string;
}

/** Executes a scenario up to a height. */
export async function chainUpTo(
  engine: EngineApi,
  { scenario: named, height: asked, mode, file }: Values<typeof heightFlags>,
  stage: Stage,
): Promise<BlockOfScenario> {
  const read = await scenarioFrom(engine, named);
  const bytes = fileOf(read, file);
  const height = asked ?? read.blocks;
  const { genesis } = read.settings;
  const settings = mode === undefined ? read.settings : { ...read.settings, genesis: { ...genesis, mode } };
  // A scenario has a block at least; genesis is there all the same.
  const shortened = ofLength({ ...read, settings }, Math.max(1, height));
  // Read once more, because more blocks may ask for more than anybody should wait for.
  const scenario = answered(await engine.readScenario(JSON.stringify(shortened)));
  const tell = ({ done, total }: { readonly done: number; readonly total: number }): void =>
    stage.progress(`block ${done} of ${total}`);
  answered(await engine.openScenario(scenario, tell, bytes));
  const { blocks } = await engine.history();
  const blockId = blocks.find((block) => block.height === height)!.blockId;
  return { scenario: read.id ?? read.title, height, blockId };
}
