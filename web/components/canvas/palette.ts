import { getDescription } from '../../store/engine.ts';
import { moduleGlyph, moduleToken, readToken } from '../../lib/colours.ts';
import { LOOK } from './traceIndex.ts';

/** Token of each status, by {@link LOOK}. */
export const LOOK_TOKENS: readonly string[] = [
  '--st-execute',
  '--st-reexecute',
  '--st-validate',
  '--st-abort',
  '--st-suspend',
  '--st-wait',
  '--st-commit',
  '--st-abort',
];

/** Colours as a canvas takes them, read from the tokens of the theme in force. */
export interface Palette {
  readonly looks: readonly string[];
  /** The same as red, green, blue in 0 to 255, one after the other. */
  readonly lookRgb: Uint8Array;
  readonly surface0: string;
  readonly surface1: string;
  readonly surface2: string;
  readonly line: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly ghost: string;
  readonly fontFamily: string;
  module(id: string): string;
  glyph(id: string): string;
}

export function readPalette(context: CanvasRenderingContext2D): Palette {
  const looks = LOOK_TOKENS.map(readToken);
  const lookRgb = new Uint8Array(looks.length * 3);
  for (const [look, colour] of looks.entries()) lookRgb.set(toRgb(context, colour), look * 3);
  const laneOf = new Map(getDescription()?.modules.map((module) => [module.id, module.lane]) ?? []);
  return {
    looks,
    lookRgb,
    surface0: readToken('--surface-0'),
    surface1: readToken('--surface-1'),
    surface2: readToken('--surface-2'),
    line: readToken('--line'),
    ink: readToken('--ink'),
    ink2: readToken('--ink-2'),
    ink3: readToken('--ink-3'),
    accent: readToken('--accent'),
    ghost: readToken('--ghost'),
    fontFamily: getComputedStyle(document.body).fontFamily,
    module: (id) => readToken(moduleToken(id, laneOf.get(id) ?? laneFromName(id))),
    glyph: (id) => moduleGlyph(id, laneOf.get(id) ?? laneFromName(id)),
  };
}

/** A stable hue for a module that the engine has not described. */
function laneFromName(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return sum;
}

/** Setting a fill style and reading it back makes any opaque CSS colour `#rrggbb`. */
function toRgb(context: CanvasRenderingContext2D, colour: string): readonly [number, number, number] {
  context.fillStyle = '#000000';
  context.fillStyle = colour;
  const value = Number.parseInt(String(context.fillStyle).slice(1, 7), 16);
  return Number.isNaN(value) ? [128, 128, 128] : [value >> 16, (value >> 8) & 255, value & 255];
}

export const isWork = (look: number): boolean =>
  look === LOOK.execute || look === LOOK.reexecute || look === LOOK.wasted;
