import { formatBytes, shortName } from '../lib/format.ts';
import { format } from '../lib/messages.ts';
import { openingText } from '../lib/messages/share.ts';
import { useScenario } from './openedScenario.ts';
import { refused } from './refusals.ts';
import { scenarioCalls } from './scenarioCalls.ts';

/** A kind of file that the page can open. */
export interface FileKind {
  readonly id: string;
  /** What is of this kind, in the plural and in a few words each: "scenario files (.json)". */
  readonly words: readonly string[];
  readonly mostBytes: number;
  /** Whether a file is of this kind, by its name and its first bytes (at most {@link HEAD_BYTES}). Must not throw. */
  claims(name: string, head: Uint8Array): boolean;
  /** Opens it; what goes wrong is said by it. */
  open(file: File): Promise<void>;
}

/** So much of a file's beginning is looked at. */
export const HEAD_BYTES = 4096;

const kinds: FileKind[] = [];

/**
 * Makes a kind of file known to the page, for drops anywhere and for every file button. The latest that claims a file gets
 * it, so a kind that is told by content comes before those that take what is left.
 */
export function registerFileKind(kind: FileKind): void {
  kinds.unshift(kind);
}

/** What can be opened, in a few words each. */
export function openableKinds(): readonly string[] {
  return kinds.flatMap(({ words }) => words);
}

/** What can be opened, in words. */
export function kindsInWords(): string {
  return openableKinds().join(', ');
}

/**
 * Opens the one file among these; where a scenario waits for its file, as that. What is none, too many, too large or of
 * no known kind is said.
 */
export async function openFiles(files: readonly File[]): Promise<void> {
  performance.mark('switchyard:file');
  const { errors } = openingText;
  const [file] = files;
  if (file === undefined) return void refused('file/none', errors.noFile);
  if (files.length > 1) {
    return void refused('file/one_at_a_time', format(errors.manyFiles, { count: files.length }));
  }
  const name = shortName(file.name);
  try {
    if (useScenario.getState().wanted !== null) return await scenarioCalls.openWanted(file);
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const kind = kinds.find((candidate) => candidate.claims(file.name, head));
    if (kind === undefined) {
      return void refused('file/unknown_kind', format(errors.unknownKind, { name, kinds: kindsInWords() }));
    }
    if (file.size > kind.mostBytes) {
      const sizes = { name, size: formatBytes(file.size), max: formatBytes(kind.mostBytes) };
      return void refused('file/too_large', format(errors.tooLarge, sizes));
    }
    await kind.open(file);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    refused('file/unreadable', format(errors.unreadable, { name, why }));
  }
}
