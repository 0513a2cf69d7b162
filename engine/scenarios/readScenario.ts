import type { Action, Settings } from '../api/settings.ts';
import type { ExpectedDigests, ImportReference, Scenario, ScenarioActions } from '../api/scenario.ts';
import { fail, ok, type Result, type TypedError } from '../base/result.ts';
import { shown } from '../base/shown.ts';
import { CHECKPOINT_DIGITS } from './checkpoints.ts';
import { type Given, listOf, optional, recordOf, textWithin, wholeNumber } from './fields.ts';
import { checkJsonShape } from './jsonShape.ts';
import { SCENARIO_LIMITS as LIMITS, withinSize } from './limits.ts';
import { upgrade } from './upgraders.ts';

/** Readers of what a scenario holds and this folder does not know; each answers a fresh, checked value. */
export interface ScenarioReaders {
  settings(input: unknown): Result<Settings>;
  actions(input: unknown): Result<Action[]>;
  /** Gas that a transaction costs at least, and a block at most. */
  readonly transactionGas: number;
  readonly blockGas: number;
}

const FIELDS = [
  'format',
  'semantics',
  'id',
  'title',
  'about',
  'settings',
  'imported',
  'blocks',
  'actions',
  'moment',
  'selection',
  'panels',
  'captions',
  'expected',
];

/**
 * Reads the text of a scenario file or of a link. Fails with `scenario/too_large`, `scenario/too_deep`,
 * `scenario/duplicate_field`, `scenario/not_json`, or what {@link readScenario} says.
 */
export function parseScenario(text: string, readers: ScenarioReaders): Result<Scenario> {
  // A letter takes a byte at least: what is far too long is not even counted.
  const bytes = text.length > LIMITS.jsonBytes ? text.length : new TextEncoder().encode(text).length;
  const size = withinSize(bytes);
  if (!size.ok) return size;
  const shape = checkJsonShape(text, LIMITS.depth);
  if (!shape.ok) return shape;
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return fail(
      'scenario/not_json',
      'That is no scenario: it is not JSON. Open a file that was saved by “Share”.',
    );
  }
  return readScenario(input, readers);
}

/**
 * Reads an untrusted scenario of any format; what it answers is of the present format, fresh, and within
 * all limits. Fails with `scenario/…`, `settings/…` or `action/…`; `data.field` names the place.
 */
export function readScenario(input: unknown, readers: ScenarioReaders): Result<Scenario> {
  const upgraded = upgrade(input);
  if (!upgraded.ok) return upgraded;
  const given = recordOf(upgraded.value, 'scenario', FIELDS);
  if (!given.ok) return given;
  const scenario = read(given.value, readers);
  return scenario.ok ? (tooMuch(scenario.value, readers) ?? scenario) : scenario;
}

function read(given: Given, readers: ScenarioReaders): Result<Scenario> {
  const parts = all({
    semantics: wholeNumber(given.semantics, 'semantics', 1, 0xffff),
    title: textWithin(given.title, 'title', LIMITS.titleLetters),
    blocks: wholeNumber(given.blocks, 'blocks', 1, LIMITS.blocks),
    settings: readers.settings(given.settings),
    actions: readActionEntries(given.actions, readers),
    id: optional(given.id, readId),
    about: optional(given.about, (value) => textWithin(value, 'about', LIMITS.aboutLetters)),
    imported: optional(given.imported, readImported),
    moment: optional(given.moment, readMoment),
    selection: optional(given.selection, readSelection),
    panels: optional(given.panels, readPanels),
    captions: optional(given.captions, readCaptions),
    expected: optional(given.expected, readExpected),
  });
  if (!parts.ok) return parts;
  const { blocks, actions, imported, moment, captions, expected } = parts.value;
  const late = (height: number, field: string) =>
    fail(
      'scenario/beyond_the_end',
      `“${field}” speaks of block ${height}; the last one is ${blocks}. Raise “blocks”, or leave it out.`,
      {
        field,
        height,
        blocks,
      },
    );
  for (const { height, repeat = 0 } of actions) {
    if (height + repeat > blocks) return late(height + repeat, 'actions');
  }
  if (moment !== undefined && moment.height > blocks) return late(moment.height, 'moment');
  for (const { height } of captions ?? []) if (height > blocks) return late(height, 'captions');
  for (const [height] of expected?.checkpoints ?? []) if (height > blocks) return late(height, 'expected');
  if (imported !== undefined && blocks !== 1) {
    return fail('scenario/one_block', 'An imported chain has one block: “blocks” must be 1.', {
      field: 'blocks',
    });
  }
  return ok(withoutUndefined({ format: 1 as const, ...parts.value }));
}

