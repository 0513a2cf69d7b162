import { proxy, type Remote, releaseProxy, wrap } from 'comlink';
import type { ApiError, ApiResult, EngineApi, Progress } from '../../engine/api/index.ts';
import { engineMessages } from '../lib/messages/engine.ts';
import { takeEngineWorker } from './engineWorker.ts';
import { format } from '../lib/messages.ts';

/** The engine as the page holds it: the same calls, and an end. */
export type EngineClient = EngineApi & {
  /** Ends the worker; calls still open answer `engine/stopped`. */
  dispose(): void;
  /** Calls back once when the worker can no longer be trusted; every later call answers the same error. */
  onFailure(callback: (error: ApiError) => void): void;
};

/** What a call without a typed answer throws when the engine is gone. */
export class EngineFailure extends Error {
  readonly error: ApiError;
  constructor(error: ApiError) {
    super(error.message);
    this.name = 'EngineFailure';
    this.error = error;
  }
}

/** A call that takes longer has hung: the longest legal block takes a fraction of it. */
const HANG_MS = 60_000;

/**
 * Starts the engine's worker and wraps it. Failures of the worker itself (it does not load, throws,
 * hangs) become typed errors: as values where a call answers an ApiResult, thrown as
 * {@link EngineFailure} where it does not.
 */
export function createEngineClient(): EngineClient {
  const { worker, failed } = takeEngineWorker();
  const remote: Remote<EngineApi> = wrap<EngineApi>(worker);
  let failure: ApiError | null = null;
  let released = false;
  let rejectAll: (error: EngineFailure) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    rejectAll = reject;
  });
  // Nobody may be waiting when it breaks; that is no unhandled rejection.
  broken.catch(() => {});
  const callbacks: ((error: ApiError) => void)[] = [];
  const fail = (error: ApiError): void => {
    if (failure !== null) return;
    failure = error;
    worker.terminate();
    rejectAll(new EngineFailure(error));
    for (const callback of callbacks) callback(error);
  };
  const crash = (why: string): void =>
    fail({
      code: 'engine/crashed',
      message: format(engineMessages.crashed, { why: why || engineMessages.didNotLoad }),
    });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    crash(event.message);
  });
  const before = failed();
  // Not within this call: whoever makes a client first asks to be told.
  if (before !== null) queueMicrotask(() => crash(before));
  worker.addEventListener('messageerror', () => {
    fail({
      code: 'engine/crashed',
      message: format(engineMessages.crashed, { why: engineMessages.unreadable }),
    });
  });

  /** When the engine last showed a sign of life. Calls wait for one another, so it counts for all that are open. */
  let aliveMs = performance.now();
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    if (failure !== null) throw new EngineFailure(failure);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = (): void => {
      const silentMs = performance.now() - aliveMs;
      // A page in the background sleeps with its timers; silence there says nothing.
      if (document.hidden) timer = setTimeout(watch, HANG_MS);
      else if (silentMs < HANG_MS) timer = setTimeout(watch, HANG_MS - silentMs);
      else fail({ code: 'engine/hung', message: format(engineMessages.hung, { seconds: HANG_MS / 1000 }) });
    };
    timer = setTimeout(watch, HANG_MS);
    try {
      return await Promise.race([call(), broken]);
    } finally {
      aliveMs = performance.now();
      clearTimeout(timer);
    }
  };
  /** For calls that answer a result: whatever goes wrong is a value too. */
  const asked = async <T>(call: () => Promise<ApiResult<T>>): Promise<ApiResult<T>> => {
    try {
      return await guarded(call);
    } catch (thrown) {
      if (thrown instanceof EngineFailure) return { ok: false, error: thrown.error };
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      return { ok: false, error: { code: 'engine/threw', message: why } };
    }
  };

  /** What a long call tells of how far it has come is a sign of life, too. */
  const heard = (onProgress?: (progress: Progress) => void) =>
    proxy((progress: Progress) => {
      aliveMs = performance.now();
      onProgress?.(progress);
    });

  return {
    describe: () => guarded(() => remote.describe()),
    history: () => guarded(() => remote.history()),
    cancel: () => guarded(() => remote.cancel()),
    start: (settings) => asked(() => remote.start(settings)),
    produceBlock: (actions) => asked(() => remote.produceBlock(actions)),
    rerun: (blockId, execution, options) => asked(() => remote.rerun(blockId, execution, options)),
    setExecution: (execution) => asked(() => remote.setExecution(execution)),
    edit: (blockId, actions, options) => asked(() => remote.edit(blockId, actions, options)),
    seek: (blockId) => asked(() => remote.seek(blockId)),
    compare: (left, right) => asked(() => remote.compare(left, right)),
    inspectTransaction: (runId, txIndex) => asked(() => remote.inspectTransaction(runId, txIndex)),
    tableHistory: (runId, table) => asked(() => remote.tableHistory(runId, table)),
    readView: (blockId, module, view) => asked(() => remote.readView(blockId, module, view)),
    readLanes: (blockId) => asked(() => remote.readLanes(blockId)),
    proveKey: (blockId, key) => asked(() => remote.proveKey(blockId, key)),
    checkProof: (proof, trusted) => asked(() => remote.checkProof(proof, trusted)),
    auditModule: (blockId, module, onProgress, altered) =>
      asked(() => remote.auditModule(blockId, module, heard(onProgress), altered)),
    readTable: (blockId, table, from, count) => asked(() => remote.readTable(blockId, table, from, count)),
    checkTransaction: (draft) => asked(() => remote.checkTransaction(draft)),
    checkInvariants: (blockId) => asked(() => remote.checkInvariants(blockId)),
    readScenario: (text) => asked(() => remote.readScenario(text)),
    exportScenario: (blockId, view) => asked(() => remote.exportScenario(blockId, view)),
    openScenario: (scenario, onProgress, file) =>
      asked(() => remote.openScenario(scenario, heard(onProgress), file)),
    linkScenario: (scenario) => asked(() => remote.linkScenario(scenario)),
    gallery: () => guarded(() => remote.gallery()),
    importBlock: (file, name, settings) => asked(() => remote.importBlock(file, name, settings)),
    checkImport: (blockId) => asked(() => remote.checkImport(blockId)),
    describeProtocols: () => asked(() => remote.describeProtocols()),
    describeAttacks: () => asked(() => remote.describeAttacks()),
    attackedSettings: (settings, attacks, byzantine, heights) =>
      asked(() => remote.attackedSettings(settings, attacks, byzantine, heights)),
    openConsensus: (settings) => asked(() => remote.openConsensus(settings)),
    runConsensus: (branch, until) => asked(() => remote.runConsensus(branch, until)),
    interveneConsensus: (branch, events, intervention) =>
      asked(() => remote.interveneConsensus(branch, events, intervention)),
    waitingSteps: (branch, events) => asked(() => remote.waitingSteps(branch, events)),
    inspectReplica: (branch, events, node) => asked(() => remote.inspectReplica(branch, events, node)),
    closeConsensus: (branch) => asked(() => remote.closeConsensus(branch)),
    onFailure: (callback) => {
      callbacks.push(callback);
      if (failure !== null) callback(failure);
    },
    dispose: () => {
      if (released) return;
      released = true;
      fail({ code: 'engine/stopped', message: engineMessages.stopped });
      remote[releaseProxy]();
    },
  };
}
