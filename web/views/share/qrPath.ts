import { encode } from 'uqr';

/** Modules of light around the code, as ISO/IEC 18004 asks for. */
const QUIET_ZONE = 4;
/** Letters beyond which the modules become too small for a phone to tell apart. */
export const MOST_QR_LETTERS = 2000;
/** Letters beyond which a small picture of it is hard to read. */
export const DENSE_QR_LETTERS = 600;

export interface QrPicture {
  /** Width and height in modules, quiet zone included. */
  readonly size: number;
  /** The dark modules as one SVG path, a unit a module. */
  readonly path: string;
}

/** A QR code as one path, or null when the text is too long for one that a phone can read. */
export function qrPicture(text: string): QrPicture | null {
  if (text.length > MOST_QR_LETTERS) return null;
  const { data, size } = encode(text, { ecc: 'L', border: QUIET_ZONE });
  const path = data
    .flatMap((row, y) => runsOf(row).map(([from, to]) => `M${from} ${y}h${to - from}v1h${from - to}z`))
    .join('');
  return { size, path };
}

/** Neighbouring dark modules of a row as one: [from, to). */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (!dark) return;
    if (last !== undefined && last[1] === x) last[1] = x + 1;
    else runs.push([x, x + 1]);
  });
  return runs;
}
