import type { BlockRun, EngineApi, ExecutionSettings } from '../api/index.ts';
import { answered, EXIT, Failure } from './failure.ts';

/** Beside a time on the virtual clock, for people. */
export const VIRTUAL_TIME = ' (virtual: a unit of gas takes 1 ns)';

/**
 * A block's run as its figures are told. A first block is executed once more where threads have just been started for it:
 * their code was cold. Fails when threads were asked for and virtual cores had to take over, because that would mix
 * two clocks.
 */
export async function settledRun(engine: EngineApi, run: BlockRun, first: boolean): Promise<BlockRun> {
  const { executor, cores } = run.execution;
  if (cores.kind === 'virtual') return run;
  if (executor === 'sequential') return timedSequential(engine, run, first);
  const again = first && run.clock === 'measured' && run.matchesOracle;
  return onThreads(again ? answered(await engine.rerun(run.blockId, run.execution)) : run);
}

/** The oracle’s run with a measured time: that of the fast sequential arm, which is measured beside one thread. */
async function timedSequential(engine: EngineApi, run: BlockRun, first: boolean): Promise<BlockRun> {
  const one: ExecutionSettings = {
    ...run.execution,
    executor: 'blockStm',
    cores: { kind: 'real', count: 1 },
  };
  let timed = onThreads(answered(await engine.rerun(run.blockId, one)));
  if (first) timed = onThreads(answered(await engine.rerun(run.blockId, one)));
  return {
    ...run,
    clock: 'measured',
    metrics: { ...run.metrics, durationUs: timed.metrics.sequentialUs },
    matchesOracle: run.matchesOracle && timed.matchesOracle,
    notices: [...run.notices, ...timed.notices],
  };
}

function onThreads(run: BlockRun): BlockRun {
  if (run.clock === 'measured') return run;
  const why = run.notices.map(({ message }) => message).join(' ');
  throw new Failure(`Block ${run.height} was not executed on threads. ${why}`, EXIT.checkFailed);
}
