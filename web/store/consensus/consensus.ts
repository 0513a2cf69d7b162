import { create } from 'zustand';
import type {
  ApiError,
  ConsensusSettings,
  ProtocolDescription,
  ProtocolId,
} from '../../../engine/api/index.ts';
import { firstSettings } from './firstSettings.ts';
import type { RunLog } from './runLog.ts';

/** A branch that is open in the engine, with all that it told. */
export interface ConsensusRun {
  readonly branch: number;
  readonly log: RunLog;
  /** What the first of its family was opened with. */
  readonly settings: ConsensusSettings;
  /** The branch that was opened; all of its family come from it. */
  readonly root: number;
}

export interface ConsensusState {
  /** The protocols that there are; null until the engine has said. */
  readonly protocols: readonly ProtocolDescription[] | null;
  /** As the knobs stand: plain data, as a link holds it. */
  readonly settings: ConsensusSettings;
  /** The protocol that runs beside it, on the same settings; null: none. */
  readonly rival: ProtocolId | null;
  readonly runs: readonly ConsensusRun[];
  /** What is on stage: one branch, or two on one clock. */
  readonly shown: readonly number[];
  /** Which of these hands and steps are about. */
  readonly active: number;
  /** Rises when a log grew. */
  readonly version: number;
  readonly busy: boolean;
  /** Why there is no run; null when there is. */
  readonly failure: ApiError | null;
}

/** The simulated consensus on stage. Views read it; {@link consensus} changes it. */
export const useConsensus = create<ConsensusState>(() => ({
  protocols: null,
  settings: firstSettings('tendermint'),
  rival: null,
  runs: [],
  shown: [],
  active: -1,
  version: 0,
  busy: false,
  failure: null,
}));

export function runOf(branch: number, state = useConsensus.getState()): ConsensusRun | undefined {
  return state.runs.find((run) => run.branch === branch);
}

export function activeRun(state = useConsensus.getState()): ConsensusRun | undefined {
  return runOf(state.active, state);
}

export function descriptionOf(
  protocol: ProtocolId,
  state = useConsensus.getState(),
): ProtocolDescription | undefined {
  return state.protocols?.find(({ id }) => id === protocol);
}

/** Settings and all that was done, as one plain value: opened anew they give this run again. */
export function settingsOf(run: ConsensusRun): ConsensusSettings {
  return { ...run.settings, interventions: run.log.info.interventions };
}
