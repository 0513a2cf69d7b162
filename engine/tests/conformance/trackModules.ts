import { account, defineModule, table, transaction, u16, u256 } from '../../moduleSdk/index.ts';
import { type Cells, OP, type Operation, runScript, scriptArguments } from './scriptModule.ts';

/** Lanes of the modules below. */
export const TRACKS = [211, 212, 213] as const;

/** The lane of a script's cell. */
export function laneOfCell(cell: number): number {
  return TRACKS[cell % TRACKS.length]!;
}

/** The cells of all tracks: a key names its lane. */
const trackCells = table('track211/cells', {
  key: { lane: u16(), cell: account() },
  account: 'cell',
  lane: 'lane',
  value: u256(),
});

const cells: Cells = {
  get: (context, cell) => context.get(trackCells, laneOfCell(cell), cell),
  set: (context, value, cell) => context.set(trackCells, value, laneOfCell(cell), cell),
  delete: (context, cell) => context.delete(trackCells, laneOfCell(cell), cell),
};

const DYNAMIC: readonly number[] = [OP.readAt, OP.writeAt, OP.removeAt, OP.readRange, OP.writeRange];
const PLAIN: readonly number[] = [OP.read, OP.readMore, OP.write, OP.remove, OP.skipIfAbsent, OP.churn];

/** Every lane that a script may touch. */
function lanesOfScript(operations: readonly Operation[]): number[] {
  const lanes = new Set<number>();
  for (const { code, a, b } of operations) {
    const count = code === OP.loopIf ? 4 : DYNAMIC.includes(code) ? Math.max(1, b) : 1;
    const first = code === OP.loopIf ? 0 : a;
    if (code !== OP.loopIf && !DYNAMIC.includes(code) && !PLAIN.includes(code)) continue;
    for (let cell = first; cell < first + Math.min(count, TRACKS.length); cell++) lanes.add(laneOfCell(cell));
  }
  return [...lanes];
}

/** Modules for tests, a lane each, that run scripts over the cells of all of them. */
export const trackModules = TRACKS.map((lane) =>
  defineModule({
    id: `track${lane}`,
    lane,
    title: `Track ${lane}`,
    summary: 'For tests: runs the operations it is given, over the cells of several lanes.',
    tables: lane === TRACKS[0] ? [trackCells] : [],
    transactions: {
      run: transaction(
        scriptArguments,
        'Run the operations one after another.',
        (context, { operations }) => runScript(context, operations, cells),
        { lanes: ({ operations }) => lanesOfScript(operations) },
      ),
      stray: transaction(
        scriptArguments,
        'The same, without a word on other lanes.',
        (context, { operations }) => runScript(context, operations, cells),
        { lanes: () => [] },
      ),
    },
    events: [],
    errors: [],
    provides: [],
    requires: [],
    invariants: [],
    views: [],
    workloads: [],
  }),
);
