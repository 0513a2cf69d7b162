import type { EngineDescription, FieldDescription, TransactionSummary } from '../../../engine/api/index.ts';
import { accountName } from '../../lib/format.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { stateMessages } from '../../lib/messages/state.ts';
import { type Phrase, phrase } from '../../lib/phrase.ts';
import { roleOf, scalarWords } from '../../lib/stateWords.ts';

export interface ArgumentRow {
  readonly name: string;
  readonly value: string;
  /** Entries of a list, each a row of its own. */
  readonly items?: readonly (readonly ArgumentRow[])[];
}

type Described = EngineDescription['modules'][number]['transactions'][number];

function schemaOf(of: TransactionSummary, description: EngineDescription | null): Described | undefined {
  return description?.modules
    .find((module) => module.id === of.module)
    ?.transactions.find((transaction) => transaction.name === of.name);
}

/**
 * What the transaction does, in one sentence from its own arguments; where nobody wrote such a
 * sentence, the module's summary of the kind (its arguments are listed beside it anyway).
 */
export function describeTransaction(of: TransactionSummary, description: EngineDescription | null): Phrase {
  const schema = schemaOf(of, description);
  const template = text.does[`${of.module}/${of.name}`];
  const sender = accountName(of.sender);
  if (template !== undefined) {
    const values: Record<string, { kind: 'strong'; text: string }> = {
      sender: { kind: 'strong', text: sender },
    };
    for (const [name, value] of Object.entries(of.args)) {
      if (Array.isArray(value)) values[name] = { kind: 'strong', text: String(value.length) };
      else values[name] = { kind: 'strong', text: scalarWords(value, roleOf(name, fieldOf(schema, name))) };
    }
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    if (names.every((name) => name in values)) return phrase(template, values);
  }
  return [schema?.summary ?? `${of.module}.${of.name}`];
}

/** The arguments, a row each, by the roles of the schema. */
export function argumentRows(
  of: TransactionSummary,
  description: EngineDescription | null,
): readonly ArgumentRow[] {
  return rows(of.args, schemaOf(of, description)?.fields);
}

function rows(
  args: { readonly [name: string]: unknown },
  fields: readonly FieldDescription[] | undefined,
): readonly ArgumentRow[] {
  return Object.entries(args).map(([name, value]) => {
    const field = fields?.find((candidate) => candidate.name === name);
    if (!Array.isArray(value)) return { name, value: scalarWords(value, roleOf(name, field)) };
    return {
      name,
      value: stateMessages.entries.replace('{count}', String(value.length)),
      items: value.map((item) => rows(item as { readonly [name: string]: unknown }, field?.item)),
    };
  });
}

function fieldOf(schema: Described | undefined, name: string): FieldDescription | undefined {
  return schema?.fields.find((field) => field.name === name);
}
