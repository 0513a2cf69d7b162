import { describe, expect, it } from 'vitest';
import { DEFAULT_GAS_LIMIT, MAX_GAS_LIMIT } from '../execution/kernel/gas.ts';
import { moduleSet } from '../runtime/modules.ts';
import { MAX_WORK, readDraft } from './draft.ts';

const pay = { sender: 1, module: 'bank', name: 'transfer', args: { asset: 0, to: 2, amount: '5' } };

describe('a transaction by hand', () => {
  it('is completed with what is usual', () => {
    expect(readDraft(moduleSet, pay)).toEqual({
      ok: true,
      value: {
        ...pay,
        args: { asset: 0, to: 2, amount: 5n },
        work: 0,
        gasLimit: DEFAULT_GAS_LIMIT,
        gasPrice: 1,
      },
    });
  });

  it.each([
    [null, 'transaction/not_a_record'],
    [[], 'transaction/not_a_record'],
    ['bank.transfer', 'transaction/not_a_record'],
    [{}, 'transaction/unknown_kind'],
    [{ ...pay, module: '__proto__' }, 'transaction/unknown_kind'],
    [{ ...pay, name: 'constructor' }, 'transaction/unknown_kind'],
    [{ ...pay, module: 7 }, 'transaction/unknown_kind'],
    [{ ...pay, name: 'mint' }, 'transaction/genesis_only'],
    [{ ...pay, nonce: 3 }, 'transaction/unknown_field'],
    [{ ...pay, sender: '1' }, 'transaction/not_an_integer'],
    [{ ...pay, sender: 1.5 }, 'transaction/not_an_integer'],
    [{ ...pay, sender: Number.NaN }, 'transaction/not_an_integer'],
    [{ ...pay, sender: -1 }, 'transaction/out_of_range'],
    [{ ...pay, sender: 2 ** 32 }, 'transaction/out_of_range'],
    [{ ...pay, sender: 2 ** 31 }, 'transaction/not_a_person'],
    [{ ...pay, work: MAX_WORK + 1 }, 'transaction/out_of_range'],
    [{ ...pay, work: '9' }, 'transaction/not_an_integer'],
    [{ ...pay, gasLimit: 0 }, 'transaction/out_of_range'],
    [{ ...pay, gasLimit: MAX_GAS_LIMIT + 1 }, 'transaction/out_of_range'],
    [{ ...pay, gasPrice: 2 ** 32 }, 'transaction/out_of_range'],
    [{ ...pay, args: undefined }, 'schema/not_a_record'],
    [{ ...pay, args: { asset: 0, to: 2 } }, 'schema/missing_field'],
    [{ ...pay, args: { asset: 0, to: 2, amount: 5, memo: 1 } }, 'schema/unknown_field'],
    [{ ...pay, args: { asset: 0, to: 2, amount: 'much' } }, 'schema/not_an_integer'],
    [{ ...pay, args: { asset: 0, to: 2, amount: (2n ** 128n).toString() } }, 'schema/out_of_range'],
  ])('is refused: %j (%s)', (input, code) => {
    const read = readDraft(moduleSet, input);
    expect(read.ok ? 'accepted' : read.error.code).toBe(code);
  });

  it.each([
    [{ ...pay, module: 'casino' }, /the modules bank, amm(, [A-Za-z]+)* have\.$/],
    [{ ...pay, name: 'play' }, /choose among bank\.transfer, (bank\.[a-zA-Z]+(, )?)+\.$/],
    // What nobody sends by hand is no choice.
    [{ ...pay, module: 'ethereum', name: 'play' }, /the modules bank, amm(, [A-Za-z]+)* have\.$/],
  ])('of a kind that nobody knows is told what there is: %j', (input, said) => {
    const read = readDraft(moduleSet, input);
    const message = read.ok ? 'accepted' : read.error.message;
    expect(message).toMatch(said);
    expect(message.slice(message.indexOf('choose'))).not.toMatch(/mint|ethereum/);
  });
});
