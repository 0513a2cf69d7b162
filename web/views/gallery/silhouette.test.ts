import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutSilhouette } from './silhouette.ts';

const waves = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 120 }).map((counts) => ({
  waves: counts.length,
  wave: counts.flatMap((count, w) => Array.from({ length: count }, () => w)),
}));

describe('the silhouette of a conflict graph', () => {
  it('lies inside its box, and no two dots touch', () => {
    fc.assert(
      fc.property(
        waves,
        fc.integer({ min: 120, max: 500 }),
        fc.integer({ min: 40, max: 120 }),
        (graph, width, height) => {
          const { positions, pitch } = layoutSilhouette(graph.wave, graph.waves, width, height);
          expect(pitch).toBeGreaterThan(0);
          const slack = 0.01;
          const places = new Set<string>();
          for (let i = 0; i < positions.length; i += 2) {
            const [x, y] = [positions[i]!, positions[i + 1]!];
            expect(x - pitch / 2 >= -slack && x + pitch / 2 <= width + slack).toBe(true);
            expect(y - pitch / 2 >= -slack && y + pitch / 2 <= height + slack).toBe(true);
            places.add(`${Math.round((x / pitch) * 4)} ${Math.round((y / pitch) * 4)}`);
          }
          expect(places.size).toBe(graph.wave.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads from left to right, and folds a long chain into rows', () => {
    const few = layoutSilhouette([0, 0, 1, 2], 3, 300, 70);
    expect(few.rows).toBe(1);
    expect([...few.positions].filter((_, i) => i % 2 === 0)).toEqual(
      [...few.positions].filter((_, i) => i % 2 === 0).sort((a, b) => a - b),
    );
    const chain = layoutSilhouette(
      Array.from({ length: 200 }, (_, i) => i),
      200,
      300,
      70,
    );
    expect(chain.rows).toBeGreaterThan(1);
    expect(chain.pitch).toBeGreaterThan(300 / 200);
  });

  it('has a place for a block of nothing', () => {
    expect(layoutSilhouette([], 0, 300, 70).positions).toHaveLength(0);
  });
});
