import { assert } from '../base/assert.ts';
import { fail, ok, type Result } from '../base/result.ts';

/** The format that is written now. */
export const FORMAT = 1;

/** A scenario's JSON of one format as the next format says it. Never looks at anything but its input. */
export type Upgrader = (scenario: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/** Steps from each older format to the one after it, by the older one's number. */
export type Upgraders = Readonly<Record<number, Upgrader>>;

/** Format 1 is the first. */
const UPGRADERS: Upgraders = {};

/** Asserts that every older format has its step: a link once given away opens for ever. */
export function requireUpgraders(upgraders: Upgraders, format: number): void {
  for (let from = 1; from < format; from++) {
    assert(upgraders[from] !== undefined, 'every older format has a step to the next', { from, format });
  }
}
requireUpgraders(UPGRADERS, FORMAT);

/**
 * A scenario of any format as one of the present format, step by step. Fails with `scenario/not_a_record`,
 * `scenario/no_format`, or `scenario/newer_format`.
 */
export function upgrade(
  input: unknown,
  upgraders: Upgraders = UPGRADERS,
  format: number = FORMAT,
): Result<Readonly<Record<string, unknown>>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail('scenario/not_a_record', 'A scenario must be a record: {"format": 1, "title": …}.');
  }
  let scenario = input as Readonly<Record<string, unknown>>;
  const from = Object.hasOwn(scenario, 'format') ? scenario.format : undefined;
  if (typeof from !== 'number' || !Number.isInteger(from) || from < 1) {
    return fail(
      'scenario/no_format',
      'The scenario does not say its format: “format” must be a whole number from 1.',
    );
  }
  if (from > format) {
    const message = `The scenario has format ${from}; this page reads up to ${format}. Load the newest version and open it again.`;
    return fail('scenario/newer_format', message, { format: from, newest: format });
  }
  for (let step = from; step < format; step++) {
    scenario = { ...upgraders[step]!(scenario), format: step + 1 };
  }
  return ok(scenario);
}
