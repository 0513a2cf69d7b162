import type { DraftJson, EngineDescription, FieldDescription } from '../../../engine/api/index.ts';

/** What stands in a list's row, by field. */
export interface RowTexts {
  /** Stable while rows are added and removed. */
  readonly id: number;
  readonly cells: { readonly [name: string]: string };
}

/** What stands in a form: texts, as typed; nonsense included. */
export interface DraftForm {
  readonly module: string;
  readonly name: string;
  readonly sender: string;
  readonly args: { readonly [name: string]: string | readonly RowTexts[] };
  readonly work: string;
  readonly gasLimit: string;
  readonly gasPrice: string;
}

export type TransactionDescription = EngineDescription['modules'][number]['transactions'][number];

export function findTransaction(
  description: EngineDescription,
  module: string,
  name: string,
): TransactionDescription | undefined {
  return description.modules
    .find((candidate) => candidate.id === module)
    ?.transactions.find((candidate) => candidate.name === name);
}

let nextRow = 1;

/** A row of a list with what is usual in each cell; the rows before it differ in their accounts. */
export function newRow(item: readonly FieldDescription[], before = 0): RowTexts {
  const text = (field: FieldDescription): string =>
    field.role === 'account' ? String(1 + before) : usual(field);
  return { id: nextRow++, cells: Object.fromEntries(item.map((field) => [field.name, text(field)])) };
}

/** What is usual for a field: a small amount, the next account, limits that never bite. */
function usual(field: FieldDescription): string {
  if (field.kind !== 'integer') return '';
  if (/^min|Min$/.test(field.name)) return '0';
  if (/^max|Max$/.test(field.name) || field.role === 'seconds') return grouped(maxOf(field.bits ?? 32));
  if (field.role === 'amount') return grouped('1000');
  if (field.role === 'account' || field.role === 'count') return '1';
  return /^asset(1|B|Out)$/.test(field.name) ? '1' : '0';
}

/** The most that a field of so many bits holds, in digits. */
export function maxOf(bits: number): string {
  return (2n ** BigInt(bits) - 1n).toString();
}

/** An empty form for a kind of transaction. Sender, work and gas stay as they are in `before`. */
export function emptyForm(
  module: string,
  transaction: TransactionDescription,
  before?: DraftForm,
): DraftForm {
  return {
    sender: before?.sender ?? '0',
    work: before?.work ?? '',
    gasLimit: before?.gasLimit ?? '',
    gasPrice: before?.gasPrice ?? '',
    module,
    name: transaction.name,
    args: Object.fromEntries(
      transaction.fields.map((field) => [
        field.name,
        field.kind === 'list' ? [newRow(field.item ?? [])] : usual(field),
      ]),
    ),
  };
}

/** A form that shows a draft; what the draft lacks or has too much of is as in an empty form. */
export function formOf(draft: DraftJson, transaction: TransactionDescription): DraftForm {
  const empty = emptyForm(draft.module, transaction);
  const args = transaction.fields.map((field) => {
    const value = draft.args[field.name];
    if (field.kind === 'list' && Array.isArray(value)) {
      return [field.name, value.map((row: unknown) => rowOf(row, field.item ?? []))] as const;
    }
    return [
      field.name,
      value === undefined || typeof value === 'object' ? empty.args[field.name]! : shown(field, value),
    ] as const;
  });
  return {
    ...empty,
    sender: String(draft.sender),
    work: draft.work === undefined ? '' : grouped(String(draft.work)),
    gasLimit: draft.gasLimit === undefined ? '' : grouped(String(draft.gasLimit)),
    gasPrice: draft.gasPrice === undefined ? '' : grouped(String(draft.gasPrice)),
    args: Object.fromEntries(args),
  };
}

/** Numbers that are picked by name stay bare; the others are grouped as the form groups them. */
function shown(field: FieldDescription, value: unknown): string {
  const text = String(value);
  const picked = field.role === 'account' || field.role === 'asset' || field.role === 'pool';
  return field.kind === 'integer' && !picked ? grouped(text) : text;
}

function rowOf(row: unknown, item: readonly FieldDescription[]): RowTexts {
  const given = typeof row === 'object' && row !== null ? (row as { readonly [name: string]: unknown }) : {};
  const { id, cells } = newRow(item);
  const texts = item.map((field) => [
    field.name,
    given[field.name] === undefined ? cells[field.name]! : shown(field, given[field.name]),
  ]);
  return { id, cells: Object.fromEntries(texts) };
}

/** Digits without what people group them with; other text stays as it is. */
export function ungroup(text: string): string {
  const bare = text.replace(/[\s,_’'\u2009\u202f\u00a0]/g, '');
  return /^\d+$/.test(bare) ? bare.replace(/^0+(?=\d)/, '') : text.trim();
}

/** Digits in groups of three, with narrow spaces that do not break; other text stays as it is. */
export function grouped(text: string): string {
  const bare = ungroup(text);
  return /^\d+$/.test(bare) ? bare.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f') : text;
}

const SMALL_BITS = 32;

function toJson(field: FieldDescription, text: string): unknown {
  if (field.kind !== 'integer') return text.replace(/\s/g, '');
  return integerJson(text, field.bits ?? SMALL_BITS);
}

/** A number where it is one and fits a double; else the text itself, which the engine refuses with its reason. */
function integerJson(text: string, bits: number): number | string {
  const bare = ungroup(text);
  return bits <= SMALL_BITS && /^\d{1,15}$/.test(bare) ? Number(bare) : bare;
}

/** What the form stands for. It may be nonsense: the engine checks it and says where. */
export function draftOf(form: DraftForm, transaction: TransactionDescription): DraftJson {
  const args = transaction.fields.map((field) => {
    const value = form.args[field.name] ?? '';
    if (typeof value === 'string') return [field.name, toJson(field, value)] as const;
    const rows = value.map(({ cells }) =>
      Object.fromEntries((field.item ?? []).map((cell) => [cell.name, toJson(cell, cells[cell.name] ?? '')])),
    );
    return [field.name, rows] as const;
  });
  const optional = (['work', 'gasLimit', 'gasPrice'] as const).flatMap((name) =>
    form[name].trim() === '' ? [] : [[name, integerJson(form[name], SMALL_BITS)] as const],
  );
  return {
    sender: integerJson(form.sender, SMALL_BITS) as number,
    module: form.module,
    name: form.name,
    args: Object.fromEntries(args),
    ...Object.fromEntries(optional),
  };
}

const ENVELOPE = new Set(['sender', 'work', 'gasLimit', 'gasPrice', 'module', 'name']);

/**
 * The place in the form that an error's data names: `sender`, `args.to` or `args.payments[2].amount`.
 * The engine may leave `args.` out; undefined when it names no place.
 */
export function placeOf(data: Readonly<Record<string, string | number>> | undefined): string | undefined {
  const field = data?.field;
  if (data !== undefined && field === undefined && 'sender' in data) return 'sender';
  if (typeof field !== 'string' || field === '' || field === 'args') return undefined;
  return field.startsWith('args.') || ENVELOPE.has(field) ? field : `args.${field}`;
}
