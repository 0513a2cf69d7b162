import { fail, ok, type Result } from '../base/result.ts';
import { shown } from '../base/shown.ts';

/**
 * Looks at a JSON text before it is parsed. Fails with `scenario/too_deep` when brackets nest deeper than `most`, and
 * with `scenario/duplicate_field` when a record names a field twice: readers of JSON do not agree on which one
 * counts. A text that is no JSON passes; the parser says so. Takes time and memory in proportion to the text.
 */
export function checkJsonShape(text: string, most: number): Result<void> {
  /** The names of each record around the place at hand; a list has none. */
  const around: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === '{' || letter === '[') {
      if (around.length === most) {
        return fail(
          'scenario/too_deep',
          `A scenario nests at most ${most} levels: open a file that was saved by “Share”.`,
          { max: most },
        );
      }
      around.push(letter === '{' ? new Set() : undefined);
    } else if (letter === '}' || letter === ']') {
      around.pop();
    } else if (letter === '"') {
      const end = endOfText(text, at);
      const names = around.at(-1);
      if (names !== undefined && isName(text, end)) {
        const name = nameOf(text.slice(at, end));
        if (names.has(name)) {
          const message = `The field “${shown(name)}” stands twice in one record: leave one of them out.`;
          return fail('scenario/duplicate_field', message, { field: shown(name) });
        }
        names.add(name);
      }
      at = end - 1;
    }
  }
  return ok(undefined);
}

/** The place after the closing mark of the text that opens at `at`. */
function endOfText(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

/** Whether a colon follows, white space aside. */
function isName(text: string, at: number): boolean {
  let i = at;
  while (i < text.length && ' \t\n\r'.includes(text[i]!)) i++;
  return text[i] === ':';
}

/** A name as the parser would read it: the same name can be written in several ways. */
function nameOf(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}
