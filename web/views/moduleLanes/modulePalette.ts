import type { Palette } from '../../components/canvas/palette.ts';
import { LOOK } from '../../components/canvas/traceIndex.ts';

const made = new WeakMap<Palette, Map<string, Palette>>();

/** The palette with executions in the module's hue: on its own track a module needs no status of theirs. */
export function modulePalette(palette: Palette, module: string): Palette {
  const known = made.get(palette) ?? new Map<string, Palette>();
  made.set(palette, known);
  const found = known.get(module);
  if (found !== undefined) return found;
  const hue = palette.module(module);
  const looks = [...palette.looks];
  looks[LOOK.execute] = hue;
  const lookRgb = palette.lookRgb.slice();
  const rgb = Number.parseInt(hue.slice(1, 7), 16);
  if (!Number.isNaN(rgb)) lookRgb.set([rgb >> 16, (rgb >> 8) & 255, rgb & 255], LOOK.execute * 3);
  const coloured = { ...palette, looks, lookRgb };
  known.set(module, coloured);
  return coloured;
}
