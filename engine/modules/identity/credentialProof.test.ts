import { describe, expect, it } from 'vitest';
import type { Action } from '../../api/index.ts';
import { asciiBytes, toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import { writeCanonicalKey } from '../../chain/canonicalOrder.ts';
import { Chain } from '../../chain/chain.ts';
import { type Table, writeKeyWords } from '../../moduleSdk/index.ts';
import type { StorageProof } from '../../storage/contract.ts';
import { MerkleStorage } from '../../storage/merkleTree/merkleStorage.ts';
import { verifyProof } from '../../storage/merkleTree/verifyProof.ts';
import { chainParts, SMALL_GENESIS } from '../../tests/chainParts.ts';
import { bytesFrom, laneWrites } from '../../tests/laneWrites.ts';
import { RECEIPT_STATUS } from '../../types/receipt.ts';
import { attestations, LANE } from './state.ts';

const parts = chainParts();
const ISSUER = 1;
const HOLDER = 2;
const OTHER = 3;
const TOPIC = 77;
const GONE = 78;

/** What the holder shows: the claim in words, and what keeps others from guessing it. */
const SHOWN = { salt: '9f31c07e', text: 'Master of Science, 2026' };
const claimOf = ({ salt, text }: typeof SHOWN): string => toHex(sha256(asciiBytes(salt + text)));

const submit = (name: string, args: object): Action => ({
  kind: 'submit',
  transaction: { sender: ISSUER, module: 'identity', name, args: args as never },
});
const attest = (topic: number, expires: number): Action =>
  submit('attest', { subject: HOLDER, topic, claim: BigInt(`0x${claimOf(SHOWN)}`).toString(), expires });

const EXPIRES = 4;
/** What is done in each block. */
const DONE: readonly (readonly Action[])[] = [
  [],
  [attest(TOPIC, 0), attest(GONE, EXPIRES)],
  [],
  [submit('revoke', { subject: HOLDER, topic: TOPIC })],
];

function keyOf(issuer: number, subject: number, topic: number): Uint8Array {
  const table = attestations as unknown as Table;
  const words = new Uint32Array(table.keyWords);
  writeKeyWords(table, words, 0, [issuer, subject, topic]);
  return bytesFrom((out) => writeCanonicalKey(out, table, words));
}

/** The storage after each block, genesis first: people attest other things all the while. */
function storages(): MerkleStorage[] {
  const genesis = { ...SMALL_GENESIS, accounts: 60, modules: ['identity'] };
  const shares = { credentials: 1000 };
  const traffic = { transactionsPerBlock: 80, swapPermille: 0, hotPermille: 0, work: 10, shares };
  const chain = new Chain(parts, genesis, traffic);
  const begin = [...chain.stateAfter(chain.tree.current).entries()].map(({ key, value }) => ({
    key,
    before: null,
    after: value,
  }));
  const blocks = [laneWrites(parts.modules, 0, LANE, begin)];
  for (const actions of DONE.slice(1)) {
    const parent = chain.tree.current;
    const pending = chain.prepare(parent, actions);
    if (!pending.ok) throw new Error(pending.error.code);
    const { receipts } = pending.value.outcome;
    expect(receipts.slice(0, actions.length).every(({ status }) => status === RECEIPT_STATUS.success)).toBe(
      true,
    );
    blocks.push(laneWrites(parts.modules, parent.height + 1, LANE, pending.value.outcome.changes));
    chain.append(parent, pending.value, '');
  }
  return blocks.map((_, height) => {
    const storage = new MerkleStorage();
    for (const writes of blocks.slice(0, height + 1)) storage.apply(writes);
    return storage;
  });
}

/** All that an outsider does: a file, a root they trust, what they were shown. They ask nobody, and check no signature. */
function judge(file: string, trusted: string, shown: typeof SHOWN, topic: number, height: number): string {
  if (verifyProof(file, trusted) !== 'valid') return 'not proven';
  const { key, value } = JSON.parse(file) as StorageProof;
  if (key !== toHex(keyOf(ISSUER, HOLDER, topic))) return 'about something else';
  if (value === null) return 'never attested';
  const [claim, expires, revoked] = [value.slice(0, 64), value.slice(72, 80), value.slice(80)];
  if (claim !== claimOf(shown)) return 'another claim';
  if (revoked !== '00000000') return 'revoked';
  const end = Number.parseInt(expires, 16);
  return end > 0 && height >= end ? 'over' : 'holds';
}

describe('a credential', () => {
  const after = storages();
  const [, , attested, withdrawn] = after as [MerkleStorage, MerkleStorage, MerkleStorage, MerkleStorage];
  const root = (storage: MerkleStorage): string => toHex(storage.root());
  const proof = (storage: MerkleStorage, topic = TOPIC): string =>
    JSON.stringify(storage.prove(keyOf(ISSUER, HOLDER, topic)));

  it('is proven to an outsider who has a root and what the holder shows', () => {
    expect(judge(proof(attested), root(attested), SHOWN, TOPIC, 2)).toBe('holds');
    const lie = { ...SHOWN, text: 'Doctor of Science, 2026' };
    expect(judge(proof(attested), root(attested), lie, TOPIC, 2)).toBe('another claim');
    const guess = { ...SHOWN, salt: '' };
    expect(judge(proof(attested), root(attested), guess, TOPIC, 2)).toBe('another claim');
  });

  it('is nobody else’s: that it was never attested is proven too', () => {
    const before = after[0]!;
    expect(judge(proof(before), root(before), SHOWN, TOPIC, 0)).toBe('never attested');
    for (const key of [keyOf(ISSUER, OTHER, TOPIC), keyOf(OTHER, HOLDER, TOPIC)]) {
      const absent = attested.prove(key)!;
      expect(absent.value).toBeNull();
      expect(verifyProof(JSON.stringify(absent), root(attested))).toBe('valid');
      expect(judge(JSON.stringify(absent), root(attested), SHOWN, TOPIC, 2)).toBe('about something else');
    }
  });

  it('ends when it is revoked or over, for whoever looks at a root of then', () => {
    expect(judge(proof(withdrawn), root(withdrawn), SHOWN, TOPIC, 3)).toBe('revoked');
    expect(judge(proof(attested), root(withdrawn), SHOWN, TOPIC, 3)).toBe('not proven');
    expect(judge(proof(withdrawn, GONE), root(withdrawn), SHOWN, GONE, EXPIRES - 1)).toBe('holds');
    expect(judge(proof(withdrawn, GONE), root(withdrawn), SHOWN, GONE, EXPIRES)).toBe('over');
  });

  it('is not proven by a file in which a letter was changed', () => {
    const file = proof(attested);
    const trusted = root(attested);
    for (let at = 0; at < file.length; at++) {
      const letter = file[at] === '1' ? '0' : '1';
      const forged = file.slice(0, at) + letter + file.slice(at + 1);
      expect(judge(forged, trusted, SHOWN, TOPIC, 2)).toBe('not proven');
    }
  });
});
