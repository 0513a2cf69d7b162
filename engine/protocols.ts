import type { AnyProtocol } from './consensus/contract.ts';
import type { ProtocolId } from './types/consensus.ts';

/** The consensus protocols: one line each. Loaded only where one is asked for. */
export const protocols: Partial<Record<ProtocolId, AnyProtocol>> = {};
