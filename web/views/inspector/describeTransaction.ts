import type {
  EngineDescription,
  FieldDescription,
  ReadRecord,
  TransactionSummary,
} from '../../../engine/api/index.ts';
import { accountName } from '../../lib/format.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { stateMessages } from '../../lib/messages/state.ts';
import { type Phrase, phrase } from '../../lib/phrase.ts';
import { fieldWords, roleOf, scalarWords } from '../../lib/stateWords.ts';

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

type Strong = { readonly kind: 'strong'; readonly text: string };

/**
 * What the transaction does, in one sentence from its own arguments; where nobody wrote such a
 * sentence, the module's summary of the kind (its arguments are listed beside it anyway). What it
 * read tells which assets a swap is about.
 */
export function describeTransaction(
  of: TransactionSummary,
  description: EngineDescription | null,
  reads: readonly ReadRecord[] = [],
): Phrase {
  const schema = schemaOf(of, description);
  const values: Record<string, Strong> = { sender: strong(accountName(of.sender)), ...swapAssets(of, reads) };
  for (const [name, value] of Object.entries(of.args)) {
    values[name] = strong(
      Array.isArray(value) ? String(value.length) : scalarWords(value, roleOf(name, fieldOf(schema, name))),
    );
  }
  const template = text.does[`${of.module}/${of.name}`]?.find((candidate) =>
    [...candidate.matchAll(/\{(\w+)\}/g)].every((match) => (match[1] ?? '') in values),
  );
  return template === undefined ? [schema?.summary ?? `${of.module}.${of.name}`] : phrase(template, values);
}

function strong(words: string): Strong {
  return { kind: 'strong', text: words };
}

/** The assets sold and bought by a swap, from the pool's record that it read. */
function swapAssets(of: TransactionSummary, reads: readonly ReadRecord[]): Record<string, Strong> {
  const pool = reads.find(({ key }) => key.text === `amm/pools/${String(of.args.pool)}`)?.value;
  if (typeof pool !== 'object' || pool === null || !('asset0' in pool) || !('asset1' in pool)) return {};
  const assets = [
    strong(scalarWords(pool.asset0, 'asset')),
    strong(scalarWords(pool.asset1, 'asset')),
  ] as const;
  if (of.args.direction === 0) return { sold: assets[0], bought: assets[1] };
  return of.args.direction === 1 ? { sold: assets[1], bought: assets[0] } : {};
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
    if (!Array.isArray(value))
      return { name: fieldWords(name), value: scalarWords(value, roleOf(name, field)) };
    return {
      name: fieldWords(name),
      value: stateMessages.entries.replace('{count}', String(value.length)),
      items: value.map((item) => rows(item as { readonly [name: string]: unknown }, field?.item)),
    };
  });
}

function fieldOf(schema: Described | undefined, name: string): FieldDescription | undefined {
  return schema?.fields.find((field) => field.name === name);
}
