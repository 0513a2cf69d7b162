import { useSyncExternalStore } from 'react';

/** What the viewer chose; `system` follows the operating system. */
export type ThemeChoice = 'system' | 'dark' | 'light';

const NAMED_MODULES = new Set(['bank', 'amm', 'ethereum', 'kernel']);
const HUES = 10;

let version = 0;
let cache = new Map<string, string>();
const listeners = new Set<() => void>();

/** The value of a design token (`--st-abort`) under the theme in force; for canvases. Cached until the theme changes. */
export function readToken(name: string): string {
  const known = cache.get(name);
  if (known !== undefined) return known;
  if (typeof document === 'undefined') return '';
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (value !== '') cache.set(name, value);
  return value;
}

let laneOf: ReadonlyMap<string, number> = new Map();

/** Tells the colours which lane each module has, as the engine describes them. */
export function nameLanes(modules: readonly { readonly id: string; readonly lane: number }[]): void {
  laneOf = new Map(modules.map((module) => [module.id, module.lane]));
}

/** The token that holds a module's hue: its own, or one by its lane. */
export function moduleToken(id: string, lane = laneOf.get(id) ?? 0): string {
  return NAMED_MODULES.has(id) ? `--mod-${id}` : `--mod-${lane % HUES}`;
}

/** A module's hue as CSS for style attributes. Always pair it with a label or {@link moduleGlyph}. */
export function moduleColour(id: string, lane?: number): string {
  return `var(${moduleToken(id, lane)})`;
}

const GLYPHS = ['◇', '●', '◆', '▲', '■', '⬟', '✚', '★', '⬢', '▼'];
const GLYPH_OF: Readonly<Record<string, string>> = { kernel: '◇', bank: '●', amm: '◆', ethereum: '▲' };

/** A module's shape, so that nothing hangs on hue alone. */
export function moduleGlyph(id: string, lane = laneOf.get(id) ?? 0): string {
  return GLYPH_OF[id] ?? GLYPHS[lane % GLYPHS.length] ?? '●';
}

/** Calls back when every token may have changed; returns how to stop. */
export function onThemeChange(callback: () => void): () => void {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

/** Rises with each change of theme: name it in a drawing effect's dependencies. */
export function useThemeVersion(): number {
  return useSyncExternalStore(onThemeChange, () => version);
}

/** Puts a theme in force, and tells every canvas. */
export function applyTheme(choice: ThemeChoice): void {
  const light =
    choice === 'system' ? matchMedia('(prefers-color-scheme: light)').matches : choice === 'light';
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
  cache = new Map();
  version++;
  for (const listener of listeners) listener();
}
