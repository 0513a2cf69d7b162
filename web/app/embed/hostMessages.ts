import type { ApiError } from '../../../engine/api/index.ts';
import { embedText } from '../../lib/messages/embed.ts';
import { format } from '../../lib/messages.ts';

/** The version of the interface that this page speaks. */
export const INTERFACE_VERSION = 1;

/** What a host page may ask for, once it has been read and found sound. */
export type HostMessage =
  /** A link, or the JSON text of a scenario. */
  | { readonly type: 'load'; readonly text: string }
  | { readonly type: 'seek'; readonly height?: number; readonly permille: number }
  | { readonly type: 'play' | 'pause' | 'state' };

export type ReadMessage =
  | { readonly ok: true; readonly value: HostMessage }
  /** `to`: the type of the message that is answered, where it has one that is known. */
  | { readonly ok: false; readonly error: ApiError; readonly to: HostMessage['type'] | null };

/** The same limits as the engine's; beyond them nothing is handed to it. */
const MOST_LINK_LETTERS = 64 * 1024 + 2048;
const MOST_JSON_LETTERS = 256 * 1024;
const MOST_DEPTH = 12;
const MOST_VALUES = 100_000;

const FIELDS: Readonly<Record<HostMessage['type'], readonly string[]>> = {
  load: ['link', 'scenario'],
  play: [],
  pause: [],
  seek: ['height', 'permille'],
  state: [],
};

/**
 * Whether a message is meant for this page at all. Browsers, extensions and other frames post too, and answering them would be
 * noise.
 */
export function isAddressed(data: unknown): boolean {
  return typeof data === 'object' && data !== null && Object.hasOwn(data, 'switchyard');
}

/**
 * Reads what another page posted to this one. Never throws, whatever it is given. Errors: `embed/not_a_record`, `embed/wrong_version`,
 * `embed/unknown_type`, `embed/unknown_field`, `embed/bad_load`, `embed/bad_seek`.
 */
export function readHostMessage(data: unknown): ReadMessage {
  const { errors } = embedText;
  if (!isAddressed(data) || Array.isArray(data)) return refuse('embed/not_a_record', errors.notARecord);
  const given = data as Readonly<Record<string, unknown>>;
  if (given.switchyard !== INTERFACE_VERSION) {
    return refuse('embed/wrong_version', format(errors.version, { version: shown(given.switchyard) }));
  }
  const type = Object.hasOwn(given, 'type') ? given.type : undefined;
  if (typeof type !== 'string' || !isKnown(type)) return refuse('embed/unknown_type', errors.type);
  for (const field of Object.keys(given)) {
    if (field === 'switchyard' || field === 'type' || FIELDS[type].includes(field)) continue;
    const message = format(errors.unknownField, { type, field: shown(field) });
    return refuse('embed/unknown_field', message, type);
  }
  if (type === 'load') return readLoad(given);
  if (type === 'seek') return readSeek(given);
  return { ok: true, value: { type } };
}

function readLoad(given: Readonly<Record<string, unknown>>): ReadMessage {
  const { errors } = embedText;
  const bad = (message: string): ReadMessage => refuse('embed/bad_load', message, 'load');
  const link = Object.hasOwn(given, 'link') ? given.link : undefined;
  const scenario = Object.hasOwn(given, 'scenario') ? given.scenario : undefined;
  if ((link === undefined) === (scenario === undefined)) return bad(errors.load);
  if (link !== undefined) {
    if (typeof link !== 'string' || link.length > MOST_LINK_LETTERS) {
      return bad(format(errors.link, { max: MOST_LINK_LETTERS }));
    }
    return { ok: true, value: { type: 'load', text: link } };
  }
  const text = typeof scenario === 'string' ? scenario : textOf(scenario);
  if (text === null || text.length > MOST_JSON_LETTERS) {
    return bad(format(errors.scenario, { max: MOST_JSON_LETTERS / 1024, depth: MOST_DEPTH }));
  }
  return { ok: true, value: { type: 'load', text } };
}

function readSeek(given: Readonly<Record<string, unknown>>): ReadMessage {
  const { errors } = embedText;
  const height = Object.hasOwn(given, 'height') ? given.height : undefined;
  const permille = Object.hasOwn(given, 'permille') ? given.permille : undefined;
  if (height !== undefined && !isWhole(height, 1, Number.MAX_SAFE_INTEGER)) {
    return refuse('embed/bad_seek', errors.height, 'seek');
  }
  if (!isWhole(permille, 0, 1000)) return refuse('embed/bad_seek', errors.permille, 'seek');
  return { ok: true, value: { type: 'seek', permille, ...(height === undefined ? {} : { height }) } };
}

/** A record as JSON, or null when it is larger, deeper or stranger than any scenario. Ends early. */
function textOf(record: unknown): string | null {
  let values = 0;
  let letters = 0;
  // Levels of what is being written, from the outermost in.
  const open: unknown[] = [];
  const tooMuch = (): never => {
    throw new RangeError('too much');
  };
  try {
    const text = JSON.stringify(record, function (this: unknown, key: string, value: unknown) {
      while (open.length > 0 && open.at(-1) !== this) open.pop();
      letters += key.length + (typeof value === 'string' ? value.length : 0);
      if (++values > MOST_VALUES || letters > MOST_JSON_LETTERS) tooMuch();
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value) && value.length > MOST_VALUES) tooMuch();
      // Buffers, maps and the like are none of a scenario's.
      if (!Array.isArray(value) && Object.prototype.toString.call(value) !== '[object Object]') tooMuch();
      open.push(value);
      if (open.length > MOST_DEPTH) tooMuch();
      return value;
    });
    return typeof text === 'string' && text.startsWith('{') ? text : null;
  } catch {
    return null;
  }
}

function isKnown(type: string): type is HostMessage['type'] {
  return Object.hasOwn(FIELDS, type);
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function refuse(code: string, message: string, to: HostMessage['type'] | null = null): ReadMessage {
  return { ok: false, error: { code, message }, to };
}

/** So much of what was given is repeated. */
function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 40) : typeof value;
}
