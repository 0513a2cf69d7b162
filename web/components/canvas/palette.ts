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

export function readPalette(): Palette {
  const looks = LOOK_TOKENS.map(readToken);
  const laneOf = new Map(getDescription()?.modules.map((module) => [module.id, module.lane]) ?? []);
  return {
    looks,
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
    module: once((id) => readToken(moduleToken(id, laneOf.get(id) ?? laneFromName(id)))),
    glyph: once((id) => moduleGlyph(id, laneOf.get(id) ?? laneFromName(id))),
  };
}

const known = new Map<string, number>();

/** `#rrggbb`, as the tokens are written, as a number; grey for anything else. */
export function rgbOf(colour: string): number {
  const found = known.get(colour);
  if (found !== undefined) return found;
  const value = /^#[0-9a-f]{6}$/i.test(colour) ? Number.parseInt(colour.slice(1), 16) : 0x808080;
  known.set(colour, value);
  return value;
}

/** Asked for each bar drawn, answered once a module. */
function once(answer: (id: string) => string): (id: string) => string {
  const known = new Map<string, string>();
  return (id) => {
    const found = known.get(id) ?? answer(id);
    known.set(id, found);
    return found;
  };
}

/** A stable hue for a module that the engine has not described. */
function laneFromName(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return sum;
}

export const isWork = (look: number): boolean =>
  look === LOOK.execute || look === LOOK.reexecute || look === LOOK.wasted;
