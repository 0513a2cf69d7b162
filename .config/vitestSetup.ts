import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../.ci/build.mjs';

/** Tests start real Node workers from the bundle in .build/, so it is brought up to date first. */
export async function setup(): Promise<void> {
  const entry = join(import.meta.dirname, '../engine/runtime/executor.node.ts');
  if (existsSync(entry)) await build('node');
}
