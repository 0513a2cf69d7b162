/** The files of the repository, for tests that read them. Paths start at its root and use `/`. */

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

let listed: string[] | undefined;

/** All files that git tracks or would track. */
export function files(): string[] {
  listed ??= execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)));
  return listed;
}

/** TypeScript sources of the engine, the page and the end-to-end tests. */
export function sources(): string[] {
  return files().filter((path) => /^(engine|web|e2e)\/.*\.tsx?$/.test(path));
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

export function sizeOf(path: string): number {
  return statSync(join(root, path)).size;
}
