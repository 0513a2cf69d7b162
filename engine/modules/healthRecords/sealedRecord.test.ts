import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../base/bytes.ts';
import type { Result } from '../../base/result.ts';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { EncryptedBlobStorage } from '../../storage/encryptedBlob/encryptedBlobStorage.ts';
import {
  createReaderKeys,
  openBlob,
  sealBlob,
  type SealingCrypto,
  unwrapKey,
  wrapKey,
} from '../../storage/encryptedBlob/seal.ts';
import { MerkleStorage } from '../../storage/merkleTree/merkleStorage.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { healthRecords } from './manifest.ts';
import { PURPOSE, readerKeys, records, wrappedKeys } from './state.ts';

const crypto = webcrypto as unknown as SealingCrypto;
const [PATIENT, HOSPITAL, INSURER] = [3, 0, 1];
const TEXT = new TextEncoder().encode('Blood group 0, and afraid of needles');

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const toWord = (bytes: Uint8Array): bigint => BigInt(`0x${toHex(bytes)}`);
const fromWord = (word: bigint): Uint8Array => fromHex(word.toString(16).padStart(64, '0'))!;

describe('a sealed record', () => {
  it('goes from its author to a reader: the chain orders who may, the blob stays beside it, and nobody else can open it', async () => {
    const chain = new ReferenceChain([healthRecords]);
    chain.genesis(
      genesisWorld({ accounts: 4, assets: 0, pools: 0, bankPartition: 'asset' }, [healthRecords]),
    );
    const send = (sender: number, name: string, args: Parameters<ReferenceChain['send']>[3]) =>
      chain.send(sender, 'healthRecords', name, args);
    const blobs = new EncryptedBlobStorage(new MerkleStorage());
    const hospital = await createReaderKeys(crypto);
    const insurer = await createReaderKeys(crypto);
    send(HOSPITAL, 'publishKey', { key: toWord(hospital.publicKey) });
    send(INSURER, 'publishKey', { key: toWord(insurer.publicKey) });

    // The patient, with what stands on the chain.
    const sealed = value(await sealBlob(crypto, TEXT));
    blobs.keep(sealed.blob);
    const store = send(PATIENT, 'store', {
      patient: PATIENT,
      sizeBytes: sealed.blob.length,
      contentHash: toWord(sealed.contentHash),
      commitment: toWord(sealed.commitment),
      keys: [],
    });
    expect(store.status).toBe('success');
    const published = fromWord(chain.state.get(readerKeys, HOSPITAL)!);
    const wrapped = value(await wrapKey(crypto, sealed, published));
    const consent = { reader: HOSPITAL, purpose: PURPOSE.care, until: 0, keys: [{ record: 0, wrapped }] };
    expect(send(PATIENT, 'grant', consent).status).toBe('success');

    // The hospital, with what stands on the chain and its own key.
    const asked = { patient: PATIENT, record: 0, purpose: PURPOSE.care };
    const receipt = send(HOSPITAL, 'read', asked);
    const contentHash = fromWord(receipt.events[0]!.fields.contentHash as bigint);
    const record = chain.state.get(records, PATIENT, 0)!;
    const own = chain.state.get(wrappedKeys, PATIENT, 0, HOSPITAL)!;
    const key = value(await unwrapKey(crypto, own, contentHash, hospital));
    const blob = blobs.blob(toHex(contentHash))!;
    const expected = { contentHash, commitment: fromWord(record.commitment) };
    expect(value(await openBlob(crypto, blob, key, expected))).toEqual(TEXT);

    // The insurer sees all that as well, and opens nothing.
    expect(send(INSURER, 'read', asked).error).toBe('healthRecords/no_consent');
    const stolen = await unwrapKey(crypto, own, contentHash, insurer);
    expect(stolen).toMatchObject({ ok: false, error: { code: 'blob/wrong_key' } });

    send(PATIENT, 'withdraw', { reader: HOSPITAL, purpose: PURPOSE.care });
    expect(send(HOSPITAL, 'read', asked).error).toBe('healthRecords/no_consent');
    expect(chain.complaints()).toEqual([]);
  });
});
