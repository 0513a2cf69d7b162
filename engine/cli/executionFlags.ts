import type { ExecutionSettings } from '../api/index.ts';
import { LIMITS } from '../runtime/host/limits.ts';
import { Failure } from './failure.ts';
import { cores } from './nodeEngine.ts';
import type { Values } from './verb.ts';

/** How blocks are executed; the same flags wherever a verb executes any. */
export const executionFlags = {
  executor: {
    kind: 'choice',
    choices: ['sequential', 'block-stm', 'module-lanes'],
    about:
      'One transaction after another; in parallel, ahead and checked; or each module’s lane in order, beside the others. Without it, what the scenario says; a real block in parallel.',
  },
  workers: {
    kind: 'whole',
    ...LIMITS.realCores,
    excludes: ['virtual-cores', 'schedule-seed'],
    about:
      'Real threads; times are measured. The sequential executor uses one, and its time is that of the fast sequential arm: the same transactions on the same storage, without an executor.',
  },
  'virtual-cores': {
    kind: 'whole',
    ...LIMITS.virtualCores,
    about: 'Simulated cores on a virtual clock, on which a unit of gas takes a nanosecond.',
  },
  'schedule-seed': {
    kind: 'whole',
    ...LIMITS.scheduleSeed,
    about: 'Picks among the interleavings of the virtual cores.',
  },
} as const;

export type ExecutorName = (typeof executionFlags.executor.choices)[number];

/** How the command line names what a scenario says, and the other way round. */
const NAMES = { sequential: 'sequential', blockStm: 'block-stm', moduleLanes: 'module-lanes' } as const;
const SETTINGS = {
  sequential: 'sequential',
  'block-stm': 'blockStm',
  'module-lanes': 'moduleLanes',
} as const;

export interface ChosenExecution {
  readonly execution: ExecutionSettings;
  readonly executor: ExecutorName;
  /** Plain sentences on what was not taken as it was wished. */
  readonly notes: readonly string[];
}

/** What flags make of the settings that they start from. */
export function chooseExecution(
  from: ExecutionSettings,
  flags: Values<typeof executionFlags>,
): ChosenExecution {
  const notes: string[] = [];
  const executor = flags.executor ?? NAMES[from.executor];
  const wished = wishedCores(from, flags, notes);
  if (flags['schedule-seed'] !== undefined && wished.kind === 'real') {
    throw new Failure('--schedule-seed orders virtual cores: give --virtual-cores N beside it.');
  }
  const asked = flags.workers ?? flags['virtual-cores'] ?? 1;
  if (executor === 'sequential' && asked > 1) {
    notes.push('The sequential executor runs one transaction after another: it uses one core.');
  }
  if (wished.kind === 'real' && executor !== 'sequential' && wished.count > cores) {
    notes.push(`This machine has ${cores} ${cores === 1 ? 'core' : 'cores'} for ${wished.count} threads.`);
  }
  const execution: ExecutionSettings = {
    ...from,
    executor: SETTINGS[executor],
    cores: wished,
    scheduleSeed: flags['schedule-seed'] ?? from.scheduleSeed,
  };
  return { execution, executor, notes };
}

function wishedCores(
  from: ExecutionSettings,
  flags: Values<typeof executionFlags>,
  notes: string[],
): ExecutionSettings['cores'] {
  if (flags.workers !== undefined) return { kind: 'real', count: flags.workers };
  if (flags['virtual-cores'] !== undefined) return { kind: 'virtual', count: flags['virtual-cores'] };
  const { kind, count } = from.cores;
  if (kind === 'virtual' || count <= cores) return from.cores;
  notes.push(`The scenario wishes for ${count} threads; this machine has ${cores}, so ${cores} were used.`);
  return { kind, count: cores };
}

/** The cores that were used, for a JSON document and for people. */
export function coresOf({ execution, executor }: ChosenExecution) {
  const { kind, count: wished } = execution.cores;
  const count = executor === 'sequential' ? 1 : wished;
  return kind === 'real'
    ? { json: { workers: count }, name: 'threads', count }
    : { json: { virtualCores: count }, name: 'virtual cores', count };
}
