import { describe, expect, it } from 'vitest';
import type { EngineDescription, ReadRecord, TransactionSummary } from '../../../engine/api/index.ts';
import { enumerate, phrase, plain } from '../../lib/phrase.ts';
import { changedEntries, keyFromText, keyWords, scalarWords, valueEntries } from '../../lib/stateWords.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { argumentRows, describeTransaction } from './describeTransaction.ts';

const base = makeFixtureRun({ transactions: 1 }).transactions[0]!;
const of = (module: string, name: string, args: TransactionSummary['args']): TransactionSummary => ({
  ...base,
  module,
  name,
  args,
  sender: 0,
});

describe('what a transaction does', () => {
  it('says it from the arguments, with names', () => {
    const payment = of('bank', 'transfer', { asset: 1, to: 2, amount: '12345' });
    expect(plain(describeTransaction(payment, null))).toMatch(/^Ada pays 12.345 OAK to Cleo\.$/);
    const batch = of('bank', 'batchTransfer', { asset: 0, payments: [{ to: 1, amount: '5' }] });
    expect(plain(describeTransaction(batch, null))).toContain('a batch of COIN payments (1)');
    expect(argumentRows(batch, null)[1]?.items).toEqual([
      [
        { name: 'to', value: 'Bao' },
        { name: 'amount', value: '5' },
      ],
    ]);
  });

  it('names the assets of a swap once the pool it read is known', () => {
    const args = { pool: 0, direction: 1, amountIn: '100', minimumOut: '90', deadline: 5 };
    const swap = of('amm', 'swapExactIn', args);
    expect(plain(describeTransaction(swap, null))).toBe('Ada sells 100 to pool 0, for at least 90.');
    const pool: ReadRecord = {
      key: keyFromText('amm/pools/0'),
      version: { kind: 'committed' },
      value: { asset0: 0, asset1: 1 },
    };
    expect(plain(describeTransaction(swap, null, [pool]))).toBe(
      'Ada sells 100 OAK to pool 0, for at least 90 COIN.',
    );
  });

  it('falls back on the module’s own summary for kinds nobody wrote a sentence for', () => {
    const fields = [{ name: 'x', kind: 'integer', bits: 32, role: 'account' }] as const;
    const description = {
      modules: [{ id: 'new', transactions: [{ name: 'thing', summary: 'Do a thing.', fields }] }],
    } as unknown as EngineDescription;
    const thing = of('new', 'thing', { x: 1 });
    expect(plain(describeTransaction(thing, description))).toBe('Do a thing.');
    expect(argumentRows(thing, description)).toEqual([{ name: 'x', value: 'Bao' }]);
    expect(plain(describeTransaction(thing, null))).toBe('new.thing');
  });
});

describe('keys and values in words', () => {
  it('names known tables, and others by their parts', () => {
    expect(keyWords(keyFromText('bank/balances/0/0/1'))).toBe('Bao’s COIN balance');
    expect(keyWords(keyFromText('bank/balances/2/0/1'))).toBe('Bao’s COIN balance in lane 2');
    expect(keyWords(keyFromText('amm/pools/3'))).toBe('pool 3');
    expect(keyWords(keyFromText('lending/positions/3/7'))).toBe('positions 3 · 7');
  });

  it('says what a write changed, and nothing that stayed', () => {
    expect(changedEntries({ nonce: 1, feeBalance: '5' }, { nonce: 2, feeBalance: '5' })).toEqual([
      { name: 'nonce', value: '2', before: '1' },
    ]);
    expect(changedEntries('5', '4')).toEqual([{ name: '', value: '4', before: '5' }]);
    expect(changedEntries('1000000000000', '1000000000001')).toEqual([
      {
        name: '',
        value: '1\u202f000\u202f000\u202f000\u202f001',
        before: '1\u202f000\u202f000\u202f000\u202f000',
      },
    ]);
    const huge = 10n ** 30n;
    const [entry] = changedEntries({ k: String(huge) }, { k: String(huge + 1n) });
    expect(entry?.value).not.toBe(entry?.before);
    expect(changedEntries(null, '4')).toEqual([{ name: '', value: '4', before: 'nothing' }]);
    expect(changedEntries(null, { nonce: 1 })).toEqual([{ name: 'nonce', value: '1' }]);
  });

  it('stands values of any kind', () => {
    expect(valueEntries(null)).toEqual([{ name: '', value: 'nothing' }]);
    expect(scalarWords('', 'bytes')).toBe('none');
    expect(scalarWords('0xab', 'bytes')).toBe('0xab');
    expect(scalarWords([1], 'number')).toBe('[1]');
  });
});

describe('phrases', () => {
  it('put links into texts and leave unknown names', () => {
    const link = { kind: 'tx', tx: 4, text: 'transaction 4' } as const;
    expect(phrase('{who} wrote {what}.', { who: link })).toEqual([link, ' wrote {what}.']);
    expect(plain(phrase('{a}{b}', { a: 1, b: ['x', link] }))).toBe('1xtransaction 4');
    expect(plain(enumerate([['a'], ['b'], ['c']], 'and'))).toBe('a, b and c');
  });
});
