import type { Action, ApiError, ApiResult, EngineApi, ExecutionSettings, MachineInfo } from '../api/index.ts';
import { ok } from '../base/result.ts';
import type { ModuleSet } from '../moduleSdk/index.ts';
import { CallQueue } from './host/callQueue.ts';
import { ChainRoom } from './host/chainRoom.ts';
import { describeEngine } from './host/describeEngine.ts';
import { Cancelled, type CreatePool } from './host/executors.ts';
import { ImportRoom } from './host/importRoom.ts';
import type { ConsensusRoom } from './host/consensusRoom.ts';
import type { LaneRoom } from './host/laneRoom.ts';
import { readSettings } from './host/readSettings.ts';
import { ScenarioRoom } from './host/scenarioRoom.ts';

export interface EngineHostOptions {
  /** Makes a pool of a kind when it is first needed; whoever dislikes a pool disposes of it. */
  readonly createPool: CreatePool;
  readonly machine: MachineInfo;
  readonly modules: ModuleSet;
  /** Lets messages in while much is made again; does nothing when absent. */
  readonly breathe?: () => Promise<void>;
  /** A chain begins whose blocks will want so many threads: their code may load while the chain is made. */
  readonly foreseeThreads?: (count: number) => void;
  /** How long a block on real threads may be run again and again, to find the run least disturbed, µs. */
  readonly measuringUs?: number;
}

/** The engine's door with a way to close it. */
export type EngineHost = EngineApi & { dispose(): void };

/**
 * The engine behind its one door. Calls are served one at a time in the order they arrive, `cancel`
 * and `describe` at once. Whatever is given, the answer is a value or a typed error, and a call that fails
 * changes nothing.
 */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  const { createPool, machine, modules } = options;
  const queue = new CallQueue();
  const breathe = options.breathe ?? (async () => {});
  const room = new ChainRoom(modules, machine, createPool, breathe, options.measuringUs);
  const scenarios = new ScenarioRoom(modules, room, breathe);
  const imports = new ImportRoom(modules, room);
  let laneRoom: LaneRoom | undefined;
  const lanes = async (): Promise<LaneRoom> => {
    const { LaneRoom } = await import('./host/laneRoom.ts');
    laneRoom ??= new LaneRoom(modules, room, breathe);
    return laneRoom;
  };
  let consensusRoom: ConsensusRoom | undefined;
  const consensus = async (): Promise<ConsensusRoom> => {
    const { ConsensusRoom } = await import('./host/consensusRoom.ts');
    consensusRoom ??= new ConsensusRoom();
    return consensusRoom;
  };
  const answer = <T>(call: () => ApiResult<T> | Promise<ApiResult<T>>): Promise<ApiResult<T>> =>
    queue.add(async () => {
      try {
        return await call();
      } catch (thrown) {
        return { ok: false, error: errorOf(thrown) };
      }
    });
  return {
    describe: async () => describeEngine(modules, machine),
    start: (settings) =>
      answer(() => {
        const read = readSettings(settings);
        const threads = read.ok ? threadsOf(read.value.execution) : 0;
        if (threads > 0 && machine.sharedMemory) options.foreseeThreads?.(threads);
        return room.start(settings);
      }),
    produceBlock: (actions) => answer(() => room.produceBlock(actions)),
    rerun: (blockId, execution, options) => answer(() => room.rerun(blockId, execution, options)),
    setExecution: (execution) => answer(() => room.setExecution(execution)),
    edit: (blockId, actions: readonly Action[], how) => answer(() => room.edit(blockId, actions, how)),
    seek: (blockId) => answer(() => room.seek(blockId)),
    history: () => queue.add(async () => room.history()),
    compare: (left, right) => answer(() => room.compare(left, right)),
    inspectTransaction: (runId, txIndex) => answer(() => room.inspectTransaction(runId, txIndex)),
    tableHistory: (runId, table) => answer(() => room.tableHistory(runId, table)),
    readView: (blockId, module, view) => answer(() => room.readView(blockId, module, view)),
    readLanes: (blockId) => answer(async () => (await lanes()).readLanes(blockId)),
    proveKey: (blockId, key) => answer(async () => (await lanes()).proveKey(blockId, key)),
    checkProof: (proof, trusted) =>
      answer(async () => ok((await import('./verifyStorageProof.ts')).checkProof(proof, trusted))),
    auditModule: (blockId, module, onProgress, altered) =>
      answer(async () => (await lanes()).auditModule(blockId, module, onProgress, altered)),
    readTable: (blockId, table, from, count) => answer(() => room.readTable(blockId, table, from, count)),
    checkTransaction: (draft) => answer(() => room.checkTransaction(draft)),
    checkInvariants: (blockId) => answer(() => room.checkInvariants(blockId)),
    readScenario: (text) => answer(() => scenarios.readScenario(text)),
    exportScenario: (blockId, view) => answer(() => scenarios.exportScenario(blockId, view)),
    openScenario: (scenario, onProgress, file) =>
      answer(() => scenarios.openScenario(scenario, onProgress, file)),
    linkScenario: (scenario) => answer(() => scenarios.linkScenario(scenario)),
    gallery: async () => (await import('../scenarios/gallery/index.ts')).gallery,
    importBlock: (file, name, settings) => answer(() => imports.importBlock(file, name, settings)),
    checkImport: (blockId) => answer(() => imports.checkImport(blockId)),
    describeProtocols: () => answer(async () => (await consensus()).describeProtocols()),
    describeAttacks: () => answer(async () => (await consensus()).describeAttacks()),
    attackedSettings: (settings, attacks, byzantine, heights) =>
      answer(async () => (await consensus()).attackedSettings(settings, attacks, byzantine, heights)),
    openConsensus: (settings) => answer(async () => (await consensus()).openConsensus(settings)),
    runConsensus: (branch, until) => answer(async () => (await consensus()).runConsensus(branch, until)),
    interveneConsensus: (branch, events, intervention) =>
      answer(async () => (await consensus()).interveneConsensus(branch, events, intervention)),
    waitingSteps: (branch, events) => answer(async () => (await consensus()).waitingSteps(branch, events)),
    inspectReplica: (branch, events, node) =>
      answer(async () => (await consensus()).inspectReplica(branch, events, node)),
    closeConsensus: (branch) => answer(async () => (await consensus()).closeConsensus(branch)),
    cancel: async () => room.cancel(),
    dispose: () => room.dispose(),
  };
}

function threadsOf({ executor, cores }: ExecutionSettings): number {
  return executor !== 'sequential' && cores.kind === 'real' ? cores.count : 0;
}

function errorOf(thrown: unknown): ApiError {
  if (thrown instanceof Cancelled) {
    return { code: 'engine/cancelled', message: 'The run was cancelled; nothing changed.' };
  }
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'engine/internal', message: `The engine failed: ${why}` };
}
