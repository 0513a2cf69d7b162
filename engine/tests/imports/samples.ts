import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../files.ts';

/** Reference blocks lie beside the checkout and are not ours to ship; where they are absent their tests skip. */
const FOLDER = join(root, '../shared/data');

export interface Sample {
  readonly name: string;
  readonly file: Uint8Array;
}

function samplesIn(folder: string): Sample[] {
  const path = join(FOLDER, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).map((name) => ({ name, file: new Uint8Array(readFileSync(join(path, name))) }));
}

export const accessListSamples = samplesIn('mainnet-block-access-lists');
export const rpcSamples = samplesIn('mainnet-blocks');
export const samples = [...accessListSamples, ...rpcSamples];
/** Said in the names of the tests. */
export const presence =
  samples.length > 0 ? `${samples.length} samples` : 'skipped: no samples in ../shared/data';
