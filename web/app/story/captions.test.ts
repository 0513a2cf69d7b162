import { describe, expect, it } from 'vitest';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import {
  abortCaption,
  calmCaption,
  chainCaption,
  chooseAbort,
  hottest,
  openingCaption,
  rushCaption,
  wallCaption,
} from './captions.ts';

const calm = makeFixtureRun({ hotPermille: 100 });
const rush = makeFixtureRun({ hotPermille: 900 });

describe('captions say what the run recorded', () => {
  it('counts payments, swaps and threads', () => {
    const swaps = calm.transactions.filter((transaction) => transaction.module === 'amm').length;
    expect(openingCaption(calm)).toContain(`${200 - swaps} payments and ${swaps} swaps`);
    expect(openingCaption(calm)).toContain('2 threads');
    expect(openingCaption(makeFixtureRun({ workers: 16, clock: 'virtual' }))).toContain('16 virtual cores');
    expect(openingCaption(makeFixtureRun({ workers: 1 }))).toContain('one thread');
  });

  it('admits when parallel is slower', () => {
    const slow = { ...calm, metrics: { ...calm.metrics, speedup: 0.8 } };
    expect(calmCaption(slow)).toContain('slower');
    expect(calmCaption(calm)).not.toContain('slower');
  });

  it('points at an abort that is in the trace', () => {
    const abort = chooseAbort(rush);
    expect(abort).not.toBe(null);
    const at = rush.trace.sequence.indexOf(abort!.sequence);
    expect([rush.trace.tx[at], rush.trace.causeTx[at]]).toEqual([abort!.tx, abort!.writerTx]);
    expect(abortCaption(rush)).toContain(`Transaction ${abort!.tx} `);
    expect(abortCaption(rush)).toContain(`${rush.metrics.aborts} times`);
    expect(rushCaption(rush)).toContain(`${hottest(rush)!.transactions} of 200`);
  });

  it('invents no abort where there was none', () => {
    const quiet = makeFixtureRun({ workers: 1, hotPermille: 900 });
    expect(quiet.metrics.aborts).toBe(0);
    expect(chooseAbort(quiet)).toBe(null);
    expect(abortCaption(quiet)).not.toMatch(/abort|thrown/);
    const parked = { ...quiet, metrics: { ...quiet.metrics, suspensions: 3 } };
    expect(abortCaption(parked)).toContain('3 times');
    expect(abortCaption(makeFixtureRun({ transactions: 0 }))).toContain('no transaction');
  });

  it('tells chains from what they were', () => {
    expect(chainCaption(rush, calm)).toContain(`${rush.metrics.criticalPath} of 200`);
    expect(chainCaption(rush, calm)).toContain(`It was ${calm.metrics.criticalPath}`);
    expect(chainCaption(rush, null)).not.toContain('It was');
    expect(wallCaption(calm, rush)).toContain(
      `from ${rush.metrics.criticalPath} to ${calm.metrics.criticalPath}`,
    );
    expect(wallCaption(rush, rush)).toContain('still');
  });
});
