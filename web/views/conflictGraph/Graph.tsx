import { ReactFlow, ReactFlowProvider, useReactFlow, useStoreApi } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './graph.css';
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { onThemeChange } from '../../lib/colours.ts';
import { accountName } from '../../lib/format.ts';
import { conflictGraphText as text } from '../../lib/messages/conflictGraph.ts';
import { format } from '../../lib/messages.ts';
import { keyWords } from '../../lib/stateWords.ts';
import { useSelection } from '../../store/selection.ts';
import { Camera } from './Camera.tsx';
import { GraphController, type Host, MOST_NODES } from './controller.ts';
import { HotKeys } from './HotKeys.tsx';
import { type Direction, neighbourOf, NODE_RADIUS, transactionAt } from './geometry.ts';
import type { StatusName } from './statusTrack.ts';
import { NODE_BOX, type TransactionFlowNode, TransactionNode } from './TransactionNode.tsx';

const nodeTypes = { transaction: TransactionNode };
const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export interface GraphProps {
  readonly run: BlockRun;
  /** By edge kind: whether it is drawn. */
  readonly kindsShown: readonly boolean[];
}

/** The picture: React Flow moves the camera and holds the nodes, a canvas beneath draws all the rest. */
export function Graph(props: GraphProps) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

function Picture({ kindsShown, run }: GraphProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tie = useRef<HTMLParagraphElement>(null);
  const [nodes, setNodes] = useState<TransactionFlowNode[]>([]);
  const [far, setFar] = useState(false);
  const [pointing, setPointing] = useState(false);
  const [spoken, setSpoken] = useState('');
  const flow = useReactFlow();
  const flowStore = useStoreApi();

  // React Flow hands out a new object once it is ready; the controller lives longer.
  const camera = useRef(flow);
  useLayoutEffect(() => {
    camera.current = flow;
  }, [flow]);
  const [controller] = useState(() => {
    const host: Host = {
      place: (positions, placed) => setNodes((before) => nodesOf(made, placed, positions, before)),
      moveCamera: (viewport, durationMs) =>
        void camera.current.setViewport(viewport, { duration: durationMs }),
      setFar,
      tieLabel: (of, reader, key) => tieLabel(of, reader, key),
      waveLabel: (wave) => format(text.wavePrefix, { wave: wave + 1 }),
      reducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    };
    const made: GraphController = new GraphController(host);
    return made;
  });

  useEffect(() => {
    if (canvas.current === null || box.current === null || tie.current === null) return;
    const stops = [
      controller.connect(canvas.current, tie.current),
      onThemeChange(() => controller.refreshColours()),
      flowStore.subscribe(({ transform: [x, y, zoom] }, { transform: before }) => {
        if (x !== before[0] || y !== before[1] || zoom !== before[2]) controller.setViewport({ x, y, zoom });
      }),
      useSelection.subscribe((now, before) => {
        if (now.tx !== null && now.tx !== before.tx) controller.reveal(now.tx);
      }),
    ];
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) controller.setSize(entry.contentRect.width, entry.contentRect.height);
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      for (const stop of stops) stop();
    };
  }, [controller, flowStore]);

  useEffect(() => {
    controller.marks.labelOf = (tx, status) => labelOf(run, controller.loaded?.ranks[tx] ?? 0, tx, status);
    controller.setRun(run);
  }, [controller, run]);
  useEffect(() => controller.setKindsShown(kindsShown), [controller, kindsShown]);

  const painted = run.transactions.length > MOST_NODES;
  const under = useCallback(
    (event: MouseEvent): number | null => {
      if (!painted || controller.loaded === null) return null;
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      const reach = Math.max(NODE_RADIUS + 3, 7 / controller.viewport.zoom);
      return transactionAt(controller.loaded.positions, at.x, at.y, reach);
    },
    [controller, flow, painted],
  );
  const hover = (tx: number | null) => {
    setPointing(tx !== null);
    if (useSelection.getState().hoverTx !== tx) useSelection.getState().hover({ tx });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const loaded = controller.loaded;
    if (loaded === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const { clear, selectTx, tx } = useSelection.getState();
    const last = run.transactions.length - 1;
    const focused = event.target instanceof HTMLElement ? event.target.dataset.tx : undefined;
    const at = focused === undefined ? tx : Number(focused);
    const direction = DIRECTIONS[event.key];
    let to: number | null = null;
    if (direction !== undefined)
      to = at === null ? 0 : neighbourOf(loaded.layout.positions, Math.min(at, last), direction);
    else if (event.key === 'Home') to = 0;
    else if (event.key === 'End') to = last;
    else if (event.key === 'Enter' || event.key === ' ') to = at;
    else if (event.key === 'Escape') clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
    if (to === null) return;
    selectTx(to);
    if (painted) setSpoken(labelOf(run, loaded.ranks[to] ?? 0, to, controller.statusName(to)));
    else controller.marks.focus(to);
  };

  return (
    <>
      <div ref={box} className="relative min-h-0 flex-1 overflow-hidden">
        <canvas ref={canvas} className="pointer-events-none absolute inset-0 size-full" />
        <ReactFlow<TransactionFlowNode>
          className="conflict-flow"
          data-far={far}
          data-pointing={pointing}
          aria-label={format(text.canvas, { count: run.transactions.length })}
          tabIndex={painted ? 0 : -1}
          nodes={nodes}
          nodeTypes={nodeTypes}
          minZoom={0.02}
          maxZoom={3}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          panActivationKeyCode={null}
          multiSelectionKeyCode={null}
          zoomOnDoubleClick={false}
          attributionPosition="bottom-left"
          onInit={() => controller.fit(0)}
          onKeyDown={onKeyDown}
          onMoveStart={(event) => {
            if (event !== null) controller.cameraTouched = true;
          }}
          onNodeClick={(_, node) => {
            useSelection.getState().selectTx(node.data.tx);
            controller.marks.focus(node.data.tx);
          }}
          onNodeMouseEnter={(_, node) => hover(node.data.tx)}
          onNodeMouseLeave={() => hover(null)}
          onPaneMouseMove={(event) => painted && hover(under(event))}
          onPaneMouseLeave={() => hover(null)}
          onPaneClick={(event) => {
            const tx = under(event);
            if (tx === null) useSelection.getState().clear();
            else useSelection.getState().selectTx(tx);
          }}
        />
        <p
          ref={tie}
          hidden
          className="pointer-events-none absolute top-0 left-0 max-w-[calc(100%-8px)] rounded-1 border border-[var(--st-abort)] bg-surface-2 px-1.5 py-0.5 text-[0.6875rem] font-semibold text-ink"
        />
        <p className="sr-only" aria-live="polite">
          {spoken}
        </p>
      </div>
      <footer className="flex shrink-0 items-center justify-between gap-2">
        <HotKeys run={run} />
        <Camera
          onFit={() => controller.fit(300)}
          onMove={() => {
            controller.cameraTouched = true;
          }}
        />
      </footer>
    </>
  );
}

