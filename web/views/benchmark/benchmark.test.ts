import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BenchmarkDescription, BenchmarkRequest, ScalingRow } from '../../../engine/api/index.ts';
import {
  BENCHMARK_LIMITS,
  benchmarkCells,
  fewWorkerCounts,
  scalingRequest,
  throughputRequest,
} from '../../../engine/runtime/benchmarkRequest.ts';
import { CSV_COLUMNS, rowsToCsv } from './csv.ts';
import { cardRow, cardSentence, countsText, isUneasy, standing, worstRow } from './figures.ts';
import { type ChartLabel, levelsOf, speedChart, spread, yTicks } from './geometry.ts';
import {
  cellsOf,
  estimateUs,
  fullGrid,
  gridText,
  quickGrid,
  readGrid,
  remainingUs,
  roughTime,
} from './grid.ts';

function machine(cores: number): BenchmarkDescription {
  return {
    machine: { sharedMemory: true, cores, roundsPerUs: 500 },
    clockResolutionUs: 5,
    limits: BENCHMARK_LIMITS,
    throughput: throughputRequest(cores),
    scaling: { ...scalingRequest(cores), workers: fewWorkerCounts(cores) },
  };
}

const TINY: BenchmarkRequest<'scaling'> = {
  bench: 'scaling',
  accounts: [100, 2],
  workUs: [0, 20],
  workers: [1, 2],
  transactions: 200,
  runs: 5,
};

function rowOf(cell: Partial<ScalingRow> = {}): ScalingRow {
  return {
    accounts: 100,
    workUs: 20,
    workers: 2,
    speedup: 1.5,
    interval: [1.4, 1.6],
    hardwareCeiling: 1.8,
    ofCeiling: 0.83,
    idealSpeedup: 40,
    executions: 200,
    aborts: 0,
    transactionsPerSecond: 60_000,
    matchesSequential: true,
    ...cell,
  };
}

const rowsOf = (request: BenchmarkRequest<'scaling'>): readonly ScalingRow[] => cellsOf(request).map(rowOf);

describe('the grid', () => {
  it('is walked in the order of the engine, whatever the machine', () => {
    for (const cores of [1, 2, 3, 8, 12, 64]) {
      for (const grid of [quickGrid(machine(cores)), fullGrid(machine(cores))]) {
        expect(cellsOf(grid)).toEqual(benchmarkCells(grid));
        expect(readGrid(gridText(grid), machine(cores))).toEqual({ ok: true, request: grid });
      }
    }
  });

  it('takes some twenty seconds, or minutes', () => {
    const seconds = (grid: BenchmarkRequest<'scaling'>): number => estimateUs(grid) / 1e6;
    expect(seconds(quickGrid(machine(2)))).toBeGreaterThan(10);
    for (const cores of [2, 8, 32]) expect(seconds(quickGrid(machine(cores)))).toBeLessThan(60);
    expect(seconds(fullGrid(machine(2)))).toBeGreaterThan(60);
  });

  it('says which numbers of cores it measures', () => {
    expect(countsText(fullGrid(machine(12)).workers)).toBe('1, 2, 4, 8, 12 cores');
    expect(countsText(quickGrid(machine(12)).workers)).toBe('1, 4, 12 cores');
    expect(countsText(fullGrid(machine(1)).workers)).toBe('1 core');
  });

  it('names what is wrong with its field', () => {
    const wrong = (patch: Partial<ReturnType<typeof gridText>>): string | null => {
      const reading = readGrid({ ...gridText(TINY), ...patch }, machine(2));
      return reading.ok ? 'nothing' : reading.field;
    };
    expect(wrong({})).toBe('nothing');
    expect(wrong({ accounts: '2; 10 100' })).toBe('nothing');
    expect(wrong({ accounts: '' })).toBe('accounts');
    expect(wrong({ accounts: '2, two' })).toBe('accounts');
    expect(wrong({ workUs: '-1' })).toBe('workUs');
    expect(wrong({ workers: '2, 2' })).toBe('workers');
    expect(wrong({ transactions: '1e3' })).toBe('transactions');
    expect(wrong({ runs: '2' })).toBe('runs');
    expect(wrong({ workUs: '500', transactions: '10000' })).toBe('workUs');
    const many = Array.from({ length: 30 }, (_, i) => i + 2).join(' ');
    expect(wrong({ accounts: many, workUs: many })).toBe(null);
  });

  it('estimates what is left from how long the rows so far took', () => {
    expect(remainingUs(TINY, 0, 0)).toBe(null);
    expect(remainingUs(TINY, 8, 5000)).toBe(0);
    const slow = remainingUs(TINY, 4, 8000)!;
    expect(slow).toBeCloseTo(2 * remainingUs(TINY, 4, 4000)!);
    expect(roughTime(4.4e6)).toBe('4 s');
    expect(roughTime(63e6)).toBe('65 s');
    expect(roughTime(150e6)).toBe('3 min');
  });
});

