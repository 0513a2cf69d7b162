import { describe, expect, it } from 'vitest';
import { files, readText, sizeOf, sources } from './files.ts';
import { readFacts } from './sourceFacts.ts';

const maxLines = 400;
const maxBytes = 1_000_000;

/** The files for which a complaint is given, with it. */
function complaints(paths: string[], complaint: (path: string) => string | undefined): string[] {
  return paths.flatMap((path) => {
    const found = complaint(path);
    return found === undefined ? [] : [`${path}: ${found}`];
  });
}

describe('the house is tidy', () => {
  it(`keeps files within ${maxLines} lines`, () => {
    const long = complaints(sources(), (path) => {
      const lines = readText(path).trimEnd().split('\n').length;
      return lines > maxLines ? `${lines} lines` : undefined;
    });
    expect(long).toEqual([]);
  });

  it('names files for what they do', () => {
    const vague = sources().filter((path) =>
      /(^|[/._-])(utils?|helpers?|managers?|misc)([/._-]|$)/i.test(path),
    );
    const vagueEnds = sources().filter((path) => /(Utils?|Helpers?|Manager|Misc)\.[^/]*$/.test(path));
    expect([...vague, ...vagueEnds]).toEqual([]);
  });

  it('types everything', () => {
    const loose = sources().filter((path) => readFacts(path, readText(path)).usesAny);
    expect(loose).toEqual([]);
  });

  it('leaves nothing for later in the code', () => {
    // Put together here, so that this file does not complain about itself.
    const later = new RegExp(`\\b(TO${'DO'}|FIX${'ME'})\\b`);
    const found = complaints(sources(), (path) => later.exec(readText(path))?.[0]);
    expect(found).toEqual([]);
  });

  it('runs every test, not only one', () => {
    const only = new RegExp(`\\b(it|test|describe)\\${'.only'}\\b`);
    expect(sources().filter((path) => only.test(readText(path)))).toEqual([]);
  });

  it('locks packages by version and hash, from no certain registry', () => {
    const lock: { packages: Record<string, { integrity?: string; resolved?: string; link?: boolean }> } =
      JSON.parse(readText('package-lock.json'));
    const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(entries.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
    expect(entries.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
    expect(readText('package-lock.json')).not.toMatch(/"https?:\/\/[^"]*\.tgz"/);
  });

  it('asks for exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(readText('package.json'));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  it('carries no big files', () => {
    const big = complaints(files(), (path) =>
      sizeOf(path) > maxBytes ? `${sizeOf(path)} bytes` : undefined,
    );
    expect(big).toEqual([]);
  });

  it('documents only commands that exist', () => {
    const { scripts } = JSON.parse(readText('package.json'));
    const known = new Set([...Object.keys(scripts), 'install', 'ci']);
    const documents = files().filter((path) => path.endsWith('.md'));
    const unknown = documents.flatMap((path) =>
      [...readText(path).matchAll(/\bnpm (?:run (?:-s )?)?([a-z][\w:-]*)/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => !known.has(name))
        .map((name) => `${path}: npm run ${name}`),
    );
    expect(unknown).toEqual([]);
  });
});
