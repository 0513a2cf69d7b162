/**
 * Sentences with places to click. A catalogue text names its values in braces, as for `format`; a value
 * may be a link to a transaction, a key or an instant, which a view draws as a button.
 */
export type PhrasePart =
  | string
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'tx'; readonly tx: number; readonly text: string }
  /** `key` is the key's text, `module/table/part…`. */
  | { readonly kind: 'key'; readonly key: string; readonly text: string }
  | { readonly kind: 'instant'; readonly timeUs: number; readonly text: string };

export type Phrase = readonly PhrasePart[];

/** Puts values into a catalogue text; a value may itself be a phrase. Unknown names stay as they are. */
export function phrase(
  text: string,
  values: Readonly<Record<string, PhrasePart | Phrase | number>> = {},
): Phrase {
  const parts: PhrasePart[] = [];
  const add = (part: PhrasePart): void => {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  };
  for (const piece of text.split(/(\{\w+\})/)) {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    const value = name === undefined ? undefined : values[name];
    if (value === undefined) add(piece);
    else if (typeof value === 'number') add(String(value));
    else if (isPhrase(value)) value.forEach(add);
    else add(value);
  }
  return parts;
}

/** The phrase as plain text, for labels and tests. */
export function plain(of: Phrase): string {
  return of.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** Several phrases as one list: "a, b and c". */
export function enumerate(items: readonly Phrase[], and: string): Phrase {
  return items.flatMap((item, i) => {
    if (i === 0) return item;
    return [i === items.length - 1 ? ` ${and} ` : ', ', ...item];
  });
}

function isPhrase(value: PhrasePart | Phrase): value is Phrase {
  return Array.isArray(value);
}
