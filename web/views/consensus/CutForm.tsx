import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import type { ConsensusRun } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { worldAt } from '../../store/consensus/worldAt.ts';
import { letterOf } from './ringGeometry.ts';
import { useMoment } from './useMoment.ts';

const GROUPS = 3;

/** Cuts the network into groups that are chosen replica by replica, and heals it: what a line through the ring does, by keyboard. */
export function CutForm({ run }: { readonly run: ConsensusRun }) {
  const { log, branch } = run;
  const { events } = useMoment(branch);
  const { groups } = worldAt(log, events);
  const [groupOf, setGroupOf] = useState<readonly number[]>(() =>
    Array.from({ length: log.nodes }, (_, node) => firstGroup(node, log.nodes, groups)),
  );
  const chosen = Array.from({ length: GROUPS }, (_, group) =>
    groupOf.flatMap((of, node) => (of === group ? [node] : [])),
  ).filter((group) => group.length > 0);
  return (
    <>
      <p className="text-xs leading-snug text-ink-3">{groups === null ? text.cutAbout : text.cutNow}</p>
      <div className="mt-1.5 flex flex-wrap gap-1">
        {groupOf.map((group, node) => (
          <button
            key={node}
            type="button"
            aria-label={format(text.groupOf, { node, letter: letterOf(group) })}
            onClick={() => setGroupOf(groupOf.map((of, other) => (other === node ? (of + 1) % GROUPS : of)))}
            className={`min-w-12 rounded-1 border px-1.5 py-0.5 text-xs ${
              ['border-bad text-bad', 'border-warn text-warn', 'border-ok text-ok'][group]
            }`}
          >
            {format(text.replicaShort, { node })} · {letterOf(group)}
          </button>
        ))}
      </div>
      <div className="mt-2 flex gap-1.5">
        <Button
          disabled={chosen.length < 2}
          onClick={() => void consensus.intervene({ kind: 'cut', groups: chosen })}
        >
          {text.cut}
        </Button>
        <Button disabled={groups === null} onClick={() => void consensus.intervene({ kind: 'heal' })}>
          {text.heal}
        </Button>
      </div>
    </>
  );
}

/** As the network is cut now; else in halves. */
function firstGroup(node: number, nodes: number, groups: readonly (readonly number[])[] | null): number {
  if (groups === null) return node < Math.ceil(nodes / 2) ? 0 : 1;
  return (
    Math.max(
      0,
      groups.findIndex((group) => group.includes(node)),
    ) % GROUPS
  );
}
