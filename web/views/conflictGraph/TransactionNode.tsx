import type { Node, NodeProps } from '@xyflow/react';
import { memo, useCallback, useLayoutEffect } from 'react';
import { moduleColour } from '../../lib/colours.ts';
import type { NodeMarks } from './nodeMarks.ts';
import { shapePath } from './shapes.ts';

export interface TransactionNodeData extends Record<string, unknown> {
  readonly tx: number;
  readonly module: string;
  /** Step on the critical path from 1, or 0. */
  readonly rank: number;
  /** Whether the step is written beside the node. */
  readonly numbered: boolean;
  readonly marks: NodeMarks;
}
export type TransactionFlowNode = Node<TransactionNodeData, 'transaction'>;

/** Side of a node's box; its centre is the transaction's position. */
export const NODE_BOX = 36;

/** One transaction. What changes while time runs is written to the element by {@link NodeMarks}. */
export const TransactionNode = memo(function TransactionNode({
  data,
  positionAbsoluteX,
  positionAbsoluteY,
}: NodeProps<TransactionFlowNode>) {
  const { marks, module, numbered, rank, tx } = data;
  const attach = useCallback(
    (element: HTMLButtonElement | null) => (element === null ? undefined : marks.attach(tx, element)),
    [marks, tx],
  );
  useLayoutEffect(() => {
    marks.settle(tx, positionAbsoluteX + NODE_BOX / 2, positionAbsoluteY + NODE_BOX / 2);
  }, [marks, tx, positionAbsoluteX, positionAbsoluteY]);
  return (
    <button
      type="button"
      ref={attach}
      className="tx-node"
      data-tx={tx}
      data-path={rank > 0}
      style={{ color: moduleColour(module) }}
    >
      <svg viewBox="-18 -18 36 36" width={NODE_BOX} height={NODE_BOX} aria-hidden="true">
        <path className="tx-ring" d={shapePath(module)} />
        <path className="tx-shape" d={shapePath(module)} />
        <text className="tx-index" y="3.6" textAnchor="middle">
          {tx}
        </text>
      </svg>
      <span className="tx-sign" aria-hidden="true" />
      {numbered && (
        <span className="tx-rank" aria-hidden="true">
          {rank}
        </span>
      )}
    </button>
  );
});