function readId(value: unknown): Result<string> {
  return typeof value === 'string' &&
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) &&
    value.length <= LIMITS.titleLetters
    ? ok(value)
    : fail('scenario/not_an_id', 'An id is lower-case words joined by hyphens: write it like that.', {
        field: 'id',
      });
}

function readImported(value: unknown): Result<ImportReference> {
  const given = recordOf(value, 'imported', ['kind', 'sha256', 'name']);
  if (!given.ok) return given;
  const { kind, sha256 } = given.value;
  if (kind !== 'blockAccessList' && kind !== 'rpcBlock') {
    const message = `“imported.kind” must be blockAccessList or rpcBlock, not ${shown(kind)}.`;
    return fail('scenario/unknown_import', message, { field: 'imported.kind' });
  }
  if (!isHex(sha256, 64)) return notHex('imported.sha256', 64);
  const name = textWithin(given.value.name, 'imported.name', LIMITS.fileNameLetters);
  return name.ok ? ok({ kind, sha256: sha256.toLowerCase(), name: name.value }) : name;
}

function readMoment(value: unknown): Result<{ height: number; permille: number }> {
  const given = recordOf(value, 'moment', ['height', 'permille']);
  if (!given.ok) return given;
  return all({
    height: wholeNumber(given.value.height, 'moment.height', 1, LIMITS.blocks),
    permille: wholeNumber(given.value.permille, 'moment.permille', 0, 1000),
  });
}

function readSelection(value: unknown): Result<{ tx: number }> {
  const given = recordOf(value, 'selection', ['tx']);
  return given.ok ? all({ tx: wholeNumber(given.value.tx, 'selection.tx', 0, 0xffff) }) : given;
}

function readPanels(value: unknown): Result<string[]> {
  return listOf(value, 'panels', LIMITS.panels, (item, at) => textWithin(item, at, LIMITS.titleLetters));
}

function readCaptions(value: unknown): Result<{ height: number; text: string }[]> {
  return listOf(value, 'captions', LIMITS.captions, (item, at) => {
    const given = recordOf(item, at, ['height', 'text']);
    if (!given.ok) return given;
    return all({
      height: wholeNumber(given.value.height, `${at}.height`, 1, LIMITS.blocks),
      text: textWithin(given.value.text, `${at}.text`, LIMITS.captionLetters),
    });
  });
}

function readActionEntries(value: unknown, readers: ScenarioReaders): Result<ScenarioActions[]> {
  let after = 0;
  return listOf(value, 'actions', LIMITS.actionEntries, (item, at): Result<ScenarioActions> => {
    const given = recordOf(item, at, ['height', 'repeat', 'actions']);
    if (!given.ok) return given;
    const parts = all({
      height: wholeNumber(given.value.height, `${at}.height`, 1, LIMITS.blocks),
      repeat: optional(given.value.repeat, (repeat) => wholeNumber(repeat, `${at}.repeat`, 1, LIMITS.blocks)),
      actions: readers.actions(given.value.actions),
    });
    if (!parts.ok) return parts;
    const { height, repeat = 0, actions } = parts.value;
    if (height <= after) {
      const message = `Heights ascend: “${at}” speaks of block ${height} again or too late. Put each height once, in order.`;
      return fail('scenario/not_ascending', message, { field: at, height });
    }
    after = height + repeat;
    if (actions.length === 0 || actions.length > LIMITS.actionsEach) {
      return fail('scenario/bad_actions', `“${at}.actions” must hold 1 to ${LIMITS.actionsEach} actions.`, {
        field: at,
      });
    }
    return ok(withoutUndefined(parts.value));
  });
}

