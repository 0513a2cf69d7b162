import { describe, expect, it } from 'vitest';
import { LOOK, traceIndexOf } from '../../components/canvas/traceIndex.ts';
import { EDGE } from '../../lib/trace.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { countCurve, layoutTracks, stepLane, trackAt } from './geometry.ts';
import { countUntil, foreignKeys, makeTracks, visitsUntil } from './tracks.ts';
import { describeExecution, summaryWords } from './words.ts';

const run = makeFixtureRun({ transactions: 150, workers: 4, hotPermille: 700 });
const index = traceIndexOf(run);
const lanes = makeTracks(run, index, (module) => (module === 'bank' ? 1 : 2));

describe('the tracks', () => {
  it('hold every execution once, in the order of the modules', () => {
    expect(lanes.tracks.map((track) => track.module)).toEqual(['bank', 'amm']);
    const all = lanes.tracks.flatMap((track) => [...track.executions.mark]);
    expect(all.length).toBe(run.metrics.executions);
    expect(new Set(all).size).toBe(all.length);
    for (const track of lanes.tracks) {
      const counted = [...track.executions.mark].filter((_, i) => track.executions.look[i] === LOOK.execute);
      expect(new Set(counted.map((mark) => run.trace.tx[mark])).size).toBe(track.transactions);
      expect(track.commitsUs.length).toBe(track.transactions);
      expect(track.startsUs.length).toBe(track.transactions);
    }
  });

  it('stack executions without overlap, on no more rows than there are workers', () => {
    for (const track of lanes.tracks) {
      expect(track.stack.length).toBeLessThanOrEqual(run.workers);
      for (const row of track.stack) {
        for (let i = 1; i < row.count; i++) expect(row.startUs[i]).toBeGreaterThanOrEqual(row.endUs[i - 1]!);
      }
    }
  });

  it('count as visitors those who met others on a key of the module, and nobody else', () => {
    lanes.tracks.forEach((track, host) => {
      const expected = new Set<number>();
      for (let edge = 0; edge < run.graph.edgeCount; edge++) {
        if (run.keys[run.graph.key[edge]!]!.module !== track.module) continue;
        for (const tx of [run.graph.from[edge]!, run.graph.to[edge]!]) {
          if (lanes.trackOfTx[tx] !== host) expected.add(tx);
        }
      }
      expect(new Set(track.visits.map((visit) => run.trace.tx[visit.mark]))).toEqual(expected);
      expect(track.visits.length).toBe(expected.size);
      expect(visitsUntil(track.visits, index.durationUs)).toBe(expected.size);
      expect(visitsUntil(track.visits, -1)).toBe(0);
    });
  });

  it('hop only along read-after-write edges between modules', () => {
    let crossing = 0;
    for (let edge = 0; edge < run.graph.edgeCount; edge++) {
      const [from, to] = [run.graph.from[edge]!, run.graph.to[edge]!];
      const crosses = run.transactions[from]!.module !== run.transactions[to]!.module;
      if (run.graph.kind[edge] === EDGE.readAfterWrite && crosses) crossing++;
    }
    expect(lanes.hops.length).toBe(crossing);
  });

  it('give a module without transactions a track when others use its keys', () => {
    const keys = run.keys.map((key) => (key.module === 'bank' ? { ...key, module: 'vault' } : key));
    const used = makeTracks({ ...run, keys }, index, () => 0);
    expect(used.tracks.map((track) => track.module)).toEqual(['amm', 'bank', 'vault']);
    expect(used.tracks[2]!.transactions).toBe(0);
    expect(used.tracks[2]!.visits.length).toBeGreaterThan(0);
  });
});

describe('the layout', () => {
  it('gives tracks distinct room, and scrolls rather than crush them', () => {
    for (const available of [80, 240, 700]) {
      const { tracks, height } = layoutTracks(lanes.tracks, available, 1);
      let top = 0;
      for (const track of tracks) {
        expect(track.top).toBeCloseTo(top);
        expect(track.height).toBeGreaterThanOrEqual(74);
        expect(track.chartTop + track.chartHeight).toBeLessThanOrEqual(top + track.height);
        top += track.height;
      }
      expect(height).toBeCloseTo(top);
    }
    const layout = layoutTracks(lanes.tracks, 300, 1);
    expect(trackAt(layout, 10)).toBe(0);
    expect(trackAt(layout, layout.tracks[1]!.top + 1)).toBe(1);
    expect(trackAt(layout, layout.height + 1)).toBe(-1);
  });

  it('draws curves that end at the whole count, one step a pixel at most', () => {
    for (const track of lanes.tracks) {
      const points = countCurve(track.commitsUs, 0, 300 / index.durationUs, 301);
      expect(points.at(-1)?.count).toBe(track.transactions);
      expect(points.length).toBeLessThanOrEqual(402);
      expect(countUntil(track.commitsUs, index.durationUs)).toBe(track.transactions);
    }
  });
});

describe('the keyboard', () => {
  it('walks along a track and across to the next', () => {
    const first = stepLane(lanes, run.trace, -1, 'right', 0);
    expect(lanes.trackOf[first]).toBe(0);
    const next = stepLane(lanes, run.trace, first, 'right', 0);
    expect(stepLane(lanes, run.trace, next, 'left', 0)).toBe(first);
    const below = stepLane(lanes, run.trace, next, 'down', 0);
    expect(lanes.trackOf[below]).toBe(1);
    expect(stepLane(lanes, run.trace, below, 'down', 0)).toBe(-1);
    const wasted = stepLane(lanes, run.trace, first, 'nextAbort', 0);
    expect(index.abortOf[wasted]).toBeGreaterThanOrEqual(0);
  });
});

describe('words', () => {
  it('name the other modules a transaction reached into', () => {
    const tx = run.transactions.findIndex(
      (transaction) => transaction.module === 'amm' && foreignKeys(run, transaction.index).has('bank'),
    );
    expect(describeExecution(run, index, index.finalOf[tx]!)).toContain('also uses bank');
    expect(summaryWords(run, lanes)).toMatch(/bank \d+ transactions, amm \d+ transactions/);
  });
});