describe('the card', () => {
  it('stands for the most cores, the most accounts and twenty microseconds, once that is measured', () => {
    const rows = rowsOf(TINY);
    expect(cardRow(rows.slice(0, 3), TINY, false)).toBe(null);
    expect(cardRow(rows, TINY, false)).toMatchObject({ accounts: 100, workUs: 20, workers: 2 });
    expect(cardRow(rows.slice(0, 2), TINY, true)).toMatchObject({ accounts: 100, workUs: 0, workers: 2 });
    expect(cardRow([], TINY, true)).toBe(null);
  });

  it('shows no time of a row whose answer differs', () => {
    const rows = rowsOf(TINY).map((row) => ({ ...row, matchesSequential: false }));
    expect(cardRow(rows, TINY, true)).toBe(null);
    expect(speedChart(rows, 20, FRAME, 15).lines).toEqual([]);
    const csv = rowsToCsv(rows.slice(0, 1), TINY, machine(2)).split('\r\n')[1]!.split(',');
    expect(csv[CSV_COLUMNS.indexOf('speedup')]).toBe('');
    expect(csv[CSV_COLUMNS.indexOf('matches_sequential')]).toBe('false');
  });

  it('says the figure, the ceiling and the worst case in words', () => {
    const card = rowOf();
    const worst = worstRow([card, rowOf({ accounts: 2, speedup: 0.9, interval: [0.88, 0.93] })], card);
    expect(worst?.accounts).toBe(2);
    expect(cardSentence(card, worst, TINY, machine(2))).toBe(
      'My machine: 1.50× on 2 cores (95 % interval 1.40–1.60). Hardware ceiling 1.80×, 83 % of it reached. ' +
        '200 payments among 100 accounts, 20 µs of work in each; medians of 5 runs, clock 5 µs. ' +
        'With 2 accounts: 0.90×. Measured with the Switchyard benchmark.',
    );
    expect(worstRow([card], card)).toBe(null);
  });

  it('calls slower only what is slower in the whole interval', () => {
    expect(standing(rowOf({ interval: [0.8, 0.99] }))).toBe('slower');
    expect(standing(rowOf({ interval: [0.8, 1.01] }))).toBe('even');
    expect(standing(rowOf({ interval: [1.01, 1.2] }))).toBe('faster');
    expect(isUneasy(rowOf({ interval: [1.2, 1.8] }))).toBe(true);
    expect(isUneasy(rowOf())).toBe(false);
  });
});

describe('the export', () => {
  it('has a header with units and a line for every row, with the machine in each', () => {
    const lines = rowsToCsv(rowsOf(TINY), TINY, machine(2)).split('\r\n');
    expect(lines).toHaveLength(1 + 8 + 1);
    expect(lines[0]).toBe(CSV_COLUMNS.join(','));
    expect(lines[1]).toBe('100,0,1,200,5,1.5,1.4,1.6,1.8,0.83,40,60000,200,0,true,2,5,500');
    for (const line of lines.slice(0, -1)) expect(line.split(',')).toHaveLength(CSV_COLUMNS.length);
  });
});

const FRAME = { width: 600, height: 300, left: 40, right: 110, top: 10, bottom: 30 };