function readExpected(value: unknown): Result<ExpectedDigests> {
  const given = recordOf(value, 'expected', ['digest', 'checkpoints']);
  if (!given.ok) return given;
  const { digest } = given.value;
  if (!isHex(digest, 64)) return notHex('expected.digest', 64);
  let after = 0;
  const checkpoints = listOf(
    given.value.checkpoints,
    'expected.checkpoints',
    LIMITS.checkpoints,
    (item, at): Result<readonly [number, string]> => {
      if (!Array.isArray(item) || item.length !== 2) {
        return fail('scenario/bad_checkpoint', `“${at}” must be a height and eight hexadecimal digits.`, {
          field: at,
        });
      }
      const height = wholeNumber(item[0], at, after + 1, LIMITS.blocks);
      if (!height.ok) return height;
      after = height.value;
      const prefix: unknown = item[1];
      return isHex(prefix, CHECKPOINT_DIGITS)
        ? ok([height.value, prefix.toLowerCase()])
        : notHex(at, CHECKPOINT_DIGITS);
    },
  );
  return checkpoints.ok ? ok({ digest: digest.toLowerCase(), checkpoints: checkpoints.value }) : checkpoints;
}

/** Whether executing it would take more than anybody should have to wait for. */
function tooMuch(scenario: Scenario, readers: ScenarioReaders): { ok: false; error: TypedError } | undefined {
  const { settings, blocks, actions, imported } = scenario;
  if (imported !== undefined) return undefined;
  let { transactionsPerBlock, work } = settings.traffic;
  let transactions = 0;
  let gas = 0;
  let height = 1;
  const until = (end: number): void => {
    const count = end - height;
    transactions += count * transactionsPerBlock;
    gas += count * Math.min(readers.blockGas, transactionsPerBlock * (work + readers.transactionGas));
    height = end;
  };
  for (const entry of actions) {
    until(entry.height);
    for (const action of entry.actions) {
      if (action.kind === 'setTraffic')
        ({ transactionsPerBlock = transactionsPerBlock, work = work } = action.traffic);
      else {
        const times = 1 + (entry.repeat ?? 0);
        const crafted = 'transaction' in action ? (action.transaction.work ?? 0) : 0;
        transactions += times;
        gas += times * (crafted + readers.transactionGas);
      }
    }
  }
  until(blocks + 1);
  if (transactions > LIMITS.transactions) {
    const message = `The scenario asks for ${transactions} transactions; at most ${LIMITS.transactions} are executed. Give it fewer blocks or smaller ones.`;
    return fail('scenario/too_many_transactions', message, { transactions, max: LIMITS.transactions });
  }
  if (gas > LIMITS.gas) {
    const message = `The scenario asks for ${gas} gas; at most ${LIMITS.gas} are executed. Give it fewer blocks or less work.`;
    return fail('scenario/too_much_gas', message, { gas, max: LIMITS.gas });
  }
  return undefined;
}

function isHex(value: unknown, digits: number): value is string {
  return typeof value === 'string' && value.length === digits && /^[0-9a-fA-F]+$/.test(value);
}

function notHex(field: string, digits: number) {
  return fail('scenario/not_hex', `“${field}” must be ${digits} hexadecimal digits.`, { field });
}

/** The values of several results, or the first that failed. */
function all<T extends Record<string, unknown>>(results: { [N in keyof T]: Result<T[N]> }): Result<T> {
  const values: Partial<T> = {};
  for (const name of Object.keys(results) as (keyof T)[]) {
    const result = results[name];
    if (!result.ok) return result;
    values[name] = result.value;
  }
  return ok(values as T);
}

type Present<T> = { [N in keyof T as undefined extends T[N] ? never : N]: T[N] } & {
  [N in keyof T as undefined extends T[N] ? N : never]?: Exclude<T[N], undefined>;
};

/** The same record without the fields that are not there. */
function withoutUndefined<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
