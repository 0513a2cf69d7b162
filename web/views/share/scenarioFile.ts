import type { Scenario } from '../../../engine/api/index.ts';

/** A larger scenario file does not open. */
const MOST_BYTES = 256 * 1024;

/** A scenario as a file that people can read, or in one line where that would be too long to open again. */
export function scenarioText(scenario: Scenario): string {
  const readable = `${JSON.stringify(scenario, null, 2)}\n`;
  return new TextEncoder().encode(readable).length <= MOST_BYTES ? readable : JSON.stringify(scenario);
}

/** A file's name from a title: small letters, digits and hyphens. */
export function fileNameOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${words === '' ? 'scenario' : words}.json`;
}