describe('the chart', () => {
  it('puts speeds and cores where they belong', () => {
    const rows = [
      rowOf({ workers: 1, speedup: 1, interval: [1, 1], hardwareCeiling: 1 }),
      rowOf({ workers: 2 }),
      rowOf({ workers: 4, speedup: 2.5, interval: [2.4, 2.6], hardwareCeiling: 3.5 }),
      rowOf({
        accounts: 2,
        workers: 4,
        speedup: 0.9,
        interval: [0.8, 1],
        hardwareCeiling: 3.3,
        idealSpeedup: 1,
      }),
      rowOf({ workUs: 0, workers: 4 }),
    ];
    const chart = speedChart(rows, 20, FRAME, 15);
    expect(chart.xTicks.map((tick) => tick.label)).toEqual(['1', '2', '4']);
    const [start, end] = chart.ideal;
    expect(start).toEqual([56, chart.yOne]);
    expect(end![0]).toBe(474);
    // Four cores stand four times as high above nothing as one does.
    expect((270 - end![1]) / (270 - chart.yOne)).toBeCloseTo(4);
    const [contended, free] = chart.lines;
    expect(contended).toMatchObject({ accounts: 2, level: 0 });
    expect(free).toMatchObject({ accounts: 100, level: 4 });
    expect(free!.points.map((point) => Math.round(point.x))).toEqual([59, 198, 477]);
    expect(contended!.points[0]!.x).toBe(471.5);
    expect(free!.points[0]!.y).toBe(chart.yOne);
    expect(free!.points[2]!.yHigh).toBeLessThan(free!.points[2]!.y);
    expect(contended!.points[0]!.y).toBeGreaterThan(chart.yOne);
    // One chain allows one core and no more; the free line is allowed more than there are cores.
    expect(contended!.allowed.every(([, y]) => y === chart.yOne)).toBe(true);
    expect(free!.allowed).toEqual([]);
    expect(chart.ceilingValues).toEqual([
      { workers: 1, value: 1 },
      { workers: 2, value: 1.8 },
      { workers: 4, value: 3.5 },
    ]);
  });

  it('ends at the ceiling that the card names, whichever rows differ from it', () => {
    const factor = fc.double({ min: 1, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(factor, { minLength: 8, maxLength: 8 }), (ceilings) => {
        const rows = rowsOf(TINY).map((row, at) => ({ ...row, hardwareCeiling: ceilings[at]! }));
        const card = cardRow(rows, TINY, true)!;
        const chart = speedChart(rows, card.workUs, FRAME, 15);
        expect(chart.ceilingValues.at(-1)).toEqual({ workers: card.workers, value: card.hardwareCeiling });
      }),
    );
  });

  it('draws a machine with one core, and one row', () => {
    const chart = speedChart([rowOf({ workers: 1 })], 20, FRAME, 15);
    expect(chart.ideal).toEqual([]);
    expect(chart.lines[0]!.points[0]!.x).toBe(265);
  });

  it('stays inside its frame, whatever was measured', () => {
    const factor = fc.double({ min: 0.01, max: 60, noNaN: true });
    const row = fc.record({
      accounts: fc.integer({ min: 2, max: 10_000 }),
      workers: fc.integer({ min: 1, max: 32 }),
      speedup: factor,
      hardwareCeiling: factor,
      idealSpeedup: fc.double({ min: 1, max: 10_000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (cells) => {
        const rows = cells.map((cell) =>
          rowOf({ ...cell, interval: [cell.speedup * 0.9, cell.speedup * 1.1] }),
        );
        const chart = speedChart(rows, 20, FRAME, 15);
        for (const line of chart.lines) {
          const places = [...line.allowed, ...line.points.map(({ x, y }) => [x, y] as const)];
          for (const [x, y] of places) {
            expect(x).toBeGreaterThanOrEqual(FRAME.left - 1e-6);
            expect(x).toBeLessThanOrEqual(FRAME.width - FRAME.right + 1e-6);
            expect(y).toBeGreaterThanOrEqual(FRAME.top - 1e-6);
            expect(y).toBeLessThanOrEqual(FRAME.height - FRAME.bottom + 1e-6);
          }
        }
      }),
    );
  });

  it('moves labels apart, in order, and keeps them in bounds where there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 400, noNaN: true }), { maxLength: 7 }), (places) => {
        const labels = places.map((y, at): ChartLabel => ({ kind: 'line', text: String(at), level: 0, y }));
        const moved = spread(labels, 15, 10, 270);
        for (let at = 1; at < moved.length; at++)
          expect(moved[at]!.y - moved[at - 1]!.y).toBeGreaterThanOrEqual(15 - 1e-6);
        for (const { y } of moved) expect(y >= 10 - 1e-6 && y <= 270 + 1e-6).toBe(true);
      }),
    );
  });

  it('has round ticks and keeps a level for every contention', () => {
    expect(yTicks(2.08)).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(yTicks(8.3)).toEqual([0, 2, 4, 6, 8]);
    const levels = levelsOf([2, 10, 100, 1000, 10_000].map((accounts) => rowOf({ accounts })));
    expect([...levels.values()]).toEqual([0, 1, 2, 3, 4]);
    expect([...levelsOf([rowOf({ accounts: 2 }), rowOf({ accounts: 9 })]).values()]).toEqual([0, 4]);
  });
});
