import type { Intervention, Lie } from '../../../engine/api/index.ts';
import type { RunLog } from './runLog.ts';

/** What hands did to the world by a moment, and what of it still holds. */
export interface WorldAt {
  readonly down: ReadonlySet<number>;
  readonly lies: ReadonlyMap<number, readonly Lie[]>;
  readonly slow: ReadonlyMap<number, number>;
  readonly lyingDisks: ReadonlySet<number>;
  /** Groups that cannot hear each other; null: everybody hears everybody. */
  readonly groups: readonly (readonly number[])[] | null;
}

export function worldAt(log: RunLog, events: number): WorldAt {
  const down = new Set<number>();
  const lies = new Map<number, readonly Lie[]>();
  const slow = new Map<number, number>();
  const lyingDisks = new Set<number>();
  let groups: WorldAt['groups'] = null;
  for (const intervention of interventionsBy(log, events)) {
    if (intervention.kind === 'crash') down.add(intervention.node);
    else if (intervention.kind === 'restart') down.delete(intervention.node);
    else if (intervention.kind === 'slow') slow.set(intervention.node, intervention.permille);
    else if (intervention.kind === 'lie') lies.set(intervention.node, intervention.lies);
    else if (intervention.kind === 'lyingDisk') lyingDisks.add(intervention.node);
    else if (intervention.kind === 'cut') groups = intervention.groups;
    else if (intervention.kind === 'heal') groups = null;
  }
  for (const [node, of] of lies) if (of.length === 0) lies.delete(node);
  for (const [node, permille] of slow) if (permille === 1000) slow.delete(node);
  return { down, lies, slow, lyingDisks, groups };
}

/** When each replica was down: from a crash to its restart, or for good. */
export function downSpans(log: RunLog): ReadonlyMap<number, readonly { fromUs: number; toUs: number }[]> {
  const spans = new Map<number, { fromUs: number; toUs: number }[]>();
  for (const { intervention, atUs } of log.interventions) {
    if (intervention.kind === 'crash') {
      const list = spans.get(intervention.node) ?? [];
      list.push({ fromUs: atUs, toUs: Number.POSITIVE_INFINITY });
      spans.set(intervention.node, list);
    } else if (intervention.kind === 'restart') {
      const last = spans.get(intervention.node)?.at(-1);
      if (last !== undefined) last.toUs = atUs;
    }
  }
  return spans;
}

function* interventionsBy(log: RunLog, events: number): IterableIterator<Intervention> {
  for (const { intervention, events: at } of log.interventions) {
    if (at > events) return;
    yield intervention;
  }
}
