import type { ProtocolDescription } from '../../../engine/api/index.ts';
import { readToken } from '../../lib/colours.ts';

/** Colours as a canvas takes them, read from the tokens of the theme in force. */
export interface Look {
  readonly surface0: string;
  readonly surface1: string;
  readonly surface2: string;
  readonly surface3: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly ok: string;
  readonly warn: string;
  readonly bad: string;
  readonly hues: readonly string[];
  readonly fontFamily: string;
  /** Grows with the root font size, so that large type enlarges what is drawn too. */
  readonly scale: number;
}

/** Places in the set of hues, so that neighbours in a chain are told apart at a glance. */
const ORDER = [3, 7, 4, 2, 5, 6, 1, 9, 8];

export function readLook(): Look {
  const token = (name: string) => readToken(`--${name}`);
  return {
    surface0: token('surface-0'),
    surface1: token('surface-1'),
    surface2: token('surface-2'),
    surface3: token('surface-3'),
    line: token('line'),
    lineStrong: token('line-strong'),
    ink: token('ink'),
    ink2: token('ink-2'),
    ink3: token('ink-3'),
    accent: token('accent'),
    ok: token('ok'),
    warn: token('warn'),
    bad: token('bad'),
    hues: ORDER.map((place) => token(`mod-${place}`)),
    fontFamily: getComputedStyle(document.body).fontFamily,
    scale: (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 14) / 14,
  };
}

/** Which hue a block has; −1: there is none, or it is the one that everybody starts from. */
export function huePlace(value: number): number {
  return value <= 0 ? -1 : (value - 1) % ORDER.length;
}

export function hueOf(look: Look, value: number): string {
  return look.hues[huePlace(value)] ?? look.ink3;
}

/** The same as CSS. */
export function hueToken(value: number): string {
  const place = huePlace(value);
  return place < 0 ? 'var(--ink-3)' : `var(--mod-${ORDER[place]})`;
}

export type Shape = 'square' | 'circle' | 'triangle' | 'pentagon' | 'diamond';

const VOTES: readonly Shape[] = ['circle', 'triangle', 'pentagon'];

/** A shape for each kind of message, so that nothing hangs on hue. */
export function shapesOf(kinds: ProtocolDescription['messageKinds']): readonly Shape[] {
  let votes = 0;
  return kinds.map(({ role }) => {
    if (role === 'vote') return VOTES[votes++] ?? 'pentagon';
    return role === 'sync' ? 'diamond' : 'square';
  });
}

type Context = Pick<CanvasRenderingContext2D, 'moveTo' | 'lineTo' | 'arc' | 'rect' | 'closePath'>;

/** Adds a shape to the path. */
export function traceShape(context: Context, shape: Shape, x: number, y: number, reach: number): void {
  switch (shape) {
    case 'square':
      context.rect(x - reach, y - reach, 2 * reach, 2 * reach);
      break;
    case 'circle':
      context.moveTo(x + reach, y);
      context.arc(x, y, reach, 0, 2 * Math.PI);
      break;
    case 'triangle':
      tracePolygon(context, x, y + reach * 0.15, reach * 1.3, 3);
      break;
    case 'pentagon':
      tracePolygon(context, x, y, reach * 1.1, 5);
      break;
    case 'diamond':
      tracePolygon(context, x, y, reach * 1.15, 4);
      break;
  }
}

function tracePolygon(context: Context, x: number, y: number, reach: number, corners: number): void {
  for (let i = 0; i < corners; i++) {
    const angle = (2 * Math.PI * i) / corners - Math.PI / 2;
    const px = x + reach * Math.cos(angle);
    const py = y + reach * Math.sin(angle);
    if (i === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  }
  context.closePath();
}

export function font(look: Look, sizePx: number, weight = 400): string {
  return `${weight} ${Math.round(sizePx * look.scale * 10) / 10}px ${look.fontFamily}`;
}

/** `#rrggbb` as the pixels of an image hold it. */
export function pixelOf(colour: string): number {
  const rgb = /^#[0-9a-f]{6}$/i.test(colour) ? Number.parseInt(colour.slice(1), 16) : 0x808080;
  const littleEndian = ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16);
  return (0xff000000 | littleEndian) >>> 0;
}
