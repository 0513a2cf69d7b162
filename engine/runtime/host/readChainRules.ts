import type { GenesisSettings, TrafficSettings } from '../../api/index.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { shown } from '../../base/shown.ts';
import { activeModules, DEFAULT_MODULES, type ModuleDefinition } from '../../moduleSdk/index.ts';
import { modules } from '../../registry.ts';
import { LIMITS } from './limits.ts';
import { choice, record, wholeNumber } from './readSettings.ts';

/** Settings that came after the first scenarios: each may be absent, and then nothing is said of it. */
export const OPTIONAL_GENESIS = [
  'modules',
  'mode',
  'fees',
  'gasTarget',
  'builder',
  'keyGasCap',
  'standby',
] as const;
type Rules = Pick<GenesisSettings, (typeof OPTIONAL_GENESIS)[number]>;

const CHOICES = {
  mode: ['monolithic', 'modular'],
  fees: ['fixed', 'global', 'local'],
  builder: ['firstCome', 'byFee', 'conflictAware'],
} as const;

/**
 * Reads those of the optional settings that are given. Beside what {@link readSettings} fails with:
 * `settings/not_a_list`, `settings/unknown_module`, `settings/named_twice`, `settings/module_missing`.
 */
export function readChainRules(given: Readonly<Record<string, unknown>>): Result<Rules> {
  const rules: { -readonly [K in keyof Rules]: Rules[K] } = {};
  for (const name of ['mode', 'fees', 'builder'] as const) {
    if (given[name] === undefined) continue;
    const chosen = choice(given[name], name, CHOICES[name] as readonly string[]);
    if (!chosen.ok) return chosen;
    Object.assign(rules, { [name]: chosen.value });
  }
  for (const name of ['gasTarget', 'keyGasCap'] as const) {
    if (given[name] === undefined) continue;
    const gas = wholeNumber(given[name], name, LIMITS[name].min, LIMITS[name].max);
    if (!gas.ok) return gas;
    rules[name] = gas.value;
  }
  if (given.modules !== undefined) {
    const named = readModules(given.modules);
    if (!named.ok) return named;
    rules.modules = named.value;
  }
  if (given.standby !== undefined) {
    const names = activeModules(modules, rules.modules).map(({ id }) => id);
    const standby = wholeNumbers(given.standby, 'standby', names, LIMITS.standby);
    if (!standby.ok) return standby;
    rules.standby = standby.value;
  }
  return ok(rules);
}

/** The share of each workload, in thousandths. Fails also with `settings/shares_too_large` where they are more than a thousand. */
export function readShares(input: unknown): Result<NonNullable<TrafficSettings['shares']>> {
  const names = modules.flatMap(({ workloads }) => workloads.map(({ name }) => name));
  const shares = wholeNumbers(input, 'shares', names, LIMITS.share);
  if (!shares.ok) return shares;
  const total = Object.values(shares.value).reduce((sum, share) => sum + share, 0);
  if (total <= LIMITS.share.max) return shares;
  const message = `The shares add up to ${total} thousandths; together they are at most ${LIMITS.share.max}.`;
  return fail('settings/shares_too_large', message, { knob: 'shares', given: total, max: LIMITS.share.max });
}

/** In the order of the registry, so that two ways to write the same settings are the same. */
function readModules(input: unknown): Result<readonly string[]> {
  if (!Array.isArray(input) || input.length === 0 || input.length > modules.length) {
    const message = `“modules” must be a list of module ids, such as ${DEFAULT_MODULES.join(', ')}.`;
    return fail('settings/not_a_list', message, { knob: 'modules' });
  }
  const choosable = modules.filter((module) => !importedOnly(module));
  for (const id of input) {
    if (choosable.some((module) => module.id === id)) continue;
    const message = `There is no module “${shown(id)}”; there are ${choosable.map((module) => module.id).join(', ')}.`;
    return fail('settings/unknown_module', message, { knob: 'modules', given: shown(id) });
  }
  const active = activeModules(modules, input as string[]);
  if (active.length !== input.length) {
    return fail('settings/named_twice', '“modules” names a module twice.', { knob: 'modules' });
  }
  for (const { id, requires } of active) {
    for (const { name } of requires) {
      const needed = modules.find(({ provides }) =>
        provides.some(({ capability }) => capability.name === name),
      )!;
      if (active.includes(needed)) continue;
      const message = `“${id}” needs “${needed.id}”, which “modules” does not name.`;
      return fail('settings/module_missing', message, { knob: 'modules', module: id, needs: needed.id });
    }
  }
  return ok(active.map(({ id }) => id));
}

function importedOnly({ transactions }: ModuleDefinition): boolean {
  return Object.values(transactions).every((type) => type.genesisOnly || type.importedOnly);
}

/** A record of whole numbers under some of these names, in their order. */
function wholeNumbers(
  input: unknown,
  knob: string,
  names: readonly string[],
  { min, max }: { readonly min: number; readonly max: number },
): Result<{ readonly [name: string]: number }> {
  const given = record(input, knob, names, names);
  if (!given.ok) return given;
  const numbers: Record<string, number> = {};
  for (const name of names) {
    if (!Object.hasOwn(given.value, name)) continue;
    const number = wholeNumber(given.value[name], `${knob}.${name}`, min, max);
    if (!number.ok) return number;
    numbers[name] = number.value;
  }
  return ok(numbers);
}
