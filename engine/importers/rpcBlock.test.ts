import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { MAX_U256 } from '../base/integerMath.ts';
import { ADVICE } from '../tests/advice.ts';
import { cpuTimer } from '../tests/cpuTime.ts';
import {
  address,
  bytesOfText,
  generateRpcBlock,
  hex,
  rpcBlock,
  rpcFile,
  transferFromInput,
  transferInput,
} from '../tests/imports/rpcModel.ts';
import { fund, movementOf } from './movements.ts';
import { readRpcBlock, type RpcTransaction } from './rpcBlock.ts';

const plain = { from: address(1), to: address(2), nonce: '0x5', value: '0xff', input: '0x' };
const errorOf = (file: Uint8Array) => {
  const block = readRpcBlock(file);
  return block.ok ? undefined : block.error;
};
const withTransactions = (...transactions: unknown[]) => rpcFile(rpcBlock(transactions as object[]));

describe('a block of JSON-RPC', () => {
  it('is read bare and in its answer, with fields nobody knows', () => {
    for (const enveloped of [false, true]) {
      const block = readRpcBlock(rpcFile(rpcBlock([{ ...plain, r: '0x1' }], { uncles: [] }), enveloped));
      expect(block.ok && block.value).toEqual({
        number: '16',
        miner: 0xfeen,
        transactions: [{ from: 1n, to: 2n, nonce: 5, value: 255n, input: '0x' }],
        nonceJumps: 0,
      });
    }
  });

  it('need not name its number, its miner or a target', () => {
    const block = readRpcBlock(bytesOfText(JSON.stringify({ transactions: [{ ...plain, to: undefined }] })));
    expect(block.ok && block.value).toMatchObject({
      number: null,
      miner: null,
      transactions: [{ to: null }],
    });
  });

  it.each([
    { number: '0x1ffffffffffffffff' },
    { number: 16 },
    { number: '16' },
    { miner: '0x12' },
    { miner: {} },
  ])('is refused with %j: what it says of itself is not passed over', (more) => {
    const [field] = Object.keys(more);
    expect(errorOf(rpcFile(rpcBlock([plain], more)))).toMatchObject({
      code: 'import/bad_block',
      data: { field },
    });
    expect(errorOf(rpcFile(rpcBlock([plain], { [field!]: null })))).toBeUndefined();
  });

  it('may leave nonces out, as a sender with code of its own does (EIP-7702), but not go back', () => {
    const nonces = (...given: string[]) => withTransactions(...given.map((nonce) => ({ ...plain, nonce })));
    const jumping = readRpcBlock(nonces('0x5', '0x6', '0x8', '0x9', '0xff'));
    expect(jumping.ok && jumping.value.nonceJumps).toBe(2);
    expect(jumping.ok && jumping.value.transactions.map(({ nonce }) => nonce)).toEqual([5, 6, 8, 9, 255]);
    for (const file of [nonces('0x5', '0x5'), nonces('0x5', '0x7', '0x6')]) {
      expect(errorOf(file)).toMatchObject({ code: 'import/bad_transaction', data: { field: 'nonce' } });
    }
  });

  it.each<[name: string, change: object, field: string]>([
    ['without a sender', { from: undefined }, 'from'],
    ['with a short sender', { from: '0x12' }, 'from'],
    ['with a sender that is a prototype’s', { from: 'constructor' }, 'from'],
    ['to a number', { to: 7 }, 'to'],
    ['with a nonce below zero', { nonce: '-0x1' }, 'nonce'],
    ['with a nonce of 33 bits', { nonce: '0x1ffffffff' }, 'nonce'],
    ['with a value of 300 bits', { value: hex(2n ** 299n) }, 'value'],
    ['with a value below zero', { value: '-1' }, 'value'],
    ['with a value that is a number', { value: 1 }, 'value'],
    ['with a value of a million digits', { value: `0x${'f'.repeat(1_000_000)}` }, 'value'],
    ['with half a byte of input', { input: '0x123' }, 'input'],
    ['with input that is no hexadecimal', { input: '0xzz' }, 'input'],
    ['at another place', { transactionIndex: '0x4' }, 'transactionIndex'],
  ])('is refused for a transaction %s', (_, change, field) => {
    expect(errorOf(withTransactions({ ...plain, ...change }))).toMatchObject({
      code: 'import/bad_transaction',
      data: { tx: 0, field },
    });
  });

  it.each<[name: string, file: Uint8Array, code: string]>([
    ['a number', bytesOfText('{"transactions":7}'), 'import/not_a_block'],
    ['an answer without a block', bytesOfText('{"result":null}'), 'import/not_a_block'],
    ['an error', bytesOfText('{"error":{"code":-32000}}'), 'import/not_a_block'],
    ['what is inherited', bytesOfText('{"__proto__":{"transactions":[]}}'), 'import/not_a_block'],
    ['hashes', withTransactions('0xab', '0xcd'), 'import/only_hashes'],
    ['nothing', withTransactions(null), 'import/bad_transaction'],
    [
      'the same hash twice',
      withTransactions({ ...plain, hash: '0x1' }, { ...plain, nonce: '0x6', hash: '0x1' }),
      'import/bad_transaction',
    ],
    ['a nonce twice', withTransactions(plain, plain), 'import/bad_transaction'],
    ['cut off', rpcFile(rpcBlock([plain])).subarray(0, -3), 'import/not_json'],
    ['deep', bytesOfText(`{"a":${'['.repeat(100_000)}`), 'import/too_deep'],
    [
      'a million transactions',
      bytesOfText(`{"transactions":[${'{},'.repeat(1_000_000)}{}]}`),
      'import/too_many_transactions',
    ],
    [
      'ten thousand and one',
      withTransactions(...new Array(10_001).fill(plain)),
      'import/too_many_transactions',
    ],
  ])('is refused for %s, at once', (_, file, code) => {
    const spentMs = cpuTimer();
    const error = errorOf(file);
    expect(spentMs()).toBeLessThan(1_000);
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(ADVICE);
  });

  it('takes brackets in texts for texts', () => {
    expect(errorOf(rpcFile(rpcBlock([plain], { note: `\\"${'['.repeat(99)}\\` })))).toBeUndefined();
  });
});

