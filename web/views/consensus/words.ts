import type { ConsensusBranch, Intervention, ProtocolDescription } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import { formatUs } from '../../lib/format.ts';
import type { RunLog } from '../../store/consensus/runLog.ts';

/** A block by its number, as all pictures name it. */
export function valueWords(value: number): string {
  if (value < 0) return text.nil;
  return value === 0 ? text.genesis : format(text.block, { value });
}

/** Virtual time in a unit that fits. */
export function timeWords(us: number): string {
  return formatUs(us);
}

export function replicaWords(node: number, { identities }: ConsensusBranch): string {
  const identity = identities[node];
  return identity === undefined || identity === node
    ? format(text.replica, { node })
    : format(text.twin, { node, identity });
}

export function kindWords(kinds: ProtocolDescription['messageKinds'], kind: number): string {
  return kinds[kind]?.name ?? '';
}

/** What was done, in a few words: the name of a branch. */
export function interventionWords(intervention: Intervention): string {
  const { kind } = intervention;
  const deed = text.deeds[kind];
  switch (intervention.kind) {
    case 'slow':
      return intervention.permille === 1000
        ? format(text.deeds.slowEnd, { node: intervention.node })
        : format(deed, { node: intervention.node, factor: intervention.permille / 1000 });
    case 'lie': {
      if (intervention.lies.length === 0) return format(text.deeds.lieEnd, { node: intervention.node });
      const lies = intervention.lies.map((lie) => text.lieNames[lie].toLowerCase()).join(', ');
      return format(deed, { node: intervention.node, lies });
    }
    case 'cut':
      return format(deed, {
        groups: intervention.groups
          .map((group) => group.join(' '))
          .filter((group) => group !== '')
          .join(' | '),
      });
    case 'delayMessage':
      return format(deed, { event: intervention.event, by: formatUs(intervention.byUs) });
    default:
      return format(deed, {
        node: 'node' in intervention ? intervention.node : '',
        event: 'event' in intervention ? intervention.event : '',
      });
  }
}

/** A replica at a moment, in one sentence. */
export function replicaState(log: RunLog, node: number, events: number): string {
  const state = log.stateAt(node, events);
  return format(text.replicaState, {
    replica: replicaWords(node, log.info),
    ...state,
    head: valueWords(state.head),
    decided: valueWords(state.decided),
    locked: state.locked > 0 ? format(text.lockedOn, { block: valueWords(state.locked) }) : '',
  });
}

/** A tick of a time axis: in seconds, milliseconds or microseconds, with as many decimals as its step needs. */
export function axisWords(us: number, stepUs: number): string {
  if (us === 0) return '0';
  const [unitUs, unit] = us >= 1e6 ? [1e6, 's'] : us >= 1000 ? [1000, 'ms'] : [1, 'µs'];
  const decimals = stepUs <= 0 ? 0 : Math.max(0, -Math.floor(Math.log10(stepUs / unitUs) + 1e-9));
  return `${(us / unitUs).toFixed(Math.min(decimals, 6))} ${unit}`;
}
