import { moduleToken, readToken } from '../../lib/colours.ts';
import { STATUS, STATUS_NAMES } from './statusTrack.ts';

/** Colours of the canvas under the theme in force, read once a theme. */
export interface Palette {
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  readonly accent: string;
  readonly abort: string;
  /** A font for words of this size in pixels at the usual root size; grows with it, as on a projector. */
  readonly font: (sizePx: number, weight?: number) => string;
  /** Hue of each lane's module. */
  readonly lane: readonly string[];
  /** The font's family, for words inside shapes, which grow with the zoom alone. */
  readonly family: string;
  /** Filling of a transaction's shape, by status. */
  readonly fill: readonly string[];
}

/** How strongly each status colours its shape; the stylesheet of the nodes uses the same shares. */
const FILLING: Readonly<Record<(typeof STATUS_NAMES)[number], readonly [token: string, share: number]>> = {
  notStarted: ['--surface-1', 1],
  executing: ['--st-execute', 0.62],
  reexecuting: ['--st-reexecute', 0.6],
  validating: ['--st-validate', 0.4],
  executed: ['--st-wait', 0.75],
  aborted: ['--st-abort', 0.62],
  suspended: ['--st-suspend', 0.5],
  committed: ['--st-commit', 0.24],
};

const USUAL_ROOT_PX = 14;

export function readPalette(modules: readonly string[]): Palette {
  const surface = readToken('--surface-1');
  const family = readToken('--font-sans') || 'sans-serif';
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_ROOT_PX || 1;
  return {
    ink: readToken('--ink'),
    ink2: readToken('--ink-2'),
    ink3: readToken('--ink-3'),
    surface,
    raised: readToken('--surface-2'),
    line: readToken('--line'),
    accent: readToken('--accent'),
    abort: readToken('--st-abort'),
    family,
    font: (sizePx, weight = 400) => `${weight} ${sizePx * scale}px ${family}`,
    lane: modules.map((module) => readToken(moduleToken(module))),
    fill: STATUS_NAMES.map((name) => mixHex(readToken(FILLING[name][0]), surface, FILLING[name][1])),
  };
}

/** Statuses that wear a sign beside their colour, so that nothing hangs on hue alone. */
export const STATUS_SIGN: readonly string[] = STATUS_NAMES.map((_, status) => {
  if (status === STATUS.reexecuting) return '↻';
  if (status === STATUS.aborted) return '×';
  return status === STATUS.suspended ? 'II' : '';
});

/** `share` of one colour in another, both `#rrggbb`; anything else stays the first colour. */
export function mixHex(colour: string, ground: string, share: number): string {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i;
  const a = hex.exec(colour);
  const b = hex.exec(ground);
  if (a === null || b === null) return colour;
  const channels = [1, 2, 3].map((i) => {
    const value = Math.round(Number.parseInt(a[i]!, 16) * share + Number.parseInt(b[i]!, 16) * (1 - share));
    return value.toString(16).padStart(2, '0');
  });
  return `#${channels.join('')}`;
}
