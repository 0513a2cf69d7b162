import { describe, expect, it } from 'vitest';
import { SPAN } from '../lib/trace.ts';
import { makeFixtureRun } from './fixtureRun.ts';

describe('the fixture run', () => {
  it('commits every transaction once, in order', () => {
    for (const hotPermille of [0, 300, 1000]) {
      for (const workers of [1, 2, 8]) {
        const { trace, transactions } = makeFixtureRun({ hotPermille, workers });
        const commits = [...trace.tx].filter((_, i) => trace.kind[i] === SPAN.commit);
        expect(commits).toEqual(transactions.map((transaction) => transaction.index));
      }
    }
  });

  it('has aborts with a cause below when it is hot, and fewer when it is not', () => {
    const hot = makeFixtureRun({ hotPermille: 900, workers: 4 });
    const calm = makeFixtureRun({ hotPermille: 0, workers: 4, accounts: 2000, pools: 64 });
    expect(hot.metrics.aborts).toBeGreaterThan(calm.metrics.aborts);
    for (let i = 0; i < hot.trace.count; i++) {
      if (hot.trace.kind[i] === SPAN.abort) expect(hot.trace.causeTx[i]).toBeLessThan(hot.trace.tx[i]!);
      expect(hot.trace.endUs[i]).toBeGreaterThanOrEqual(hot.trace.startUs[i]!);
    }
  });

  it('is the same for the same options', () => {
    expect(makeFixtureRun({ seed: 3 })).toEqual(makeFixtureRun({ seed: 3 }));
  });
});
