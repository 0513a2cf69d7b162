/** Columns between the words of a line. */
const GAP = '  ';

/** Names and values, one a line, aligned. */
export function pairs(rows: readonly (readonly [name: string, value: string])[]): string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}${GAP}${value}`.trimEnd());
}

/** A table with a heading; numbers stand on the right, words on the left. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const numeric = heading.map(
    (_, at) => rows.length > 0 && rows.every((row) => /^[-–\d.,%× ]+$/.test(row[at]!)),
  );
  return [heading, ...rows].map((row) =>
    row
      .map((cell, at) => (numeric[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join(GAP)
      .trimEnd(),
  );
}

/** A number for people: 12,345 or 3.25, the same wherever it is printed. */
export function figure(value: number, decimals = 0): string {
  const [whole, fraction] = value.toFixed(decimals).split('.') as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A check in words. */
export function yesNo(holds: boolean): string {
  return holds ? 'yes ✓' : 'NO ✗';
}

/** Stands where there is no figure. */
export const NO_FIGURE = '–';

/** A figure in a JSON document: at most three decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
