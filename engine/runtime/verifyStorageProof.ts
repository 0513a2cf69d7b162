import type { ProofCheck } from '../api/index.ts';
import { trailOfWrite, verifyWrite } from '../storage/appendLog/verifyWrite.ts';
import type { ProofVerdict } from '../storage/contract.ts';
import { trailOfProof, verifyProof } from '../storage/merkleTree/verifyProof.ts';

/** What the text of a proof of any kind of storage is worth; each kind's verifier knows its own by the format. Never throws. */
export function verifyStorageProof(text: string, trusted?: string): ProofVerdict {
  for (const verify of [verifyProof, verifyWrite]) {
    const verdict = verify(text, trusted);
    if (verdict !== 'malformed') return verdict;
  }
  return 'malformed';
}

/**
 * A proof's verdict, how it climbs, and how long checking it took. It needs no chain. What is no text, and a root that is none, is malformed.
 * Takes twice what checking takes.
 */
export function checkProof(text: unknown, trusted: unknown): ProofCheck {
  if (typeof text !== 'string' || (trusted !== undefined && typeof trusted !== 'string')) {
    return { verdict: 'malformed', trail: null, verifyUs: 0 };
  }
  const started = performance.now();
  const verdict = verifyStorageProof(text, trusted);
  const verifyUs = (performance.now() - started) * 1000;
  return { verdict, trail: trailOfProof(text) ?? trailOfWrite(text) ?? null, verifyUs };
}
