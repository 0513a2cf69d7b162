import type { TransactionDraft } from '../../../types/transaction.ts';
import { script } from '../scriptBlocks.ts';
import { OP, op, type Operation } from '../scriptModule.ts';
import { type Block, environmentAt, genesisState, withNonces } from '../world.ts';

export const bump = (cell: number): Operation[] => [op(OP.read, cell), op(OP.add, 1), op(OP.write, cell)];

export interface Shape {
  readonly name: string;
  readonly drafts: readonly TransactionDraft[];
  readonly gasLimit?: number;
}

/** Blocks of three transactions, each with something that parallel execution gets wrong easily. */
const shapes: readonly Shape[] = [
  {
    name: 'everybody raises the same cell',
    drafts: [0, 1, 2].map((sender) => script(sender, bump(0))),
  },
  {
    name: 'one creates the cell whose absence another has read',
    drafts: [
      script(0, [op(OP.add, 7), op(OP.write, 0)]),
      script(1, [op(OP.skipIfAbsent, 0, 1), op(OP.add, 100), op(OP.add, 1), op(OP.write, 1)]),
      script(2, [op(OP.read, 1), op(OP.write, 2)]),
    ],
  },
  {
    name: 'one reverts or not, by what it reads',
    drafts: [
      script(0, [op(OP.add, 1), op(OP.write, 0)]),
      script(1, [op(OP.read, 0), op(OP.write, 1), op(OP.revertIf, 2, 1)]),
      script(2, [op(OP.skipIfAbsent, 1, 1), op(OP.add, 9), op(OP.readMore, 0), op(OP.write, 0)]),
    ],
  },
  {
    name: 'a cell is made, removed and asked for',
    drafts: [
      script(0, [op(OP.add, 5), op(OP.write, 0)]),
      script(1, [op(OP.read, 0), op(OP.remove, 0), op(OP.note)]),
      script(2, [op(OP.skipIfAbsent, 0, 1), op(OP.add, 50), op(OP.add, 1), op(OP.write, 0)]),
    ],
  },
  {
    name: 'where one writes depends on what it reads',
    drafts: [
      script(0, [op(OP.add, 1), op(OP.write, 0)]),
      script(1, [op(OP.read, 0), op(OP.add, 4), op(OP.writeAt, 1, 2)]),
      script(2, [op(OP.read, 1), op(OP.readMore, 2), op(OP.write, 3)]),
    ],
  },
  {
    name: 'a chain whose middle changes its place',
    drafts: [
      script(0, [op(OP.read, 0), op(OP.add, 3), op(OP.write, 0)]),
      script(1, [op(OP.readAt, 0, 1), op(OP.writeAt, 1, 3), op(OP.write, 0)]),
      script(2, [op(OP.read, 0), op(OP.readAt, 1, 3), op(OP.write, 1)]),
    ],
  },
  {
    name: 'two write blindly, one reads',
    drafts: [
      script(0, [op(OP.add, 1), op(OP.write, 0)]),
      script(1, [op(OP.add, 2), op(OP.write, 0)]),
      script(2, [op(OP.read, 0), op(OP.write, 1)]),
    ],
  },
  {
    name: 'one sender, cut by the gas limit',
    drafts: [0, 0, 0].map((sender) => script(sender, bump(0))),
    gasLimit: 1000,
  },
  {
    name: 'a division by what is not there yet',
    drafts: [
      script(0, [op(OP.add, 2), op(OP.write, 0)]),
      script(1, [op(OP.read, 0), op(OP.divide, 8), op(OP.write, 1)]),
      script(2, [op(OP.read, 1), op(OP.divide, 8), op(OP.write, 0)]),
    ],
  },
];

export function blockOf({ drafts, gasLimit }: Shape): Block {
  const state = genesisState({ accounts: 3, assets: 1, pools: 0 });
  return { state, environment: environmentAt(1, gasLimit), transactions: withNonces(state, drafts) };
}

export const tinyBlocks = shapes.map((shape) => ({ name: shape.name, block: blockOf(shape) }));

/** Two transactions that meet in one cell: few enough schedules to walk each of them. */
export const pairBlock: Block = {
  state: genesisState({ accounts: 3, assets: 1, pools: 0 }),
  environment: environmentAt(1),
  transactions: withNonces(genesisState({ accounts: 3, assets: 1, pools: 0 }), [
    script(0, [op(OP.add, 1), op(OP.write, 0)]),
    script(1, [op(OP.read, 0), op(OP.write, 1)]),
  ]),
};
