import { describe, expect, test } from 'vitest';
import type { ImportReport } from '../../engine/api/index.ts';
import { blockKeyWords, importTitle, listedKeyWords, unshardedKey, whyNotSplit } from './realBlockWords.ts';

const WETH = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2';
const SOMEBODY = '0x52908400098527886e0f7030069857d2e4169ee7';

const report = (block: string | null, name: string): ImportReport =>
  ({ block, reference: { name } }) as unknown as ImportReport;

describe('words for real blocks', () => {
  test('a block is called by its number, else by its file, whose long name keeps both ends', () => {
    expect(importTitle(report('22886865', 'x.rlp'))).toBe('Ethereum block 22\u202f886\u202f865');
    expect(importTitle(report(null, 'block.rlp'))).toBe('Ethereum block from block.rlp');
    const long = importTitle(report(null, `${'a'.repeat(60)}-last.rlp`));
    expect(long).toMatch(/a….*last\.rlp$/);
    expect(long.length).toBeLessThan(50);
  });

  test('keys say whose they are and what, by names where there are any', () => {
    expect(listedKeyWords(`ethereum/balances/${WETH}/0`)).toBe('WETH balance');
    expect(listedKeyWords(`ethereum/storage/${SOMEBODY}/0x7/0`)).toBe('0x5290…9ee7 slot 0x7');
    expect(listedKeyWords(`ethereum/storage/${SOMEBODY}/0x7/3`)).toBe('0x5290…9ee7 slot 0x7 #3');
    expect(listedKeyWords(`ethereum/tokens/${WETH}/${SOMEBODY}/0`)).toBe('WETH of 0x5290…9ee7');
    expect(listedKeyWords(`ethereum/nonces/${SOMEBODY}`)).toBe('0x5290…9ee7 nonce');
    expect(listedKeyWords('kernel/accounts/17')).toBe('sender 17 nonce');
    expect(blockKeyWords(`ethereum/balances/${WETH}/0`)).toBe('the balance of WETH');
    expect(blockKeyWords(`ethereum/balances/${SOMEBODY}/0`)).toBe('the balance of 0x5290…9ee7');
  });

  test('what cannot be split says why; what can, by its unsplit key', () => {
    expect(whyNotSplit(`ethereum/nonces/${WETH}`, 'slot')).toMatch(/nonce/);
    expect(whyNotSplit('kernel/accounts/3', 'slot')).toMatch(/nonce/);
    expect(whyNotSplit(`ethereum/code/${WETH}`, 'slot')).toMatch(/code/);
    expect(whyNotSplit(`ethereum/storage/${WETH}/0x1/0`, 'slot')).toBeNull();
    expect(whyNotSplit(`ethereum/storage/${WETH}/0x1/0`, 'account')).toMatch(/by account/);
    expect(whyNotSplit(`ethereum/code/${WETH}`, 'account')).toMatch(/code/);
    expect(unshardedKey(`ethereum/tokens/${WETH}/${SOMEBODY}/12`)).toBe(
      `ethereum/tokens/${WETH}/${SOMEBODY}/0`,
    );
  });
});
