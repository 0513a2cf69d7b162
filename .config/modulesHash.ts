import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Paths below engine/ that run in no worker. */
const elsewhere = /^(tests|cli)\//;

export function isModuleCode(pathInEngine: string): boolean {
  return /\.ts$/.test(pathInEngine) && !/\.test\.ts$/.test(pathInEngine) && !elsewhere.test(pathInEngine);
}

/**
 * First 16 hex digits of the SHA-256 over names and contents of the engine's code. Line endings are
 * normalised and paths written with `/`, so every checkout of one commit gives one value.
 */
export function modulesHash(root: string): string {
  const engine = join(root, 'engine');
  const paths = readdirSync(engine, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(engine, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter(isModuleCode)
    .sort();
  const hash = createHash('sha256');
  for (const path of paths) {
    const text = readFileSync(join(engine, path), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${path}\0${text}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}
