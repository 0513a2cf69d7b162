/**
 * Who may import whom. Everything not listed is forbidden. The first rule whose `from` fits a file counts; a
 * file may always import its own layer (for a folder rule with `*`: its own plug-in folder).
 */

export type ImportKind =
  /** An import that is there when the program runs, static or dynamic. */
  | 'value'
  /** `import type`, `export type … from`, or `import('…')` in a type. */
  | 'type'
  /** `new URL('…', import.meta.url)`: how workers and assets are named. */
  | 'url';

export interface Rule {
  from: string;
  /** Paths that may be imported in any way. `folder/` means all below, `folder/*.ts` the files right in it. */
  may?: string[];
  /** Paths of which only types may be imported. */
  mayType?: string[];
  /** Paths that may only be named by URL. */
  mayUrl?: string[];
  /** Packages, by name; `node:` stands for all of Node. Empty when absent. */
  packages?: string[];
}

const webPackages = ['react', 'react-dom', '@xyflow/react', 'zustand', 'recharts', 'uqr'];
const kernel = ['engine/types/', 'engine/base/'];

/** Rules of a layer with one folder a plug-in, a contract and shared parts beside these folders. */
function pluginLayer(layer: string): Rule[] {
  const may = [...kernel, `${layer}*.ts`, 'engine/trace/records.ts', 'engine/trace/records/'];
  return [
    { from: `${layer}*/`, may },
    { from: `${layer}*.ts`, may },
  ];
}

export const rules: Rule[] = [
  { from: 'engine/base/', packages: ['@noble/hashes', '@chainsafe/as-sha256'] },
  { from: 'engine/types/', may: ['engine/base/'] },
  { from: 'engine/moduleSdk/', may: kernel },
  { from: 'engine/modules/*/', may: ['engine/moduleSdk/', ...kernel] },
  ...pluginLayer('engine/storage/'),
  // Execution runs modules through the SDK's declarations and starts from what storage keeps; the kernel is
  // what all strategies share.
  ...pluginLayer('engine/execution/').map((rule) => ({
    ...rule,
    may: [...(rule.may ?? []), 'engine/execution/kernel/', 'engine/moduleSdk/', 'engine/storage/contract.ts'],
  })),
  ...pluginLayer('engine/consensus/'),
  { from: 'engine/trace/', may: kernel },
  // What chain records and starts from is said in the door's words; nonces and fees are the kernel's tables.
  {
    from: 'engine/chain/',
    mayType: ['engine/api/'],
    may: [
      ...kernel,
      'engine/storage/contract.ts',
      'engine/execution/contract.ts',
      'engine/execution/outcome.ts',
      'engine/execution/kernel/kernelTables.ts',
      'engine/execution/kernel/gas.ts',
      'engine/moduleSdk/',
      'engine/consensus/contract.ts',
      'engine/trace/',
    ],
  },
  { from: 'engine/economy/', may: kernel, mayType: ['engine/api/'] },
  { from: 'engine/importers/', may: kernel, mayType: ['engine/api/'] },
  { from: 'engine/scenarios/', may: kernel, mayType: ['engine/api/'] },
  // The registry of backends, which nobody loads before roots are asked for.
  { from: 'engine/storages.ts', may: ['engine/storage/', ...kernel] },
  // The registry of protocols, which nobody loads before consensus is asked for.
  { from: 'engine/protocols.ts', may: ['engine/consensus/', ...kernel] },
  {
    from: 'engine/registry.ts',
    may: ['engine/modules/', 'engine/execution/'],
    mayType: ['engine/moduleSdk/', ...kernel],
  },
  { from: 'engine/api/', may: ['engine/types/'], mayType: ['engine/trace/'] },
  { from: 'engine/runtime/', may: ['engine/'], mayUrl: ['.build/'], packages: ['comlink', 'node:'] },
  { from: 'engine/cli/', may: ['engine/'], mayUrl: ['.build/'], packages: ['node:'] },
  {
    from: 'web/engineClient/',
    may: ['web/lib/'],
    mayType: ['engine/api/'],
    mayUrl: ['engine/runtime/engine.worker.ts'],
    packages: ['comlink'],
  },
  { from: 'web/lib/', mayType: ['engine/api/'], packages: webPackages },
  {
    from: 'web/store/',
    may: ['web/engineClient/', 'web/lib/'],
    mayType: ['engine/api/'],
    packages: webPackages,
  },
  {
    from: 'web/components/',
    may: ['web/store/', 'web/lib/'],
    mayType: ['engine/api/'],
    packages: webPackages,
  },
  {
    from: 'web/views/*/',
    may: ['web/store/', 'web/components/', 'web/lib/'],
    mayType: ['engine/api/'],
    packages: webPackages,
  },
  {
    from: 'web/lessons/',
    may: ['web/store/', 'web/components/', 'web/lib/'],
    mayType: ['engine/api/'],
    packages: webPackages,
  },
  // Built into a script of its own, which the page must not pull its parts into.
  { from: 'web/serviceWorker/' },
  // A view that did not load is asked for by an address that no bundler knows: the one that failed, made new.
  {
    from: 'web/app/viewParts.tsx',
    may: ['web/'],
    mayType: ['engine/api/'],
    packages: [...webPackages, '(a computed import)'],
  },
  // The shell and the entry put everything of the page together.
  { from: 'web/', may: ['web/'], mayType: ['engine/api/'], packages: webPackages },
];

/** Tests may import anything; nothing else may import them. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('engine/tests/') || path.startsWith('e2e/');
}

/**
 * Why one file may not import another, or undefined when it may. Paths start at the repository's root and
 * use `/`; `to` is such a path or a package's specifier.
 */
export function whyForbidden(from: string, to: string, kind: ImportKind): string | undefined {
  if (isTest(from)) return undefined;
  if (isTest(to)) return 'only tests may import tests';
  const rule = rules.find((candidate) => match(candidate.from, from) !== undefined);
  if (rule === undefined) return 'no rule covers this file: give its layer one';
  if (isPackage(to)) {
    return (rule.packages ?? []).includes(packageName(to)) ? undefined : `${rule.from} may not use ${to}`;
  }
  const own = match(rule.from, from);
  if (own !== undefined && to.startsWith(own)) return undefined;
  const allowed = [
    ...(rule.may ?? []),
    ...(kind === 'type' ? (rule.mayType ?? []) : []),
    ...(kind === 'url' ? (rule.mayUrl ?? []) : []),
  ];
  if (allowed.some((pattern) => match(pattern, to) !== undefined)) return undefined;
  const typesOnly = (rule.mayType ?? []).some((pattern) => match(pattern, to) !== undefined);
  return typesOnly
    ? `${rule.from} may import only types of it (import type)`
    : `${rule.from} may not import it`;
}

/** The part of a path that a pattern names, or undefined when it does not fit. */
function match(pattern: string, path: string): string | undefined {
  const source = pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]+');
  return new RegExp(`^${source}${pattern.endsWith('/') ? '' : '$'}`).exec(path)?.[0];
}

function isPackage(to: string): boolean {
  return !/^(engine|web|e2e|public|\.build|\.config|\.ci)\/|^[^/]*\.(ts|json|html|md)$/.test(to);
}

function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}
