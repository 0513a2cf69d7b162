import { type CheckedLogProof, checkLogProof, type LogVerdict } from '../../storage/appendLog/verifyLog.ts';
import { EXIT } from '../failure.ts';
import { exactJson } from '../exactJson.ts';
import { readBytes } from '../readInput.ts';
import { table } from '../report.ts';
import { defineVerb, type Outcome } from '../verb.ts';

/** Bytes of a file of proofs, at most; a proof takes 5 kB. */
const MAX_BYTES = 64 * 1024 * 1024;

const EXIT_CODES: Readonly<Record<LogVerdict, number>> = {
  valid: EXIT.fine,
  invalid: EXIT.checkFailed,
  malformed: EXIT.badInput,
};

export const logProofVerify = defineVerb({
  name: 'log-proof verify',
  about: 'Check inclusion and consistency proofs of RFC 6962 logs.',
  operands: ['file'],
  flags: {},
  notes: [
    'The file (or - for stdin) is JSON: {leafIndex, treeSize, root, leafHash, proof: […]} says that a leaf is in a tree,',
    '{size1, size2, root1, root2, proof: […]} that a tree only grew; or a list of these. Hashes are 64 hex digits, integers',
    'below 2^64 are numbers or decimal strings, other fields are passed over. Trees of one size need no proof, only equal roots.',
    '',
    'Of one proof, --json: {result, reason}; result: “valid”, “invalid” (exit code 1) or “malformed” (exit code 2: it is no proof',
    'at all); reason is null when valid. Of a list, --json: {results, reasons}, one a proof, and exit code 0.',
  ],
  run: async (_flags, [file]) => {
    const text = new TextDecoder().decode(await readBytes(file!, MAX_BYTES, 'no list of proofs needs'));
    const given = exactJson(text);
    if (!given.ok) return ofOne({ verdict: 'malformed', reason: given.error.message });
    return Array.isArray(given.value)
      ? ofMany(given.value.map(checkLogProof))
      : ofOne(checkLogProof(given.value));
  },
});

function ofOne({ verdict, reason }: CheckedLogProof): Outcome {
  return {
    json: { result: verdict, reason: reason ?? null },
    report: [reason === undefined ? verdict : `${verdict}: ${reason}`],
    passed: verdict === 'valid',
    exitCode: EXIT_CODES[verdict],
  };
}

function ofMany(checked: readonly CheckedLogProof[]): Outcome {
  return {
    json: {
      results: checked.map(({ verdict }) => verdict),
      reasons: checked.map(({ reason }) => reason ?? null),
    },
    report: table(
      ['proof', 'result', 'reason'],
      checked.map(({ verdict, reason }, i) => [`${i}`, verdict, reason ?? '']),
    ),
    passed: true,
  };
}
