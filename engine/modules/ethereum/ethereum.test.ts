import { describe, expect, it } from 'vitest';
import { MAX_U256 } from '../../base/integerMath.ts';
import { keyText } from '../../moduleSdk/index.ts';
import { fromJson, toJson } from '../../moduleSdk/json.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { ethereum } from './manifest.ts';
import { PLACE, READING } from './replay.ts';
import { balances, code, nonces, storage, targets, tokens, totals } from './state.ts';

const A = 0xan;
const B = 0xbn;
const TOKEN = 0x70n;

function chain() {
  const made = new ReferenceChain([ethereum]);
  made.block([]);
  return made;
}

const change = (place: number, value: bigint, more: object = {}) => ({
  place,
  address: A,
  slot: 0n,
  shard: 0,
  reading: READING.read,
  expected: 0n,
  value,
  ...more,
});

describe('a replayed transaction', () => {
  it('reads what it writes, compares where it is told to, and says how that went', () => {
    const made = chain();
    made.state.set(storage, 7n, A, 3n, 0);
    const { receipts, accesses } = made.block([
      {
        sender: 0,
        module: 'ethereum',
        name: 'replay',
        args: {
          changes: [
            change(PLACE.balance, 5n),
            change(PLACE.nonce, 6n, { reading: READING.compare }),
            change(PLACE.code, MAX_U256, { reading: READING.compare, expected: 1n }),
            change(PLACE.storage, 8n, { slot: 3n, reading: READING.compare, expected: 7n }),
            change(PLACE.balance, 9n, { address: B, reading: READING.blind }),
          ],
        },
      },
    ]);
    expect(receipts[0]).toMatchObject({
      status: 'success',
      events: [{ name: 'replayed', fields: { written: 5, compared: 3, mismatched: 1 } }],
    });
    const touched = [
      keyText(balances as never, [A, 0]),
      keyText(nonces as never, [A]),
      keyText(code as never, [A]),
      keyText(storage as never, [A, 3n, 0]),
    ];
    const blind = keyText(balances as never, [B, 0]);
    expect([...accesses[0]!.reads].slice(1)).toEqual(touched);
    expect([...accesses[0]!.writes].sort()).toEqual(['kernel/accounts/0', blind, ...touched].sort());
    expect(made.state.get(storage, A, 3n, 0)).toBe(8n);
    expect(made.state.get(balances, B, 0)).toBe(9n);
    expect(made.state.get(nonces, A)).toBe(6n);
    expect(made.state.get(code, A)).toBe(MAX_U256);
  });

  it('refuses a place that there is not', () => {
    expect(chain().send(0, 'ethereum', 'replay', { changes: [change(4, 1n)] }).error).toBe(
      'ethereum/unknown_place',
    );
    const blind = change(9, 1n, { reading: READING.blind });
    expect(chain().send(0, 'ethereum', 'replay', { changes: [blind] }).error).toBe('ethereum/unknown_place');
  });
});

describe('movements', () => {
  function funded() {
    const made = new ReferenceChain([ethereum]);
    const holdings = [
      { token: 0n, holder: A, amount: 10n },
      { token: TOKEN, holder: A, amount: MAX_U256 },
    ];
    made.must([{ sender: 0, module: 'ethereum', name: 'fund', args: { holdings } }]);
    return made;
  }

  it('take from shard 0 and add to the shard they are told', () => {
    const made = funded();
    made.must([
      { sender: 0, module: 'ethereum', name: 'pay', args: { from: A, to: B, shard: 0, amount: 4n } },
      { sender: 0, module: 'ethereum', name: 'pay', args: { from: A, to: B, shard: 2, amount: 5n } },
      { sender: 0, module: 'ethereum', name: 'pay', args: { from: A, to: A, shard: 0, amount: 1n } },
      { sender: 0, module: 'ethereum', name: 'pay', args: { from: A, to: A, shard: 1, amount: 1n } },
      {
        sender: 0,
        module: 'ethereum',
        name: 'payToken',
        args: { token: TOKEN, from: A, to: B, shard: 1, amount: MAX_U256 },
      },
    ]);
    expect([0, 1, 2].map((shard) => made.state.get(balances, B, shard))).toEqual([4n, undefined, 5n]);
    expect([0, 1].map((shard) => made.state.get(balances, A, shard))).toEqual([0n, 1n]);
    expect(made.state.get(tokens, TOKEN, B, 1)).toBe(MAX_U256);
    expect(made.complaints()).toEqual([]);
  });

  it('are refused beyond what there is', () => {
    const made = funded();
    const args = { from: A, to: B, shard: 0, amount: 11n };
    expect(made.send(0, 'ethereum', 'pay', args)).toMatchObject({
      error: 'ethereum/insufficient_balance',
      errorData: { balance: 10n, amount: 11n },
    });
    expect(made.send(0, 'ethereum', 'payToken', { ...args, token: 0x71n }).error).toBe(
      'ethereum/insufficient_balance',
    );
  });

  it('are kept in balance, or the invariant says so', () => {
    const made = funded();
    made.state.set(balances, 11n, A, 0);
    expect(made.complaints()).toEqual([
      'totalsAreHeld: Balances of 0x0 add up to 11, but 10 was handed out.',
    ]);
    expect(made.state.get(totals, TOKEN)).toBe(MAX_U256);
  });

  it('count the calls of a target, each shard its own', () => {
    const made = funded();
    made.must(
      [0, 1, 0].map((shard) => ({ sender: 0, module: 'ethereum', name: 'call', args: { target: B, shard } })),
    );
    expect([0, 1].map((shard) => made.state.get(targets, B, shard))).toEqual([2n, 1n]);
  });

  it('are funded at genesis only', () => {
    expect(funded().send(0, 'ethereum', 'fund', { holdings: [] }).error).toBe('kernel/genesis_only');
    expect(funded().send(0, 'ethereum', 'preset', { changes: [] }).error).toBe('kernel/genesis_only');
  });
});

describe('addresses and words', () => {
  const { args } = ethereum.transactions.replay!;

  it('are hexadecimal in keys and in JSON, and read back', () => {
    expect(keyText(storage as never, [0xabcn, 0x1fn, 3])).toBe(
      `ethereum/storage/0x${'0'.repeat(37)}abc/0x1f/3`,
    );
    const value = { changes: [change(PLACE.storage, 255n, { slot: 2n ** 255n })] };
    const json = toJson(value as never, args.fields);
    expect(json).toMatchObject({
      changes: [{ address: `0x${'0'.repeat(39)}a`, slot: `0x8${'0'.repeat(63)}`, value: '0xff', place: 3 }],
    });
    expect(fromJson(args, json)).toEqual({ ok: true, value });
  });

  it('are refused with more bits', () => {
    const json = toJson({ changes: [change(PLACE.storage, 1n)] } as never, args.fields) as {
      changes: object[];
    };
    const changed = { changes: [{ ...json.changes[0], address: `0x1${'0'.repeat(40)}` }] };
    expect(fromJson(args, changed)).toMatchObject({ error: { code: 'schema/out_of_range' } });
    const notHex = { changes: [{ ...json.changes[0], address: '0xg' }] };
    expect(fromJson(args, notHex)).toMatchObject({ error: { code: 'schema/not_an_integer' } });
  });
});
