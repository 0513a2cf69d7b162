import type { ExecutionSettings, GenesisSettings, Settings, TrafficSettings } from '../../api/index.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { shown } from '../../base/shown.ts';
import { type Knob, LIMITS } from './limits.ts';
import { OPTIONAL_GENESIS, readChainRules, readShares } from './readChainRules.ts';

type Given = Readonly<Record<string, unknown>>;

/**
 * Readers of untrusted settings. They fail with `settings/not_a_record`, `settings/missing`,
 * `settings/unknown_knob`, `settings/not_an_integer`, `settings/out_of_range` or
 * `settings/unknown_choice`; `data.knob` names the place. What they answer is a fresh object.
 */
export function readSettings(input: unknown): Result<Settings> {
  const rooms = record(input, 'settings', ['genesis', 'traffic', 'execution']);
  if (!rooms.ok) return rooms;
  const genesis = readGenesis(rooms.value.genesis);
  if (!genesis.ok) return genesis;
  const traffic = readTraffic(rooms.value.traffic);
  if (!traffic.ok) return traffic;
  const execution = readExecution(rooms.value.execution);
  if (!execution.ok) return execution;
  return ok({ genesis: genesis.value, traffic: traffic.value, execution: execution.value });
}

const GENESIS_NUMBERS = ['seed', 'accounts', 'assets', 'pools'] as const;
const TRAFFIC_NUMBERS = [
  'transactionsPerBlock',
  'swapPermille',
  'hotPermille',
  'skewPermille',
  'work',
] as const;
/** Scenarios recorded before there was this knob do without it. */
const MAY_BE_ABSENT: readonly Knob[] = ['skewPermille'];

function readGenesis(input: unknown): Result<GenesisSettings> {
  const fields = [...GENESIS_NUMBERS, 'bankPartition', ...OPTIONAL_GENESIS];
  const given = record(input, 'genesis', fields, OPTIONAL_GENESIS);
  if (!given.ok) return given;
  const numbers = knobs(given.value, GENESIS_NUMBERS);
  if (!numbers.ok) return numbers;
  const bankPartition = choice(given.value.bankPartition, 'bankPartition', ['asset', 'lane'] as const);
  if (!bankPartition.ok) return bankPartition;
  const rules = readChainRules(given.value);
  if (!rules.ok) return rules;
  return ok({ ...numbers.value, bankPartition: bankPartition.value, ...rules.value });
}

function readTraffic(input: unknown): Result<TrafficSettings> {
  const given = record(input, 'traffic', [...TRAFFIC_NUMBERS, 'shares'], [...MAY_BE_ABSENT, 'shares']);
  return given.ok ? readGivenTraffic(given.value) : given;
}

/** What is given of the traffic, which may be all of it or some. */
function readGivenTraffic<T extends Partial<TrafficSettings>>(given: Given): Result<T> {
  const numbers = knobs(given, named(given));
  if (!numbers.ok) return numbers;
  if (given.shares === undefined) return ok(numbers.value as unknown as T);
  const shares = readShares(given.shares);
  return shares.ok ? ok({ ...numbers.value, shares: shares.value } as unknown as T) : shares;
}

function named(given: Given): readonly (typeof TRAFFIC_NUMBERS)[number][] {
  return TRAFFIC_NUMBERS.filter((name) => given[name] !== undefined);
}

/** Some of the traffic's knobs; those that are not named stay as they are. */
export function readTrafficPatch(input: unknown): Result<Partial<TrafficSettings>> {
  const fields = [...TRAFFIC_NUMBERS, 'shares'];
  const given = record(input, 'traffic', fields, fields);
  return given.ok ? readGivenTraffic(given.value) : given;
}

export function readExecution(input: unknown): Result<ExecutionSettings> {
  const fields = ['executor', 'cores', 'scheduleSeed', 'granularity', 'feeRecipient'];
  const given = record(input, 'execution', fields);
  if (!given.ok) return given;
  const executor = choice(given.value.executor, 'executor', [
    'blockStm',
    'moduleLanes',
    'sequential',
  ] as const);
  if (!executor.ok) return executor;
  const cores = record(given.value.cores, 'cores', ['kind', 'count']);
  if (!cores.ok) return cores;
  const kind = choice(cores.value.kind, 'cores.kind', ['real', 'virtual'] as const);
  if (!kind.ok) return kind;
  const count = knob(cores.value.count, kind.value === 'real' ? 'realCores' : 'virtualCores');
  if (!count.ok) return count;
  const scheduleSeed = knob(given.value.scheduleSeed, 'scheduleSeed');
  if (!scheduleSeed.ok) return scheduleSeed;
  const granularity = choice(given.value.granularity, 'granularity', ['slot', 'account'] as const);
  if (!granularity.ok) return granularity;
  const feeRecipient = choice(given.value.feeRecipient, 'feeRecipient', ['exempt', 'tracked'] as const);
  if (!feeRecipient.ok) return feeRecipient;
  return ok({
    executor: executor.value,
    cores: { kind: kind.value, count: count.value },
    scheduleSeed: scheduleSeed.value,
    granularity: granularity.value,
    feeRecipient: feeRecipient.value,
  });
}

/** A record with these fields and no others; those of `optional` may be absent. */
export function record(
  input: unknown,
  knob: string,
  fields: readonly string[],
  optional: readonly string[] = [],
): Result<Given> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail('settings/not_a_record', `“${knob}” must be a record of named values.`, { knob });
  }
  const given = input as Given;
  for (const name of Object.keys(given)) {
    if (!fields.includes(name)) {
      const message = `There is no knob “${shown(name)}” in “${knob}”: leave it out.`;
      return fail('settings/unknown_knob', message, { knob: shown(name), room: knob });
    }
  }
  for (const name of fields) {
    if (given[name] === undefined && !optional.includes(name)) {
      return fail('settings/missing', `“${name}” is missing in “${knob}”: give it.`, {
        knob: name,
        room: knob,
      });
    }
  }
  return ok(given);
}

/** A whole number within the limits of a knob. */
export function knob(value: unknown, name: Knob): Result<number> {
  const { min, max } = LIMITS[name];
  return wholeNumber(value, name, min, max);
}

export function wholeNumber(value: unknown, name: string, min: number, max: number): Result<number> {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return fail('settings/not_an_integer', `“${name}” must be a whole number.`, { knob: name });
  }
  if (value < min || value > max) {
    const message = `“${name}” must lie between ${min} and ${max}.`;
    return fail('settings/out_of_range', message, { knob: name, min, max, given: value });
  }
  return ok(value === 0 ? 0 : value);
}

function knobs<N extends Knob>(given: Given, names: readonly N[]): Result<{ [K in N]: number }> {
  const read: Partial<Record<N, number>> = {};
  for (const name of names) {
    const value = knob(given[name], name);
    if (!value.ok) return value;
    read[name] = value.value;
  }
  return ok(read as { [K in N]: number });
}

export function choice<C extends string>(value: unknown, name: string, choices: readonly C[]): Result<C> {
  const found = choices.find((candidate) => candidate === value);
  if (found !== undefined) return ok(found);
  const message = `“${name}” must be one of ${choices.join(', ')}.`;
  return fail('settings/unknown_choice', message, { knob: name, given: shown(value) });
}
