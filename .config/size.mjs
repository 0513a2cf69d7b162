// Weighs the JavaScript a visitor waits for before the first block: the entry, all it imports statically, and
// every worker these start (with what the workers import). Parts loaded on demand are not counted.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const limitBytes = 250_000;
const dist = join(import.meta.dirname, '../dist');

/** @typedef {{ file: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[] }} Chunk */

/** The entry starts the engine and asks for the page; nobody sees anything before that is there. */
const page = 'web/main.tsx';

/** @returns {string[]} files of the entries, of the page, and their static imports */
function entryFiles() {
  const manifestPath = join(dist, '.vite/manifest.json');
  if (!existsSync(manifestPath)) throw new Error('There is no built page to weigh: run npm run build first.');
  /** @type {Record<string, Chunk>} */
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  /** @type {Set<string>} */
  const files = new Set();
  /** @param {Chunk | undefined} chunk */
  const add = (chunk) => {
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const name of chunk.imports ?? []) add(manifest[name]);
  };
  // The service worker is an entry too, but no page waits for it.
  for (const chunk of Object.values(manifest))
    if (chunk.isEntry === true && chunk.file !== 'sw.js') add(chunk);
  if (manifest[page] === undefined) throw new Error(`The page, ${page}, is not in the manifest.`);
  add(manifest[page]);
  return [...files];
}

/**
 * What a built file loads at once, which for workers no manifest tells: static imports, and scripts named by
 * `new URL('…', import.meta.url)`, as worker starts are.
 * @param {string} file
 */
function loadedBy(file) {
  const text = readFileSync(join(dist, file), 'utf8');
  const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g)];
  const urls = [...text.matchAll(/new URL\((?:\/\*.*?\*\/\s*)?["'`]([^"'`]+\.js)["'`]/g)];
  return [...imports, ...urls]
    .map((match) => normalize(join(dirname(file), match[1] ?? '')))
    .filter((path) => existsSync(join(dist, path)));
}

const files = new Set(entryFiles());
for (const file of files) for (const other of loadedBy(file)) files.add(other);

const rows = [...files].map((file) => {
  const content = readFileSync(join(dist, file));
  return {
    file,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content).length,
  };
});
const total = rows.reduce(
  (sum, row) => ({
    file: 'total',
    raw: sum.raw + row.raw,
    gzip: sum.gzip + row.gzip,
    brotli: sum.brotli + row.brotli,
  }),
  { file: 'total', raw: 0, gzip: 0, brotli: 0 },
);

const kB = (/** @type {number} */ bytes) => (bytes / 1000).toFixed(1).padStart(9);
const width = Math.max(...rows.map((row) => row.file.length));
console.log(`${'kB'.padEnd(width)} ${'raw'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}`);
for (const row of [...rows, total]) {
  console.log(`${row.file.padEnd(width)} ${kB(row.raw)} ${kB(row.gzip)} ${kB(row.brotli)}`);
}
if (total.gzip > limitBytes) {
  console.error(`Too heavy: ${kB(total.gzip).trim()} kB gzipped, at most ${limitBytes / 1000} kB.`);
  process.exitCode = 1;
}
