import { fail, ok, type Result } from '../base/result.ts';
import { MAX_TRANSACTIONS } from './limits.ts';

/** Objects and lists inside each other, at most; a block has six levels. */
const MAX_DEPTH = 32;
/** Commas, brackets and colons, at most: a hundred for each of the transactions that a block may have. */
const MAX_MARKS = 100 * MAX_TRANSACTIONS;
/** Bytes turned into text at a time. */
const CHUNK = 8192;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * JSON from bytes, after a look at how much there is of it: what is nested deeper or has more parts than any block
 * is refused before anything is made of it. Text is taken byte by byte; what a block says is ASCII. Fails
 * with `import/too_deep`, `import/too_many_transactions` or `import/not_json`.
 */
export function readJson(bytes: Uint8Array): Result<unknown> {
  let depth = 0;
  let marks = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) {
      inText = true;
    } else if (byte === COMMA || byte === COLON) {
      marks++;
    } else if (byte >= 0x5b) {
      if (OPENING.has(byte)) {
        marks++;
        depth++;
        if (depth > MAX_DEPTH) {
          return fail(
            'import/too_deep',
            `The file nests deeper than ${MAX_DEPTH} levels, which no block does.`,
            {
              at,
            },
          );
        }
      } else if (CLOSING.has(byte)) depth--;
    }
    if (marks > MAX_MARKS) {
      const message = `The file has more parts than a block of ${MAX_TRANSACTIONS} transactions, the most that fits here.`;
      return fail('import/too_many_transactions', message, { max: MAX_TRANSACTIONS });
    }
  }
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail('import/not_json', 'The file begins like JSON, but is not: it may be cut off.');
  }
}
