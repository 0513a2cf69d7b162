import type { EngineDescription, FieldDescription, KeyInfo } from '../../engine/api/index.ts';
import { accountName, assetName, formatAmount } from './format.ts';
import { format } from './messages.ts';
import { stateMessages as text } from './messages/state.ts';

/** What a number means, by its role in a schema or by the name of the part or field that holds it. */
const roleByName: Readonly<Record<string, string>> = {
  account: 'account',
  owner: 'account',
  sender: 'account',
  recipient: 'account',
  from: 'account',
  to: 'account',
  provider: 'account',
  trader: 'account',
  feeTo: 'account',
  maker: 'account',
  holder: 'account',
  patient: 'account',
  reader: 'account',
  author: 'account',
  by: 'account',
  issuer: 'account',
  subject: 'account',
  seller: 'account',
  asset: 'asset',
  asset0: 'asset',
  asset1: 'asset',
  assetIn: 'asset',
  assetOut: 'asset',
  pool: 'pool',
  origin: 'pool',
};

/** The role of a field: what its schema says, else what its name suggests. */
export function roleOf(name: string, field?: FieldDescription): string {
  return field?.role ?? roleByName[name] ?? 'number';
}

/** A single value in words: a name for accounts, assets and pools, grouped digits for numbers. */
export function scalarWords(value: unknown, role: string): string {
  if (value === null || value === undefined) return text.nothing;
  if (value === '') return text.none;
  const digits =
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' ? String(value) : '';
  if (LONG_HEX.test(digits)) return `${digits.slice(0, HEX_HEAD)}…${digits.slice(-HEX_TAIL)}`;
  if (!/^\d+$/.test(digits)) return digits === '' ? JSON.stringify(value) : digits;
  if (role === 'account') return accountName(Number(digits));
  if (role === 'asset') return assetName(Number(digits));
  if (role === 'pool') return format(text.pool, { pool: digits });
  return digits.length <= EXACT_DIGITS ? exactDigits(digits) : formatAmount(digits);
}

/** Addresses and words of another chain are known by their ends. */
const LONG_HEX = /^0x[0-9a-f]{13,}$/;
const HEX_HEAD = 6;
const HEX_TAIL = 4;

/** Longer numbers are abbreviated, unless the difference would get lost. */
const EXACT_DIGITS = 20;

/** All digits in groups of three; hexadecimal ones as they are. */
function exactDigits(digits: string): string {
  if (digits.startsWith('0x')) return digits;
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** Two different values in words that differ, too: where the abbreviations agree, with all digits. */
export function distinctWords(left: unknown, right: unknown, role: string): readonly [string, string] {
  const words = [scalarWords(left, role), scalarWords(right, role)] as const;
  const differ = String(left) !== String(right) && words[0] === words[1];
  return differ ? [exactDigits(String(left)), exactDigits(String(right))] : words;
}

/** A key in words: "pool 0", "Ada’s gold balance"; tables nobody has words for keep their names. */
export function keyWords(key: KeyInfo, description?: EngineDescription | null): string {
  const name = `${key.module}/${key.table}`;
  const known = text.tables[name];
  if (known !== undefined && known.parts.length === key.parts.length) {
    const words = Object.fromEntries(
      known.parts.map((part, i) => [part, scalarWords(key.parts[i], roleOf(part))]),
    );
    const other = known.unlessZero;
    return format(other !== undefined && words[other.part] !== '0' ? other.text : known.text, words);
  }
  const names = description?.modules
    .find((module) => module.id === key.module)
    ?.tables.find((table) => table.name === name || table.name === key.table)?.parts;
  const parts = key.parts.map((part, i) => {
    const partName = names?.[i];
    if (partName === undefined) return String(part);
    const role = roleOf(partName);
    return role === 'number'
      ? format(text.part, { name: partName, value: scalarWords(part, role) })
      : scalarWords(part, role);
  });
  return format(text.otherTable, { table: key.table, parts: parts.join(' · ') });
}

/** Takes a key's text apart (`module/table/part…`), for keys that come without their parts. */
export function keyFromText(of: string): KeyInfo {
  const [module = '', table = '', ...parts] = of.split('/');
  return {
    text: of,
    module,
    table,
    parts: parts.map((part) => (/^\d{1,10}$/.test(part) ? Number(part) : part)),
  };
}

/** One named part of a state value; `before` is set where another value was there. */
export interface ValueEntry {
  readonly name: string;
  readonly value: string;
  readonly before?: string;
}

/** A state value as named entries; a single value has the empty name. */
export function valueEntries(value: unknown): readonly ValueEntry[] {
  if (!isRecord(value)) return [{ name: '', value: scalarWords(value, 'number') }];
  return Object.entries(value).map(([name, item]) => ({
    name: fieldWords(name),
    value: scalarWords(item, roleOf(name)),
  }));
}

/** What a write changed: only the entries that differ from the value that was there before. */
export function changedEntries(before: unknown, after: unknown): readonly ValueEntry[] {
  if (!isRecord(after) && !isRecord(before)) {
    const [was, value] = distinctWords(before, after, 'number');
    return [{ name: '', value, before: was }];
  }
  if (!isRecord(after) || !isRecord(before)) return valueEntries(after);
  return Object.entries(after).flatMap(([name, item]) => {
    if (String(before[name]) === String(item)) return [];
    const [was, value] = distinctWords(before[name], item, roleOf(name));
    return [{ name: fieldWords(name), value, before: was }];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field's name as people read it: `amountIn` is "amount in", `reserve0` "reserve 0". */
export function fieldWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, (_, left: string, right: string) => `${left} ${right.toLowerCase()}`)
    .replace(/([a-z])(\d)/g, '$1 $2');
}
