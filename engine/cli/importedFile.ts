import type { Scenario } from '../api/index.ts';
import { MAX_FILE_BYTES } from '../importers/limits.ts';
import { Failure } from './failure.ts';
import { readFile } from './readInput.ts';

/** The flag that names the file of a scenario's real block. */
export const fileFlag = {
  file: {
    kind: 'text',
    placeholder: 'PATH',
    about: 'The file of the real block that the scenario executes; a scenario does not carry it.',
  },
} as const;

/** The bytes of a real block's file. */
export function blockFile(path: string): Uint8Array {
  return readFile(path, MAX_FILE_BYTES, 'no block needs');
}

/** The bytes of the file that a scenario was made from; undefined when it executes traffic. */
export function fileOf({ imported }: Scenario, path: string | undefined): Uint8Array | undefined {
  if (imported === undefined) {
    if (path === undefined) return undefined;
    throw new Failure('The scenario executes traffic and no real block: leave out --file.');
  }
  if (path !== undefined) return blockFile(path);
  throw new Failure(
    `The scenario executes a real block that it does not carry: give its file “${imported.name}” with --file.`,
  );
}
