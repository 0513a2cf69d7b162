import { fail, ok, type Result } from '../base/result.ts';

/** Digits from which on a number may not be exact any more. */
const MANY_DIGITS = 16;

/**
 * JSON of which no integer is rounded: those of 16 digits and more come out as texts of their digits, since a number does not hold
 * them. Fails with `json/not_json`. Takes time in proportion to the text.
 */
export function exactJson(text: string): Result<unknown> {
  try {
    // The text itself first: what is put in quotes below must not make JSON of what is none.
    const value: unknown = JSON.parse(text);
    const quoted = withQuotedIntegers(text);
    return ok(quoted === text ? value : JSON.parse(quoted));
  } catch {
    return fail('json/not_json', 'The file is not JSON.');
  }
}

function withQuotedIntegers(text: string): string {
  let result = '';
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') {
      at = endOfText(text, at);
    } else if (isDigit(text, at)) {
      const begin = at;
      while (isDigit(text, at + 1)) at++;
      if (at + 1 - begin < MANY_DIGITS || '.eE'.includes(text[at + 1] ?? ' ')) continue;
      if ('-.+eE'.includes(text[begin - 1] ?? ' ')) continue;
      result += `${text.slice(copied, begin)}"${text.slice(begin, at + 1)}"`;
      copied = at + 1;
    }
  }
  return result + text.slice(copied);
}

function isDigit(text: string, at: number): boolean {
  const letter = text[at];
  return letter !== undefined && letter >= '0' && letter <= '9';
}

/** The place of the quote that ends the text which begins at `at`. */
function endOfText(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