/** Nodes for React Flow at these places; nodes that stay where they are keep their identity. */
function nodesOf(
  controller: GraphController,
  run: BlockRun,
  positions: Float32Array,
  before: readonly TransactionFlowNode[],
): TransactionFlowNode[] {
  const { lane, modules, ranks } = controller.loaded ?? {};
  if (lane === undefined || modules === undefined || ranks === undefined) return [];
  if (run.transactions.length > MOST_NODES) return [];
  const steps = run.graph.criticalPath.length;
  return run.transactions.map((_, tx) => {
    const position = { x: positions[tx * 2]! - NODE_BOX / 2, y: positions[tx * 2 + 1]! - NODE_BOX / 2 };
    const rank = ranks[tx]!;
    const numbered = rank > 0 && (steps <= 30 || rank === 1 || rank === steps || rank % 10 === 0);
    const old = before[tx];
    const same =
      old !== undefined &&
      old.data.rank === rank &&
      old.data.numbered === numbered &&
      old.data.module === modules[lane[tx]!];
    if (same && old.position.x === position.x && old.position.y === position.y) return old;
    const data = same
      ? old.data
      : { tx, module: modules[lane[tx]!]!, rank, numbered, marks: controller.marks };
    return {
      id: String(tx),
      type: 'transaction',
      position,
      data,
      width: NODE_BOX,
      height: NODE_BOX,
      measured: { width: NODE_BOX, height: NODE_BOX },
    };
  });
}

function labelOf(run: BlockRun, rank: number, tx: number, status: StatusName): string {
  const transaction = run.transactions[tx];
  if (transaction === undefined) return String(tx);
  return format(rank > 0 ? text.nodeOnPath : text.node, {
    tx,
    module: transaction.module,
    name: transaction.name,
    sender: accountName(transaction.sender),
    wave: run.graph.wave[tx]! + 1,
    rank,
    status: text.status[status],
  });
}

function tieLabel(run: BlockRun, reader: number, key: number | null): string {
  const info = key === null ? undefined : run.keys[key];
  if (info === undefined) return format(text.tieBare, { reader });
  return format(text.tie, { key: keyWords(info), reader });
}
