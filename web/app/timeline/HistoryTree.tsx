import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Action } from '../../../engine/api/index.ts';
import { shell } from '../../lib/messages/shell.ts';
import { format } from '../../lib/messages.ts';
import { listedKeyWords, shortAddress } from '../../lib/realBlockWords.ts';
import { latestRunOf } from '../../store/runCache.ts';
import { useRuns } from '../../store/runs.ts';
import { session } from '../../store/session.ts';
import { takeOver } from '../story/director.ts';
import {
  type Cell,
  CELL_WIDTH,
  cellAt,
  type Direction,
  layOutTree,
  neighbour,
  ROW_HEIGHT,
} from './geometry.ts';

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
/** Cells beyond the edge that are kept, so that scrolling shows no gaps. */
const SPARE = 8;

/** The tree of blocks: a row a branch, a cell a block, its aborts as heat; click, drag or arrow keys to go there. */
export function HistoryTree() {
  const history = useRuns((state) => state.history);
  const here = useRuns((state) => state.run?.blockId ?? '');
  const layout = useMemo(() => (history === null ? null : layOutTree(history)), [history]);
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ left: 0, width: 1200 });

  useEffect(() => {
    const box = scroller.current;
    const cell = layout?.cells.find((other) => other.node.blockId === here);
    if (box === null || cell === undefined) return;
    const x = cell.column * CELL_WIDTH;
    if (x < box.scrollLeft + CELL_WIDTH || x > box.scrollLeft + box.clientWidth - 3 * CELL_WIDTH) {
      box.scrollLeft = x - box.clientWidth / 2;
    }
    const y = cell.row * ROW_HEIGHT;
    if (y < box.scrollTop || y + ROW_HEIGHT > box.scrollTop + box.clientHeight)
      box.scrollTop = y - ROW_HEIGHT;
    setView({ left: box.scrollLeft, width: box.clientWidth });
  }, [layout, here]);

  if (layout === null || layout.cells.length === 0)
    return <p className="py-1 text-xs text-ink-3">{shell.noHistory}</p>;
  const go = (cell: Cell | null): void => {
    if (cell === null || cell.node.blockId === here) return;
    takeOver();
    void session.seekBlock(cell.node.blockId);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = ARROWS[event.key];
    if (direction === undefined || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(neighbour(layout, here, direction));
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    go(cellAt(layout, event.clientX - left, event.clientY - top));
  };
  const from = view.left / CELL_WIDTH - SPARE;
  const to = (view.left + view.width) / CELL_WIDTH + SPARE;
  const seen = layout.cells.filter(
    (cell) => (cell.column >= from && cell.column <= to) || cell.node.blockId === here,
  );
  return (
    <div
      ref={scroller}
      className="relative h-[4.25rem] overflow-auto"
      onScroll={(event) =>
        setView({ left: event.currentTarget.scrollLeft, width: event.currentTarget.clientWidth })
      }
    >
      <div
        role="listbox"
        tabIndex={0}
        aria-label={`${shell.history}. ${shell.historyHelp}`}
        aria-activedescendant={here === '' ? undefined : `block-${here}`}
        aria-orientation="horizontal"
        className="relative touch-pan-x"
        style={{ width: layout.columns * CELL_WIDTH + 220, height: layout.rows.length * ROW_HEIGHT }}
        onKeyDown={onKeyDown}
        onPointerDown={onPointer}
        onMouseDown={(event) => {
          // The list keeps the focus, not a cell that may scroll away.
          event.preventDefault();
          event.currentTarget.focus();
        }}
        onPointerMove={(event) => event.buttons === 1 && onPointer(event)}
      >
        <Links cells={seen} columns={layout.columns} rows={layout.rows.length} />
        {seen.map((cell) => (
          <BlockCell key={cell.node.blockId} cell={cell} here={cell.node.blockId === here} />
        ))}
        <RowLabels layout={layout} />
      </div>
    </div>
  );
}

