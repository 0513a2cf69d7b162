import type { Lie, ProtocolDescription } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import type { ConsensusRun } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { eventsNow } from '../../store/consensus/consensusClock.ts';
import { worldAt } from '../../store/consensus/worldAt.ts';
import type { MenuEntry } from './Menu.tsx';

const SLOW_PERMILLE = 10_000;

/** What can be done to a replica at the moment of the clock. Each makes a branch. */
export function replicaDeeds(
  { log, branch }: ConsensusRun,
  description: ProtocolDescription,
  node: number,
): readonly MenuEntry[] {
  const world = worldAt(log, eventsNow(branch));
  const all = Array.from({ length: log.nodes }, (_, other) => other);
  const alone = world.groups?.some((group) => group.length === 1 && group[0] === node) ?? false;
  const isDown = world.down.has(node);
  const isSlow = world.slow.has(node);
  const lies = world.lies.get(node) ?? [];
  const { intervene } = consensus;
  const entries: MenuEntry[] = [];
  const add = (id: keyof typeof text.acts, act: () => unknown): void => {
    const { label, about } = text.acts[id];
    entries.push({ id, label, about, act });
  };
  if (isDown) add('restart', () => intervene({ kind: 'restart', node }));
  else add('kill', () => intervene({ kind: 'crash', node, loseUnsynced: true }));
  if (isSlow) add('quick', () => intervene({ kind: 'slow', node, permille: 1000 }));
  else add('slow', () => intervene({ kind: 'slow', node, permille: SLOW_PERMILLE }));
  if (world.groups !== null) add('heal', () => intervene({ kind: 'heal' }));
  if (!alone) {
    const before = world.groups ?? [all];
    const rest = before.map((group) => group.filter((other) => other !== node));
    const groups = [...rest.filter((group) => group.length > 0), [node]];
    add('isolate', () => intervene({ kind: 'cut', groups }));
  }
  if (lies.length > 0) add('honest', () => intervene({ kind: 'lie', node, lies: [] }));
  if (description.lies.length > 0) {
    const more = description.lies.map((lie) => lieEntry(node, lie, lies));
    entries.push({ id: 'lie', ...text.acts.lie, act: () => {}, more });
  }
  if (!world.lyingDisks.has(node)) add('lyingDisk', () => intervene({ kind: 'lyingDisk', node }));
  return entries;
}

function lieEntry(node: number, lie: Lie, lies: readonly Lie[]): MenuEntry {
  const checked = lies.includes(lie);
  return {
    id: lie,
    label: text.lieNames[lie],
    about: text.lieAbout[lie],
    checked,
    act: () =>
      consensus.intervene({
        kind: 'lie',
        node,
        lies: checked ? lies.filter((other) => other !== lie) : [...lies, lie],
      }),
  };
}