describe('what a transaction becomes', () => {
  const transaction = (change: Partial<RpcTransaction>): RpcTransaction => ({
    from: 1n,
    to: 0x70n,
    nonce: 0,
    value: 3n,
    input: '0x',
    ...change,
  });

  it('a payment, a token’s movement, or a call', () => {
    expect(movementOf(transaction({}))).toEqual({ kind: 'pay', from: 1n, to: 0x70n, amount: 3n });
    expect(movementOf(transaction({ input: transferInput(9, MAX_U256) }))).toEqual({
      kind: 'payToken',
      token: 0x70n,
      from: 1n,
      to: 9n,
      amount: MAX_U256,
    });
    expect(
      movementOf(transaction({ input: transferFromInput(8, 9, 4).toUpperCase().replace('0X', '0x') })),
    ).toEqual({
      kind: 'payToken',
      token: 0x70n,
      from: 8n,
      to: 9n,
      amount: 4n,
    });
    const call = { kind: 'call', target: 0x70n };
    expect(movementOf(transaction({ input: '0x12345678' }))).toEqual(call);
    expect(movementOf(transaction({ input: transferInput(9, 4).slice(0, -2) }))).toEqual(call);
    // An address has twenty bytes: with more the contract would refuse.
    expect(movementOf(transaction({ input: transferInput(2n ** 160n, 4) }))).toEqual(call);
    expect(movementOf(transaction({ to: 0n, input: transferInput(9, 4) }))).toEqual({
      kind: 'call',
      target: 0n,
    });
  });

  it.each([
    // From the test vectors of ethers' getCreateAddress.
    [0, 0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8dn],
    [1, 0x343c43a37d37dff08ae8c4a11544c718abb4fcf8n],
    [2, 0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91n],
    [3, 0xfffd933a0bc612844eaf0c6fe3e5b8e9b6c1d19cn],
  ])('a call of the contract that nonce %i makes', (nonce, target) => {
    const from = 0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0n;
    expect(movementOf(transaction({ from, to: null, nonce }))).toEqual({ kind: 'call', target });
  });

  it('is funded with exactly what is spent', () => {
    const block = readRpcBlock(rpcFile(rpcBlock(generateRpcBlock(createPrng(5), 80))));
    if (!block.ok) throw new Error(block.error.message);
    const movements = block.value.transactions.map(movementOf);
    const funding = fund(movements)!;
    for (const { token, holder, amount } of funding.holdings) {
      const spent = funding.movements.reduce((sum, movement) => {
        if (movement.kind === 'call' || movement.from !== holder) return sum;
        return (movement.kind === 'pay' ? 0n : movement.token) === token ? sum + movement.amount : sum;
      }, 0n);
      expect(amount).toBe(spent);
    }
  });

  it('is a call where there cannot be so much of a token', () => {
    const all = { kind: 'payToken', token: 7n, from: 1n, to: 2n, amount: MAX_U256 } as const;
    expect(fund([all, all])).toMatchObject({
      movements: [all, { kind: 'call', target: 7n }],
      beyondSupply: 1,
    });
    const native = { kind: 'pay', from: 1n, to: 2n, amount: MAX_U256 } as const;
    expect(fund([native, native])).toBeUndefined();
  });
});
