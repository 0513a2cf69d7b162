import { useEffect, useMemo, useRef } from 'react';
import type { BlockRecord, ProtocolDescription } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import { type ConsensusRun, useConsensus } from '../../store/consensus/consensus.ts';
import { useConsensusSelection } from '../../store/consensus/consensusSelection.ts';
import { type BlockStanding, layoutTree, standingsAt, type TreePlace } from './blockTree.ts';
import { hueToken } from './look.ts';
import { useMoment } from './useMoment.ts';
import { valueWords } from './words.ts';

const PITCH_X = 38;
const PITCH_Y = 25;
const SIZE = 18;
const TOP = 15;
const LEFT = 12;
/** Heights drawn at once, behind the newest. */
const MOST_HEIGHTS = 160;
/** Heads are named one by one up to so many replicas. */
const MOST_NAMED = 16;

/** The tree of blocks: heights to the right, a lane a branch; how many decided each, and where chains end. */
export function BlockTree({
  run,
  description,
}: {
  readonly run: ConsensusRun;
  readonly description: ProtocolDescription;
}) {
  const scroller = useRef<HTMLElement>(null);
  const version = useConsensus((state) => state.version);
  const { events, timeUs } = useMoment(run.branch);
  const selected = useConsensusSelection(({ selected: one }) =>
    one?.branch === run.branch && one.kind === 'block' ? one.at : -1,
  );
  const { log } = run;
  // Logs grow in place; their version says when.
  const tree = useMemo(() => layoutTree(log.blocks), [log, version]);
  const standings = standingsAt(log, events);
  const there = tree.places.filter(({ id }) => id === 0 || (log.madeUs[id] ?? Infinity) <= timeUs);
  const top = there.reduce((most, { height }) => Math.max(most, height), 0);
  const from = Math.max(0, top - MOST_HEIGHTS);
  const drawn = there.filter(({ height }) => height >= from);
  const places = new Map(drawn.map((place) => [place.id, place]));
  const width = LEFT * 2 + (top - from + 1) * PITCH_X;
  useEffect(() => {
    const box = scroller.current;
    if (box !== null) box.scrollLeft = width - box.clientWidth;
  }, [width]);
  const xOf = (height: number): number => LEFT + (height - from) * PITCH_X;
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
      tabIndex={0}
      aria-label={text.tree}
      className="max-h-32 shrink-0 overflow-auto border-t border-line -outline-offset-2"
    >
      <div className="relative" style={{ width, height: TOP + tree.lanes * PITCH_Y }}>
        <svg aria-hidden="true" className="absolute inset-0 size-full text-line-strong">
          {drawn.map(({ id, parent, height, lane }) => {
            const before = places.get(parent);
            if (before === undefined || id === parent) return null;
            const y1 = TOP + before.lane * PITCH_Y + SIZE / 2;
            const y2 = TOP + lane * PITCH_Y + SIZE / 2;
            const x1 = xOf(before.height) + SIZE;
            const x2 = xOf(height);
            return (
              <path
                key={id}
                d={`M${x1} ${y1}C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`}
                stroke="currentColor"
                strokeWidth="1.25"
                fill="none"
              />
            );
          })}
        </svg>
        {drawn.map((place) => (
          <TreeBlock
            key={place.id}
            place={place}
            left={xOf(place.height)}
            block={log.blocks[place.id]}
            standing={standings.get(place.id)}
            nodes={log.nodes}
            isSelected={selected === place.id}
            depth={description.finality === 'probable' ? depthOf(place, top) : -1}
            select={() =>
              useConsensusSelection.getState().select({ branch: run.branch, kind: 'block', at: place.id })
            }
          />
        ))}
      </div>
    </section>
  );
}

function depthOf({ height, id }: TreePlace, top: number): number {
  return id === 0 ? -1 : top - height + 1;
}

interface TreeBlockProps {
  readonly place: TreePlace;
  readonly left: number;
  readonly block: BlockRecord | undefined;
  readonly standing: BlockStanding | undefined;
  readonly nodes: number;
  readonly isSelected: boolean;
  readonly depth: number;
  select(): void;
}

function TreeBlock({ place, left, block, standing, nodes, isSelected, depth, select }: TreeBlockProps) {
  const { id, height, lane } = place;
  const { heads = [], decided = 0, justified = false, finalised = false } = standing ?? {};
  const all = decided >= nodes;
  const hue = hueToken(id);
  const label = format(text.treeBlock, {
    value: valueWords(id),
    height,
    proposer: block?.proposer ?? '',
    decided,
    nodes,
    heads: heads.length === 0 ? '' : format(text.treeHeads, { heads: heads.join(', ') }),
    more: [
      justified ? text.justified : '',
      finalised ? text.finalised : '',
      block?.honest === false ? text.dishonest : '',
    ]
      .filter((words) => words !== '')
      .map((words) => `, ${words}`)
      .join(''),
  });
  return (
    <>
      {heads.length > 0 && (
        <span
          aria-hidden="true"
          className="absolute text-[10px] leading-none whitespace-nowrap text-ink-2"
          style={{ left, top: TOP + lane * PITCH_Y - 11 }}
        >
          {nodes <= MOST_NAMED ? heads.join(' ') : `×${heads.length}`}
        </span>
      )}
      <button
        type="button"
        aria-label={label}
        aria-pressed={isSelected}
        title={label}
        onClick={select}
        className={`absolute grid place-items-center rounded-1 border-2 text-[10px] leading-none font-semibold ${
          all ? 'text-surface-0' : 'text-ink'
        } ${isSelected ? 'outline-2 outline-offset-1 outline-accent' : ''} ${block?.honest === false ? 'border-dashed' : ''}`}
        style={{
          left,
          top: TOP + lane * PITCH_Y,
          width: SIZE,
          height: SIZE,
          borderColor: block?.honest === false ? 'var(--bad)' : hue,
          boxShadow: finalised ? `0 0 0 2px var(--surface-1), 0 0 0 3.5px ${hue}` : undefined,
          background: all
            ? hue
            : `linear-gradient(to top, color-mix(in srgb, ${hue} 65%, transparent) ${Math.round((100 * decided) / Math.max(1, nodes))}%, transparent 0)`,
        }}
      >
        {height}
      </button>
      {depth > 0 && (
        <span
          aria-hidden="true"
          className="absolute text-[9px] leading-none text-ink-3"
          style={{ left: left + SIZE + 2, top: TOP + lane * PITCH_Y - 4 }}
        >
          {depth}
        </span>
      )}
    </>
  );
}
