import type { ConsensusSettings, Intervention } from '../types/consensus.ts';
import type {
  AttackDescription,
  ConsensusBranch,
  ConsensusChunk,
  ProtocolDescription,
  ReplicaInspection,
  WaitingStep,
} from '../types/consensusLog.ts';
import type { ApiResult } from './engineApi.ts';

export type * from '../types/consensus.ts';
export type * from '../types/consensusLog.ts';

/**
 * The door to simulated consensus. Time in it is virtual. A run is a branch, by its number; interventions make further branches, so that no
 * future is lost before `close`. The clock of a branch is the number of events processed.
 */
export interface ConsensusApi {
  describeProtocols(): Promise<ApiResult<readonly ProtocolDescription[]>>;
  describeAttacks(): Promise<ApiResult<readonly AttackDescription[]>>;
  /**
   * Settings with attacks of the library, applied one after another: the last `byzantine` identities attack, while so many heights are to be decided. Fails with
   * `consensus/unknown_fault`, `consensus/no_liars`, `consensus/too_many_liars` and as `openConsensus` does.
   */
  attackedSettings(
    settings: ConsensusSettings,
    attacks: readonly string[],
    byzantine: number,
    heights: number,
  ): Promise<ApiResult<ConsensusSettings>>;
  /** Begins a run; nothing is processed yet. Fails with `consensus/bad_setting` and others of that room. */
  openConsensus(settings: ConsensusSettings): Promise<ApiResult<ConsensusBranch>>;
  /**
   * Runs a branch on until one of these is reached, and answers with all that it did since it was last run: whoever asks keeps it. Of a branch
   * that was made from another, what came before is the other's. `events` is a budget of at most 1,000,000. Fails with `consensus/no_branch`.
   */
  runConsensus(
    branch: number,
    until: { readonly events: number; readonly untilUs?: number; readonly heights?: number },
  ): Promise<ApiResult<ConsensusChunk>>;
  /** A new branch that is as this one was after so many events, with something done to it then. */
  interveneConsensus(
    branch: number,
    afterEvents: number,
    intervention: Intervention,
  ): Promise<ApiResult<ConsensusBranch>>;
  /** What could be next after so many events: messages under way, timers, executions; at most 1,000, soonest first. */
  waitingSteps(branch: number, afterEvents: number): Promise<ApiResult<readonly WaitingStep[]>>;
  inspectReplica(branch: number, afterEvents: number, node: number): Promise<ApiResult<ReplicaInspection>>;
  closeConsensus(branch: number): Promise<ApiResult<null>>;
}
