import { describe, expect, it } from 'vitest';
import type { FieldDescription } from '../../../engine/api/index.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { findChoices, idOf } from './choices.ts';
import { type DraftForm, draftOf, emptyForm, formOf, grouped, maxOf, placeOf, ungroup } from './draftForm.ts';
import { craftedIndex, landingOf } from './landing.ts';

const asset: FieldDescription = { name: 'asset', kind: 'integer', bits: 32, role: 'asset' };
const to: FieldDescription = { name: 'to', kind: 'integer', bits: 32, role: 'account' };
const amount: FieldDescription = { name: 'amount', kind: 'integer', bits: 128, role: 'amount' };
const memo: FieldDescription = { name: 'memo', kind: 'bytes', max: 8 };
const payments: FieldDescription = { name: 'payments', kind: 'list', max: 3, item: [to, amount] };
const transfer = { name: 'transfer', summary: 'Pay somebody.', fields: [asset, to, amount, memo] };
const batch = { name: 'batch', summary: 'Pay several.', fields: [asset, payments] };

describe('the form of a draft', () => {
  it('starts with what is usual and is a draft at once', () => {
    expect(draftOf(emptyForm('bank', transfer), transfer)).toEqual({
      sender: 0,
      module: 'bank',
      name: 'transfer',
      args: { asset: 0, to: 1, amount: '1000', memo: '' },
    });
  });

  it('shows a draft and gives it back', () => {
    const draft = {
      sender: 4,
      module: 'bank',
      name: 'batch',
      args: {
        asset: 1,
        payments: [
          { to: 2, amount: maxOf(128) },
          { to: 3, amount: '5' },
        ],
      },
      work: 20_000,
      gasLimit: 2_000_000,
      gasPrice: 1,
    };
    expect(draftOf(formOf(draft, batch), batch)).toEqual(draft);
    const payment = { ...draft, name: 'transfer', args: { asset: 1, to: 2, amount: '7', memo: '123456' } };
    expect(draftOf(formOf(payment, transfer), transfer)).toEqual(payment);
  });

  it('fills what a draft lacks and drops what it has too much of', () => {
    const form = formOf({ sender: 1, module: 'bank', name: 'transfer', args: { to: 9, extra: 1 } }, transfer);
    expect(draftOf(form, transfer).args).toEqual({ asset: 0, to: 9, amount: '1000', memo: '' });
  });

  it('keeps sender and gas when another kind is picked', () => {
    const before: DraftForm = { ...emptyForm('bank', transfer), sender: '12', work: '5' };
    expect(emptyForm('bank', batch, before)).toMatchObject({ sender: '12', work: '5', name: 'batch' });
  });

  it('hands nonsense on as it is, for the engine to refuse', () => {
    const form: DraftForm = {
      ...emptyForm('bank', transfer),
      sender: 'nobody',
      gasLimit: '-3',
      args: { asset: '1e3', to: '', amount: '12x', memo: 'zz' },
    };
    expect(draftOf(form, transfer)).toMatchObject({
      sender: 'nobody',
      gasLimit: '-3',
      args: { asset: '1e3', to: '', amount: '12x', memo: 'zz' },
    });
  });

  it('reads digits however they are grouped, and groups them with gaps', () => {
    for (const typed of [
      '1 234 567',
      '1,234,567',
      "1'234'567",
      '1_234_567',
      '1\u202f234\u202f567',
      '001234567',
    ]) {
      expect(ungroup(typed)).toBe('1234567');
    }
    expect(grouped('1234567')).toBe('1\u202f234\u202f567');
    expect(ungroup(grouped(maxOf(256)))).toBe(maxOf(256));
    expect(grouped('12x')).toBe('12x');
  });

  it('finds the place of an error', () => {
    expect(placeOf({ field: 'amount' })).toBe('args.amount');
    expect(placeOf({ field: 'payments[1].amount' })).toBe('args.payments[1].amount');
    expect(placeOf({ field: 'gasLimit', min: 1 })).toBe('gasLimit');
    expect(placeOf({ sender: 2147483648 })).toBe('sender');
    expect(placeOf({ kind: 'bank.x' })).toBeUndefined();
    expect(placeOf(undefined)).toBeUndefined();
  });
});

describe('choices', () => {
  it('finds by beginning first, then by part, then by number', () => {
    expect(findChoices('account', 60, 'no', 3).map((choice) => choice.name)).toEqual([
      'Noor',
      'Zeno',
      'Beno',
    ]);
    expect(findChoices('account', 60, '13', 3).map((choice) => choice.id)).toEqual([13]);
    expect(findChoices('asset', 3, '', 9).map((choice) => choice.name)).toEqual(['COIN', 'OAK', 'TIN']);
    expect(findChoices('account', 60, 'nobody at all', 3)).toEqual([]);
  });

  it('takes a whole name or any number', () => {
    expect(idOf('account', 60, 'noor')).toBe(13);
    expect(idOf('account', 60, '999')).toBe(999);
    expect(idOf('account', 60, 'noo')).toBeUndefined();
    expect(idOf('account', 60, '')).toBeUndefined();
  });
});

describe('where it landed', () => {
  const run = makeFixtureRun({ transactions: 40, hotPermille: 900 });

  it('counts who shares a written key with it, before and after', () => {
    const last = landingOf(run, run.graph.criticalPath.at(-1)!)!;
    expect(last.before).toBeGreaterThan(0);
    expect(last.wave).toBe(run.graph.waves - 1);
    expect(landingOf(run, run.graph.criticalPath[0]!)!.after).toBeGreaterThan(0);
    expect(landingOf(run, 40)).toBeUndefined();
  });

  it('finds the one just crafted behind those that an earlier block cut', () => {
    const transactions = run.transactions.map((of) => ({
      ...of,
      origin: of.index < 2 ? ('crafted' as const) : of.origin,
    }));
    expect(craftedIndex({ ...run, transactions })).toBe(1);
    expect(craftedIndex(run)).toBe(-1);
  });
});
