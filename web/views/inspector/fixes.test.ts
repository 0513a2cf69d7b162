import { describe, expect, it } from 'vitest';
import type { BlockRun, TransactionSummary } from '../../../engine/api/index.ts';
import { keyFromText } from '../../lib/stateWords.ts';
import { plain } from '../../lib/phrase.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { blockFacts, instructive } from './blockFacts.ts';
import { accessesOf, keyIndexOf, mostAborted } from './facts.ts';
import { fixesForFailure, fixesForKey } from './fixes.ts';

const hot = makeFixtureRun({ transactions: 60, hotPermille: 900, workers: 4 });

describe('what would fix it', () => {
  it('splits a pool where a crowd meets, with the numbers of the run', () => {
    const [fix] = fixesForKey(hot, keyFromText('amm/pools/0'));
    expect(fix).toMatchObject({ kind: 'splitPool', pool: 0, label: 'Split pool 0 in four' });
    const touched = accessesOf(hot, keyIndexOf(hot, 'amm/pools/0')).length;
    expect(plain(fix!.why)).toContain(`${touched} of 60 transactions touch pool 0.`);
  });

  it('knows the pool behind a balance of its vault', () => {
    const vault = hot.keys.find((key) => key.module === 'bank' && Number(key.parts.at(-1)) === 0x81000000)!;
    expect(fixesForKey(hot, vault)[0]).toMatchObject({ kind: 'splitPool', pool: 0 });
  });

  it('offers nothing for a key that few touch', () => {
    expect(fixesForKey(hot, keyFromText('amm/pools/77'))).toEqual([]);
  });

  it('exempts the fee recipient and narrows conflicts only where that is not so already', () => {
    const fees = keyFromText('kernel/fees/0');
    expect(fixesForKey(hot, fees)).toEqual([]);
    const tracked: BlockRun = {
      ...hot,
      execution: { ...hot.execution, feeRecipient: 'tracked', granularity: 'account' },
    };
    expect(fixesForKey(tracked, fees).map((fix) => fix.kind)).toEqual(['feeRecipient']);
    expect(fixesForKey(tracked, keyFromText('amm/pools/0')).map((fix) => fix.kind)).toEqual([
      'granularity',
      'splitPool',
    ]);
  });

  it('says honestly that nonces leave nothing to fix', () => {
    expect(fixesForKey(hot, keyFromText('kernel/accounts/3')).map((fix) => fix.kind)).toEqual(['none']);
  });

  it('loosens what failed', () => {
    const failed = (of: Partial<TransactionSummary>): TransactionSummary => ({
      ...hot.transactions[0]!,
      ...of,
    });
    const args = { pool: 0, amountIn: '5', minimumOut: '90' };
    expect(
      fixesForFailure(failed({ status: 'reverted', error: 'amm/slippage_exceeded', args })),
    ).toMatchObject([{ kind: 'edit', draft: { args: { pool: 0, amountIn: '5', minimumOut: '0' } } }]);
    expect(fixesForFailure(failed({ status: 'outOfGas', gasLimit: 500 }))).toMatchObject([
      { kind: 'edit', draft: { gasLimit: 1000 } },
    ]);
    expect(fixesForFailure(failed({ status: 'outOfGas', gasLimit: 50_000_000 }))).toEqual([]);
    expect(fixesForFailure(failed({ status: 'success' }))).toEqual([]);
  });
});

describe('the block in numbers', () => {
  it('says what a number was before only where it differs', () => {
    const calm = makeFixtureRun({ transactions: 60, hotPermille: 0, workers: 4 });
    const facts = blockFacts(hot, calm);
    expect(facts.find((fact) => fact.name === 'Transactions')?.was).toBeUndefined();
    expect(facts.find((fact) => fact.name === 'Critical path')?.was).toBe(
      `${calm.metrics.criticalPath} of 60`,
    );
  });

  it('shows no timing of a run that differs from the oracle', () => {
    const names = blockFacts({ ...hot, matchesOracle: false }, null).map((fact) => fact.name);
    expect(names).not.toContain('Speed-up');
    expect(names).toContain('Aborts');
  });

  it('finds the transactions worth a look', () => {
    const lessons = instructive(hot);
    expect(lessons).toContainEqual({ tx: hot.graph.criticalPath[0], why: 'Opens the longest chain' });
    expect(lessons.map((lesson) => lesson.tx)).toContain(mostAborted(hot)?.tx);
    expect(instructive(makeFixtureRun({ transactions: 0 }))).toEqual([]);
  });
});
