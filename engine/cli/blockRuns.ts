import type { BlockRun, EngineApi } from '../api/index.ts';
import { answered, EXIT, Failure } from './failure.ts';

/** Beside a time on the virtual clock, for people. */
export const VIRTUAL_TIME = ' (virtual: a unit of gas takes 1 ns)';

/**
 * The run of a first block, once more where threads have just been started for it: their code was cold.
 * Fails when threads were asked for and virtual cores had to take over, because that would mix two clocks.
 */
export async function warmRun(engine: EngineApi, first: BlockRun): Promise<BlockRun> {
  const cold = first.clock === 'measured' && first.matchesOracle;
  return requireThreads(cold ? answered(await engine.rerun(first.blockId, first.execution)) : first);
}

export function requireThreads(run: BlockRun): BlockRun {
  const { executor, cores } = run.execution;
  if (executor === 'sequential' || cores.kind === 'virtual' || run.clock === 'measured') return run;
  const why = run.notices.map(({ message }) => message).join(' ');
  throw new Failure(`Block ${run.height} was not executed on threads. ${why}`, EXIT.checkFailed);
}
