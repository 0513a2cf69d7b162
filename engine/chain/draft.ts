import { MAX_U32 } from '../base/integerMath.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { shown } from '../base/shown.ts';
import { DEFAULT_GAS_LIMIT, MAX_GAS_LIMIT } from '../execution/kernel/gas.ts';
import type { ModuleDefinition, ModuleSet } from '../moduleSdk/index.ts';
import { fromJson } from '../moduleSdk/json.ts';
import { MODULE_OWNED } from '../types/ids.ts';
import type { Arguments, TransactionDraft } from '../types/transaction.ts';

/** Rounds of work a transaction may declare. */
export const MAX_WORK = 1_000_000;
export const DEFAULT_GAS_PRICE = 1;

const FIELDS = ['sender', 'module', 'name', 'args', 'work', 'gasLimit', 'gasPrice', 'tip'];

/** A draft with everything said but the tip, which counts only where there is a base fee. */
export type CompleteDraft = Required<Omit<TransactionDraft, 'tip'>> & Pick<TransactionDraft, 'tip'>;

/** Fills in what a draft leaves open. */
export function completeDraft(draft: TransactionDraft): CompleteDraft {
  return {
    sender: draft.sender,
    module: draft.module,
    name: draft.name,
    args: draft.args,
    work: draft.work ?? 0,
    gasLimit: draft.gasLimit ?? DEFAULT_GAS_LIMIT,
    gasPrice: draft.gasPrice ?? DEFAULT_GAS_PRICE,
    ...(draft.tip === undefined ? {} : { tip: draft.tip }),
  };
}

/**
 * Reads a transaction that somebody wrote by hand from untrusted JSON. Fails with
 * `transaction/not_a_record`, `transaction/unknown_field`, `transaction/unknown_kind`, `transaction/inactive_module` (not among `active`),
 * `transaction/genesis_only`, `transaction/imported_only`, `transaction/system_only`, `transaction/not_an_integer`, `transaction/out_of_range`,
 * `transaction/not_a_person`, or what {@link fromJson} says of its arguments.
 */
export function readDraft(
  modules: ModuleSet,
  input: unknown,
  active: readonly ModuleDefinition[] = modules.modules,
): Result<CompleteDraft> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail(
      'transaction/not_a_record',
      'A transaction is a record with a sender, a module, a name and arguments.',
    );
  }
  const given = input as Readonly<Record<string, unknown>>;
  for (const field of Object.keys(given)) {
    if (!FIELDS.includes(field)) {
      const named = shown(field);
      return fail('transaction/unknown_field', `A transaction has no field “${named}”: leave it out.`, {
        field: named,
      });
    }
  }
  const { module, name } = given;
  const linked =
    typeof module === 'string' && typeof name === 'string' ? modules.transaction(module, name) : undefined;
  if (linked === undefined) {
    const kind = `${shown(module)}.${shown(name)}`;
    const message = `There is no transaction “${kind}”: choose among ${choice(active, module)}.`;
    return fail('transaction/unknown_kind', message, { kind });
  }
  if (!active.includes(linked.module)) {
    const { id } = linked.module;
    const message = `Module “${id}” takes no part in this chain; add it to the chain's modules.`;
    return fail('transaction/inactive_module', message, { module: id });
  }
  if (linked.type.genesisOnly) {
    const kind = `${linked.module.id}.${linked.name}`;
    return fail('transaction/genesis_only', `“${kind}” is only possible at genesis: leave it out.`, { kind });
  }
  if (linked.type.importedOnly) {
    const kind = `${linked.module.id}.${linked.name}`;
    const message = `“${kind}” is part of imported blocks only: nobody sends one by hand.`;
    return fail('transaction/imported_only', message, { kind });
  }
  if (linked.type.systemOnly) {
    const kind = `${linked.module.id}.${linked.name}`;
    const message = `“${kind}” is sent by the chain itself: send a message, and the chain carries it.`;
    return fail('transaction/system_only', message, { kind });
  }
  const sender = integer(given.sender, 'sender', 0, MAX_U32);
  if (!sender.ok) return sender;
  if (sender.value >= MODULE_OWNED) {
    const message = 'That account belongs to a module; only people send transactions.';
    return fail('transaction/not_a_person', message, { sender: sender.value });
  }
  const work = integer(given.work ?? 0, 'work', 0, MAX_WORK);
  if (!work.ok) return work;
  const gasLimit = integer(given.gasLimit ?? DEFAULT_GAS_LIMIT, 'gasLimit', 1, MAX_GAS_LIMIT);
  if (!gasLimit.ok) return gasLimit;
  const gasPrice = integer(given.gasPrice ?? DEFAULT_GAS_PRICE, 'gasPrice', 0, MAX_U32);
  if (!gasPrice.ok) return gasPrice;
  const tip = integer(given.tip ?? 0, 'tip', 0, MAX_U32);
  if (!tip.ok) return tip;
  const args = fromJson(linked.type.args, given.args);
  if (!args.ok) return args;
  return ok({
    sender: sender.value,
    module: linked.module.id,
    name: linked.name,
    args: args.value as Arguments,
    work: work.value,
    gasLimit: gasLimit.value,
    gasPrice: gasPrice.value,
    ...(given.tip === undefined ? {} : { tip: tip.value }),
  });
}

/** What can be sent instead: what the module has, or the modules that have something. */
function choice(active: readonly ModuleDefinition[], module: unknown): string {
  const sent = active.map(({ id, transactions }) => ({
    id,
    names: Object.keys(transactions).filter((name) => {
      const { genesisOnly, importedOnly } = transactions[name]!;
      return !genesisOnly && !importedOnly;
    }),
  }));
  const named = sent.find(({ id, names }) => id === module && names.length > 0);
  if (named !== undefined) return named.names.map((name) => `${named.id}.${name}`).join(', ');
  const ids = sent.filter(({ names }) => names.length > 0).map(({ id }) => id);
  return `what the modules ${ids.join(', ')} have`;
}

function integer(value: unknown, field: string, min: number, max: number): Result<number> {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return fail('transaction/not_an_integer', `“${field}” must be a whole number.`, { field });
  }
  if (value < min || value > max) {
    const message = `“${field}” must lie between ${min} and ${max}.`;
    return fail('transaction/out_of_range', message, { field, min, max, given: value });
  }
  return ok(value);
}
