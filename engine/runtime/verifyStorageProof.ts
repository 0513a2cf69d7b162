import { verifyWrite } from '../storage/appendLog/verifyWrite.ts';
import type { ProofVerdict } from '../storage/contract.ts';
import { verifyProof } from '../storage/merkleTree/verifyProof.ts';

/** What the text of a proof of any kind of storage is worth; each kind's verifier knows its own by the format. Never throws. */
export function verifyStorageProof(text: string, trusted?: string): ProofVerdict {
  for (const verify of [verifyProof, verifyWrite]) {
    const verdict = verify(text, trusted);
    if (verdict !== 'malformed') return verdict;
  }
  return 'malformed';
}
