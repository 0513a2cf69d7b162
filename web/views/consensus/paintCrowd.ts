import { consensusText as text } from '../../lib/messages/consensus.ts';
import { formatCount } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { visitMessages } from '../../store/consensus/segment.ts';
import { font, hueOf, huePlace, pixelOf } from './look.ts';
import type { RingMoment } from './paintRing.ts';
import { valueWords } from './words.ts';

type Context = CanvasRenderingContext2D;

/** What many messages are drawn with: an image that is kept from frame to frame. */
export interface Crowd {
  sheet: HTMLCanvasElement | null;
  image: ImageData | null;
}

/** By kind and value as one number. */
type Counts = ReadonlyMap<number, number>;

const MOST_COUNTS = 4;

/** Messages as points of an image: thousands cost less than a hundred shapes. Answers how many there are of each kind and value. */
export function paintCrowd(context: Context, moment: RingMoment, crowd: Crowd): Counts {
  const { layout, look, log, timeUs } = moment;
  const width = Math.max(1, Math.round(layout.width));
  const height = Math.max(1, Math.round(layout.height));
  if (crowd.image === null || crowd.image.width !== width || crowd.image.height !== height) {
    crowd.image = new ImageData(width, height);
    crowd.sheet = document.createElement('canvas');
    crowd.sheet.width = width;
    crowd.sheet.height = height;
  }
  const pixels = new Uint32Array(crowd.image.data.buffer);
  pixels.fill(0);
  const inks = [pixelOf(look.ink3), ...look.hues.map(pixelOf)];
  const counts = new Map<number, number>();
  const { x, y } = layout;
  visitMessages(log.segments, timeUs, timeUs, (segment, at) => {
    const { from, to, departsUs, value, kind } = segment.messages;
    const a = from[at]!;
    const b = to[at]!;
    const began = departsUs[at]!;
    const reach = segment.lost[at] === 1 ? 0.5 : 1;
    const done = (reach * (timeUs - began)) / Math.max(1, segment.endsUs[at]! - began);
    const px = (x[a]! + (x[b]! - x[a]!) * done) | 0;
    const py = (y[a]! + (y[b]! - y[a]!) * done) | 0;
    const ink = inks[huePlace(value[at]!) + 1]!;
    const place = py * width + px;
    pixels[place] = ink;
    pixels[place + 1] = ink;
    pixels[place + width] = ink;
    pixels[place + width + 1] = ink;
    const key = kind[at]! * 2 ** 26 + value[at]! + 1;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const { sheet, image } = crowd;
  sheet?.getContext('2d')?.putImageData(image, 0, 0);
  if (sheet !== null) context.drawImage(sheet, 0, 0, layout.width, layout.height);
  return counts;
}

/** In the middle of the ring: how many messages of what are under way. */
export function paintCounts(context: Context, { layout, look, kinds }: RingMoment, counts: Counts): void {
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_COUNTS);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = font(look, Math.min(11, layout.radius / 9), 600);
  const line = 16 * look.scale;
  most.forEach(([key, count], place) => {
    const kind = Math.floor(key / 2 ** 26);
    const value = (key % 2 ** 26) - 1;
    const words = format(text.crowd, {
      count: formatCount(count),
      kind: kinds[kind]?.name ?? '',
      value: valueWords(value),
    });
    const y = layout.centreY + (place - (most.length - 1) / 2) * line;
    const wide = context.measureText(words).width + 12;
    context.globalAlpha = 0.86;
    context.fillStyle = look.surface1;
    context.fillRect(layout.centreX - wide / 2, y - line / 2, wide, line);
    context.globalAlpha = 1;
    context.fillStyle = hueOf(look, value);
    context.fillText(words, layout.centreX, y);
  });
}
