import type { Action, DraftJson } from '../../api/index.ts';
import { MAX_U32 } from '../../base/integerMath.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import { shown } from '../../base/shown.ts';
import { type CompleteDraft, readDraft } from '../../chain/draft.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import { toJson } from '../../moduleSdk/json.ts';
import { LIMITS, MAX_ACTIONS } from './limits.ts';
import { choice, readTrafficPatch, record, wholeNumber } from './readSettings.ts';

/** Twice a block and what may come before its traffic: no index beyond means anything. */
const MAX_INDEX = 2 * LIMITS.transactionsPerBlock.max + MAX_ACTIONS;
const MAX_WAYS = 255;
/** Letters of a key's text, at most. */
const MAX_KEY_TEXT = 400;
/** Letters of a module's id, at most. */
const MAX_MODULE_ID = 40;
/** A module gets slower by at most so much. */
const MAX_FACTOR = 1000;

/**
 * Reads untrusted actions. Fails with `action/not_a_list`, `action/too_many`,
 * `action/unknown_kind`, `action/not_a_key`, `action/not_an_address`, or with what their parts say. What is answered is a fresh object.
 */
export function readActions(modules: ModuleSet, input: unknown): Result<Action[]> {
  if (!Array.isArray(input)) return fail('action/not_a_list', 'Actions come as a list.');
  if (input.length > MAX_ACTIONS) {
    return fail('action/too_many', `There may be at most ${MAX_ACTIONS} actions at a time.`, {
      given: input.length,
      max: MAX_ACTIONS,
    });
  }
  const actions: Action[] = [];
  for (const item of input) {
    const action = readAction(modules, item);
    if (!action.ok) return action;
    actions.push(action.value);
  }
  return ok(actions);
}

function readAction(modules: ModuleSet, input: unknown): Result<Action> {
  const kind = typeof input === 'object' && input !== null ? (input as { kind?: unknown }).kind : undefined;
  if (kind === 'setTraffic') {
    const given = record(input, kind, ['kind', 'traffic']);
    if (!given.ok) return given;
    const traffic = readTrafficPatch(given.value.traffic);
    return traffic.ok ? ok({ kind, traffic: traffic.value }) : traffic;
  }
  if (kind === 'splitPool') {
    const given = record(input, kind, ['kind', 'pool', 'ways']);
    if (!given.ok) return given;
    const pool = wholeNumber(given.value.pool, 'pool', 0, MAX_U32);
    if (!pool.ok) return pool;
    const ways = wholeNumber(given.value.ways, 'ways', 2, MAX_WAYS);
    return ways.ok ? ok({ kind, pool: pool.value, ways: ways.value }) : ways;
  }
  if (kind === 'submit') {
    const given = record(input, kind, ['kind', 'transaction', 'replaces'], ['replaces']);
    if (!given.ok) return given;
    const draft = readDraft(modules, given.value.transaction);
    if (!draft.ok) return draft;
    const transaction = draftJson(modules, draft.value);
    if (given.value.replaces === undefined) return ok({ kind, transaction });
    const replaces = wholeNumber(given.value.replaces, 'replaces', 0, MAX_U32);
    return replaces.ok ? ok({ kind, transaction, replaces: replaces.value }) : replaces;
  }
  if (kind === 'replace') {
    const given = record(input, kind, ['kind', 'index', 'transaction']);
    if (!given.ok) return given;
    const index = wholeNumber(given.value.index, 'index', 0, MAX_INDEX);
    if (!index.ok) return index;
    const draft = readDraft(modules, given.value.transaction);
    return draft.ok ? ok({ kind, index: index.value, transaction: draftJson(modules, draft.value) }) : draft;
  }
  if (kind === 'haltModule' || kind === 'resumeModule' || kind === 'breakModule') {
    return readHealthAction(kind, input);
  }
  if (kind === 'splitKey') {
    const given = record(input, kind, ['kind', 'key', 'ways']);
    if (!given.ok) return given;
    const { key } = given.value;
    if (typeof key !== 'string' || key.length > MAX_KEY_TEXT) {
      return fail('action/not_a_key', `A key is a text of at most ${MAX_KEY_TEXT} letters.`);
    }
    const ways = wholeNumber(given.value.ways, 'ways', 2, MAX_WAYS);
    return ways.ok ? ok({ kind, key, ways: ways.value }) : ways;
  }
  if (kind === 'keepContract') {
    const given = record(input, kind, ['kind', 'address']);
    if (!given.ok) return given;
    const { address } = given.value;
    if (typeof address !== 'string' || !/^0x[0-9a-fA-F]{40}$/.test(address)) {
      return fail('action/not_an_address', 'An address is 0x and forty hexadecimal digits.');
    }
    return ok({ kind, address: address.toLowerCase() });
  }
  return fail('action/unknown_kind', `There is no action “${shown(kind)}”: leave it out.`, {
    kind: shown(kind),
  });
}

function readHealthAction(
  kind: 'haltModule' | 'resumeModule' | 'breakModule',
  input: unknown,
): Result<Action> {
  const optional = { haltModule: ['policy', 'at'], resumeModule: [], breakModule: ['factor', 'at'] }[kind];
  const required = kind === 'breakModule' ? ['kind', 'module', 'fault'] : ['kind', 'module'];
  const given = record(input, kind, [...required, ...optional], optional);
  if (!given.ok) return given;
  const { module } = given.value;
  if (typeof module !== 'string' || module.length > MAX_MODULE_ID) {
    return fail('action/unknown_module', '“module” must be the id of a module, such as bank.', {
      module: shown(module),
    });
  }
  if (kind === 'resumeModule') return ok({ kind, module });
  const at = optionalWhole(given.value.at, 'at', 0, MAX_INDEX);
  if (!at.ok) return at;
  if (kind === 'haltModule') {
    if (given.value.policy === undefined) return ok({ kind, module, ...at.value });
    const policy = choice(given.value.policy, 'policy', ['reject', 'queue'] as const);
    return policy.ok ? ok({ kind, module, policy: policy.value, ...at.value }) : policy;
  }
  const fault = choice(given.value.fault, 'fault', ['panic', 'storageFull', 'slow'] as const);
  if (!fault.ok) return fault;
  const factor = optionalWhole(given.value.factor, 'factor', 2, MAX_FACTOR);
  return factor.ok ? ok({ kind, module, fault: fault.value, ...factor.value, ...at.value }) : factor;
}

/** The number under its name when it is given, and nothing when it is not. */
function optionalWhole<N extends string>(
  input: unknown,
  name: N,
  min: number,
  max: number,
): Result<{ readonly [K in N]?: number }> {
  if (input === undefined) return ok({});
  const number = wholeNumber(input, name, min, max);
  return number.ok ? ok({ [name]: number.value } as { readonly [K in N]: number }) : number;
}

/** A draft as it is recorded and linked: plain JSON, everything said. */
export function draftJson(modules: ModuleSet, draft: CompleteDraft): DraftJson {
  const { args, ...rest } = draft;
  return { ...rest, args: toJson(args, modules.transaction(draft.module, draft.name)!.type.args.fields) };
}
