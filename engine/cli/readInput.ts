import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { stdin } from 'node:process';
import type { EngineApi, Scenario } from '../api/index.ts';
import { SCENARIO_LIMITS } from '../scenarios/limits.ts';
import { LINK_MARK } from '../scenarios/link.ts';
import { answered, Failure } from './failure.ts';
import { shown } from './readFlags.ts';

const CHUNK_BYTES = 64 * 1024;

/** A scenario that is named: an id of the gallery, a link, a file with a scenario or a link in it, or `-` for stdin. */
export async function scenarioFrom(engine: EngineApi, named: string): Promise<Scenario> {
  const known = (await engine.gallery()).find(({ id }) => id === named);
  if (known !== undefined) return known;
  return answered(await engine.readScenario(await scenarioText(named)));
}

/** The text of a scenario or of a link: given itself, in a file, or on stdin for `-`. */
export async function scenarioText(named: string): Promise<string> {
  if (named.includes(LINK_MARK)) return named;
  if (/^([a-z][a-z+.-]*:)?\/\/|^#/i.test(named)) {
    throw new Failure(
      'That is no scenario link: there is no “#s=” in it. Copy the whole address, in quotes.',
    );
  }
  const most = SCENARIO_LIMITS.jsonBytes;
  const missing = `There is no scenario and no file called “${shown(named)}”: the verb “scenarios” lists the scenarios.`;
  const bytes = await readBytes(named, most, NO_SCENARIO, missing);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(`“${shown(named)}” is not a text: give a scenario file that “Share” saved, or a link.`);
  }
}

const NO_SCENARIO = 'no scenario needs';

/** The bytes of a file, or of stdin for `-`; as {@link readFile}. */
export async function readBytes(
  named: string,
  most: number,
  who: string,
  missing?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return named === '-' ? standardInput(most, who) : readFile(named, most, who, missing);
}

/**
 * The bytes of a file; never more than `most` of them are read. What cannot be read, is a folder, or is larger
 * is a {@link Failure}.
 */
export function readFile(
  path: string,
  most: number,
  who: string,
  missing = `There is no file “${shown(path)}”: give the path of one.`,
): Uint8Array<ArrayBuffer> {
  const file = opened(path, missing);
  try {
    const kind = fstatSync(file);
    if (kind.isDirectory()) throw new Failure(`“${shown(path)}” is a folder: give a file.`);
    if (!kind.isFile() && !kind.isFIFO()) throw new Failure(`“${shown(path)}” is a device: give a file.`);
    if (kind.size > most) throw tooLarge(path, most, who);
    return allOf(path, file, most, who);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure(`“${shown(path)}” could not be read (${codeOf(thrown)}).`);
  } finally {
    closeSync(file);
  }
}

/** Without holding up the thread: who waits for a person must hear that this person gives up. */
async function standardInput(most: number, who: string): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stdin as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > most) throw tooLarge('-', most, who);
    parts.push(part);
  }
  return joined(parts, length);
}

function tooLarge(path: string, most: number, who: string): Failure {
  return new Failure(`“${shown(path)}” has more than ${most / 1024} kB, which ${who}: choose another file.`);
}

function opened(path: string, missing: string): number {
  try {
    // Without waiting: a pipe that nobody writes into would never open.
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (thrown) {
    const code = codeOf(thrown);
    const absent = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'];
    if (absent.includes(code)) throw new Failure(missing);
    throw new Failure(`“${shown(path)}” could not be opened (${code}): check the path and who may read it.`);
  }
}

function allOf(path: string, file: number, most: number, who: string): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const part = new Uint8Array(CHUNK_BYTES);
    const read = readChunk(file, part);
    if (read === 0) return joined(parts, length);
    length += read;
    if (length > most) throw tooLarge(path, most, who);
    parts.push(part.subarray(0, read));
  }
}

/** A pipe that has nothing yet says so with EAGAIN. */
function readChunk(file: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(file, into);
    } catch (thrown) {
      if (codeOf(thrown) !== 'EAGAIN') throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function codeOf(thrown: unknown): string {
  const code = (thrown as { readonly code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : String(thrown);
}