function RowLabels({ layout }: { readonly layout: ReturnType<typeof layOutTree> }) {
  return layout.rows.map(({ branch, label }, row) => {
    const last = layout.cells.reduce(
      (most, cell) => (cell.row === row ? Math.max(most, cell.column) : most),
      0,
    );
    return (
      <span
        key={branch}
        aria-hidden="true"
        className="absolute truncate pl-1.5 text-xs leading-[22px] text-ink-3"
        style={{ left: (last + 1) * CELL_WIDTH, top: row * ROW_HEIGHT, maxWidth: 200 }}
      >
        {label}
      </span>
    );
  });
}

function Links({
  cells,
  columns,
  rows,
}: {
  readonly cells: readonly Cell[];
  readonly columns: number;
  readonly rows: number;
}) {
  const forks = cells.filter((cell) => cell.parentRow !== null && cell.parentRow !== cell.row);
  return (
    <svg
      aria-hidden="true"
      className="absolute inset-0"
      width={columns * CELL_WIDTH}
      height={rows * ROW_HEIGHT}
    >
      {forks.map((cell) => {
        const x = cell.column * CELL_WIDTH;
        const y = cell.row * ROW_HEIGHT + ROW_HEIGHT / 2;
        const up = (cell.parentRow ?? 0) * ROW_HEIGHT + ROW_HEIGHT / 2;
        return (
          <path
            key={cell.node.blockId}
            d={`M${x - 4} ${up}C${x + 1} ${up} ${x - 8} ${y} ${x + 2} ${y}`}
            stroke="var(--ink-3)"
            fill="none"
          />
        );
      })}
    </svg>
  );
}

function describeAction(action: Action): string {
  const name = shell.actionNames[action.kind];
  switch (action.kind) {
    case 'splitPool':
      return format(name, { pool: action.pool, ways: action.ways });
    case 'splitKey':
      return format(name, { key: listedKeyWords(action.key), ways: action.ways });
    case 'keepContract':
      return format(name, { address: shortAddress(action.address) });
    case 'haltModule':
    case 'resumeModule':
    case 'breakModule':
      return format(name, { module: action.module });
    default:
      return name;
  }
}

function BlockCell({ cell, here }: { readonly cell: Cell; readonly here: boolean }) {
  const { node } = cell;
  const metrics = latestRunOf(node.blockId)?.metrics;
  const heat =
    metrics === undefined ? 0 : Math.min(1, metrics.aborts / Math.max(1, metrics.transactions) / 0.6);
  const label =
    format(shell.blockLabel, { height: node.height, branch: node.branch, transactions: node.transactions }) +
    (metrics === undefined ? '' : format(shell.blockAborts, { aborts: metrics.aborts })) +
    (node.actions.length === 0
      ? ''
      : format(shell.blockActions, { actions: node.actions.map(describeAction).join(', ') }));
  return (
    <div
      id={`block-${node.blockId}`}
      role="option"
      tabIndex={-1}
      aria-selected={here}
      aria-label={label}
      title={label}
      className={`absolute flex cursor-pointer items-center justify-center overflow-hidden rounded-1 border text-[0.72rem] ${here ? 'border-accent font-semibold text-ink' : 'border-line bg-surface-2 text-ink-3 hover:border-line-strong'}`}
      style={{
        left: cell.column * CELL_WIDTH + 2,
        top: cell.row * ROW_HEIGHT + 2,
        width: CELL_WIDTH - 4,
        height: ROW_HEIGHT - 4,
      }}
    >
      {heat > 0 && (
        <span
          aria-hidden="true"
          className="absolute inset-x-0 bottom-0 bg-st-abort"
          style={{ height: `${Math.round(8 + heat * 40)}%`, opacity: 0.55 }}
        />
      )}
      {node.actions.length > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0 right-0 size-0 border-t-6 border-l-6 border-t-accent border-l-transparent"
        />
      )}
      <span className="relative">{node.height}</span>
    </div>
  );
}
