import type { ProtocolDescription } from '../../../engine/api/index.ts';
import { type RunLog, roundKey } from '../../store/consensus/runLog.ts';

/** Who leads the round of any replica, where rounds have leaders and they made something. */
export function leadersAt(
  log: RunLog,
  kinds: ProtocolDescription['messageKinds'],
  events: number,
): ReadonlySet<number> {
  const leaders = new Set<number>();
  if (!kinds.some(({ role }) => role === 'proposal')) return leaders;
  for (let node = 0; node < log.nodes; node++) {
    const { height, round } = log.stateAt(node, events);
    const maker = log.makers.get(roundKey(height, round));
    if (maker !== undefined) leaders.add(maker);
  }
  return leaders;
}
