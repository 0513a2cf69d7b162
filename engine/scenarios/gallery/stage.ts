import type { Action, DraftJson, ExecutionSettings } from '../../api/settings.ts';

/** Every scenario of the gallery runs on the same virtual cores, so that everybody sees the same run. */
export const EIGHT_VIRTUAL_CORES: ExecutionSettings = {
  executor: 'blockStm',
  cores: { kind: 'virtual', count: 8 },
  scheduleSeed: 1,
  granularity: 'slot',
  feeRecipient: 'exempt',
};

/** The same cores, each module's transactions in order in a lane of its own. */
export const EIGHT_CORES_BY_LANES: ExecutionSettings = { ...EIGHT_VIRTUAL_CORES, executor: 'moduleLanes' };

/** Rounds of work a transaction, as in the default settings. */
export const USUAL_WORK = 20_000;

/** What a person of the scenario does in a module. */
export function does(sender: number, module: string, name: string, args: DraftJson['args']): Action {
  return { kind: 'submit', transaction: { sender, module, name, args, work: USUAL_WORK } };
}
