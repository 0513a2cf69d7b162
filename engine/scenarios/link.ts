import { fromBase64Url, toBase64Url } from '../base/base64url.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { deflate, inflate } from './deflate.ts';
import { SCENARIO_LIMITS, withinSize } from './limits.ts';
import { FORMAT } from './upgraders.ts';

/** What stands before a scenario in an address; a page that finds it opens it. */
export const LINK_MARK = '#s=';
/** DEFLATE, then base64url. */
const CODEC = 'd';

/**
 * The fragment of a link: `#s=` + codec and format version + `.` + the packed JSON. Under 5 ms for a usual scenario.
 * Fails with `link/too_large`, or `scenario/too_large` when it would not even be opened from a file.
 */
export async function encodeLink(json: string): Promise<Result<string>> {
  const bytes = new TextEncoder().encode(json);
  const size = withinSize(bytes.length);
  if (!size.ok) return size;
  const fragment = `${LINK_MARK}${CODEC}${FORMAT}.${toBase64Url(await deflate(bytes))}`;
  if (fragment.length > SCENARIO_LIMITS.linkLetters) {
    const message = 'That is too much for a link: hand the scenario on as a file instead.';
    return fail('link/too_large', message, { letters: fragment.length, max: SCENARIO_LIMITS.linkLetters });
  }
  return ok(fragment);
}

/**
 * The JSON text in a link: a whole address, or its fragment. Fails with `link/not_a_link`, `link/too_large`,
 * `link/unknown_codec`, `link/newer_format` or `link/damaged`; nothing in it is ever executed as code.
 */
export async function decodeLink(link: string): Promise<Result<string>> {
  const at = link.indexOf(LINK_MARK);
  if (at < 0) {
    return fail(
      'link/not_a_link',
      'That is no scenario link: there is no “#s=” in it. Copy the whole address.',
    );
  }
  if (link.length - at > SCENARIO_LIMITS.linkLetters) {
    const message = `The link has more than ${SCENARIO_LIMITS.linkLetters / 1024} kB, which no scenario needs: ask for the scenario as a file.`;
    return fail('link/too_large', message, { max: SCENARIO_LIMITS.linkLetters });
  }
  const text = link.slice(at + LINK_MARK.length).trim();
  const head = /^([a-z])(\d{1,4})\./.exec(text);
  if (head === null) {
    return fail('link/damaged', 'The link is damaged: its beginning is missing. Copy it again.');
  }
  const [mark, codec, format] = head as unknown as [string, string, string];
  if (Number(format) > FORMAT) {
    const message = `The link was made by a newer version (format ${format}). Load the newest version and open it again.`;
    return fail('link/newer_format', message, { format: Number(format), newest: FORMAT });
  }
  if (codec !== CODEC || Number(format) < 1) {
    return fail(
      'link/unknown_codec',
      `The link is packed in a way (“${codec}${format}”) that nothing here knows. Load the newest version, or copy the link again.`,
      {
        codec,
      },
    );
  }
  const packed = fromBase64Url(text.slice(mark.length));
  if (packed === undefined || packed.length === 0) {
    return fail('link/damaged', 'The link is damaged: part of it is missing or was changed. Copy it again.');
  }
  const bytes = await inflate(packed, SCENARIO_LIMITS.jsonBytes);
  return bytes.ok ? textOf(bytes.value) : bytes;
}

function textOf(bytes: Uint8Array): Result<string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('link/damaged', 'The link is damaged: what it unpacks to is no text. Copy it again.');
  }
}
