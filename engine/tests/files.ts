/** The files of the repository, for tests that read them. Paths start at its root and use `/`. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

export const root = join(import.meta.dirname, '../..');

let listed: string[] | undefined;

/** All files that git tracks or would track. */
export function files(): string[] {
  listed ??= (existsSync(join(root, '.git')) ? listedByGit() : found('')).filter((path) =>
    existsSync(join(root, path)),
  );
  return listed;
}

function listedByGit(): string[] {
  const options = { cwd: root, encoding: 'utf8' } as const;
  const output = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], options);
  return output.split('\0').filter((path) => path !== '');
}

/** In a copy without git: every file but those in folders that are made by commands. */
function found(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return made.has(entry.name) ? [] : found(path);
  });
}

const made = new Set(['node_modules', 'dist', '.build', 'shots', 'test-results', 'coverage']);

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
