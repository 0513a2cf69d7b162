import type { Scenario } from '../api/index.ts';

/** A scenario that ends after so many blocks, and expects nothing any more. */
export function ofLength(scenario: Scenario, blocks: number): Scenario {
  const { moment: _moment, captions: _captions, expected: _expected, ...rest } = scenario;
  const actions = scenario.actions
    .filter(({ height }) => height <= blocks)
    .map(({ height, repeat = 0, actions }) => {
      const times = Math.min(repeat, blocks - height);
      return times > 0 ? { height, repeat: times, actions } : { height, actions };
    });
  return { ...rest, blocks, actions };
}
