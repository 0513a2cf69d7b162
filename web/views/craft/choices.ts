import { accountName, assetName } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { stateMessages } from '../../lib/messages/state.ts';

/** Something to pick: a number with its name. */
export interface Choice {
  readonly id: number;
  readonly name: string;
}

/** Names are made while searching; of many thousands, only so many are looked at. */
const SEARCHED = 20_000;

export type ChoiceRole = 'account' | 'asset' | 'pool';

export function nameOf(role: ChoiceRole, id: number): string {
  if (role === 'account') return accountName(id);
  return role === 'asset' ? assetName(id) : format(stateMessages.pool, { pool: id });
}

/** Choices among the first `count` numbers whose name or number begins like the query, then those that contain it. */
export function findChoices(role: ChoiceRole, count: number, query: string, most: number): readonly Choice[] {
  const wanted = query.trim().toLowerCase();
  const first: Choice[] = [];
  const later: Choice[] = [];
  for (let id = 0; id < Math.min(count, SEARCHED) && first.length < most; id++) {
    const name = nameOf(role, id);
    const at = wanted === '' ? 0 : name.toLowerCase().indexOf(wanted);
    if (at === 0 || (wanted !== '' && String(id).startsWith(wanted))) first.push({ id, name });
    else if (at > 0 && later.length < most) later.push({ id, name });
  }
  return [...first, ...later].slice(0, most);
}

/** The number that a text names: digits, or a whole name; undefined when it names none. */
export function idOf(role: ChoiceRole, count: number, text: string): number | undefined {
  const wanted = text.trim().toLowerCase();
  if (/^\d{1,10}$/.test(wanted)) return Number(wanted);
  if (wanted === '') return undefined;
  for (let id = 0; id < Math.min(count, SEARCHED); id++)
    if (nameOf(role, id).toLowerCase() === wanted) return id;
  return undefined;
}
