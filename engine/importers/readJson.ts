import { fail, ok, type Result, type TypedError } from '../base/result.ts';
import { MAX_TRANSACTIONS } from './limits.ts';

/** Objects and lists inside each other, at most; a block has six levels. */
const MAX_DEPTH = 32;
/** Commas, colons and opening brackets, at most: a hundred for each of the transactions that a block may have. */
const MAX_MARKS = 100 * MAX_TRANSACTIONS;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_RECORD = 0x7b;
const CLOSE_RECORD = 0x7d;

/**
 * JSON from bytes, after a look at how much there is of it: what is nested deeper or has more parts than any block
 * is refused before anything is made of it. Fails with `import/too_deep`, `import/too_many_transactions` or
 * `import/not_json`.
 */
export function readJson(bytes: Uint8Array): Result<unknown> {
  const error = complaint(bytes);
  if (error !== undefined) return error;
  try {
    return ok(JSON.parse(new TextDecoder('utf-8').decode(bytes)) as unknown);
  } catch {
    return notJson();
  }
}

type Refused = { readonly ok: false; readonly error: TypedError };

/** One pass over the bytes; texts are jumped over. */
function complaint(bytes: Uint8Array): Refused | undefined {
  let depth = 0;
  let marks = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      at = endOfText(bytes, at);
      if (at < 0) return notJson();
    } else if (byte === COMMA || byte === COLON) {
      marks++;
    } else if (byte === OPEN_LIST || byte === OPEN_RECORD) {
      marks++;
      depth++;
      if (depth > MAX_DEPTH) {
        const message = `The file nests deeper than ${MAX_DEPTH} levels, which no block does: choose another file.`;
        return fail('import/too_deep', message, { at });
      }
    } else if (byte === CLOSE_LIST || byte === CLOSE_RECORD) {
      depth--;
    }
    if (marks > MAX_MARKS) {
      const message = `The file has more parts than a block of ${MAX_TRANSACTIONS} transactions, the most that fits here: choose a smaller one.`;
      return fail('import/too_many_transactions', message, { max: MAX_TRANSACTIONS });
    }
  }
  return depth === 0 ? undefined : notJson();
}

/** Where the text that begins at `at` ends: at the first quote that no backslash stands before; -1 when it does not. */
function endOfText(bytes: Uint8Array, at: number): number {
  for (let end = at + 1; end < bytes.length; end++) {
    const byte = bytes[end];
    if (byte === QUOTE) return end;
    if (byte === BACKSLASH) end++;
  }
  return -1;
}

function notJson(): Refused {
  return fail('import/not_json', 'The file begins like JSON, but is not: it may be cut off. Fetch it again.');
}
