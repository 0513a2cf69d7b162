const MOST_LETTERS = 40;

/** What was given, as far as an answer repeats it: the beginning of a text, the kind of everything else. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MOST_LETTERS) : typeof value;
}
