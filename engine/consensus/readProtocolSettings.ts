import { fail, ok, type Result } from '../base/result.ts';
import type { ProtocolSetting } from '../types/consensusLog.ts';

/**
 * A protocol's settings by name: what is given, the initial value for the rest. Fails with `consensus/bad_setting` for a name that is not
 * known and for what is not whole or out of its limits; data has `setting`, `value`, `min`, `max`.
 */
export function readProtocolSettings(
  known: readonly ProtocolSetting[],
  given: Readonly<Record<string, number>>,
): Result<Readonly<Record<string, number>>> {
  for (const name of Object.keys(given)) {
    if (known.some((setting) => setting.name === name)) continue;
    const names = known.map((setting) => setting.name).join(', ');
    return fail('consensus/bad_setting', `There is no setting “${name}”: there are ${names}.`, {
      setting: name,
    });
  }
  const read: Record<string, number> = {};
  for (const { name, initial, min, max } of known) {
    const value = Object.hasOwn(given, name) ? given[name]! : initial;
    if (!Number.isInteger(value) || value < min || value > max) {
      const message = `“${name}” must be a whole number from ${min} to ${max}, not ${value}.`;
      return fail('consensus/bad_setting', message, { setting: name, value: String(value), min, max });
    }
    read[name] = value;
  }
  return ok(read);
}
