import type { ExecutionSettings } from '../../api/settings.ts';

/** Every scenario of the gallery runs on the same virtual cores, so that everybody sees the same run. */
export const EIGHT_VIRTUAL_CORES: ExecutionSettings = {
  executor: 'blockStm',
  cores: { kind: 'virtual', count: 8 },
  scheduleSeed: 1,
  granularity: 'slot',
  feeRecipient: 'exempt',
};

/** Rounds of work a transaction, as in the default settings. */
export const USUAL_WORK = 20_000;
