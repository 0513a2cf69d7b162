/**
 * The message catalogue: every text of the page, by room. Each view adds its own file under
 * `web/lib/messages/`; `{name}` stands for a value.
 */
export function format(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}
