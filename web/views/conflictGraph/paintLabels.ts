import { flowOf, ROW_GAP } from './geometry.ts';
import type { Scene } from './paint.ts';

/** Names the lanes and the waves, in the pixels of the screen, so that the words stay readable at any zoom. */
export function paintLabels(context: CanvasRenderingContext2D, scene: Scene): void {
  // Rows that follow each other this closely leave no room for words between them.
  const tight = scene.layout.rows > 1 && ROW_GAP * scene.viewport.zoom < 16;
  if (tight) paintRowRanges(context, scene);
  else paintWaves(context, scene);
  paintLanes(context, scene, tight);
}

function paintWaves(context: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, palette, viewport, waveLabel, width } = scene;
  const top = topOfRows(scene);
  context.font = palette.font(10);
  context.fillStyle = palette.ink3;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'center';
  let row = -1;
  let freeFrom = Number.NEGATIVE_INFINITY;
  for (let wave = 0; wave < layout.waveX.length; wave++) {
    const first = layout.waveRow[wave]! !== row;
    row = layout.waveRow[wave]!;
    const flow = flowOf(row);
    const y = top[row]! - 7;
    const x = viewport.x + layout.waveX[wave]! * viewport.zoom;
    const text = first ? waveLabel(wave) : String(wave + 1);
    const half = context.measureText(text).width / 2;
    if (!first && x * flow - half < freeFrom) continue;
    // Where not all fit, every fifth is written, which is easier to count by.
    if (!first && layout.waveWidth[wave]! * viewport.zoom < 26 && (wave + 1) % 5 !== 0) continue;
    freeFrom = x * flow + half + 10;
    if (x < -20 || x > width + 20 || y < 0 || y > scene.height + 10) continue;
    context.fillText(text, x, y);
    if (!first || layout.rows === 1) continue;
    context.fillText(flow > 0 ? '→' : '←', x + flow * (half + 9), y);
    freeFrom += 14;
  }
}

/** In the margin of each row: which waves it holds and which way it reads. */
function paintRowRanges(
  context: CanvasRenderingContext2D,
  { layout, palette, viewport, ...scene }: Scene,
): void {
  const { bands } = layout;
  const lanes = bands.length / layout.rows;
  context.font = palette.font(10);
  context.fillStyle = palette.ink3;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const x = Math.max(viewport.x - 6, 56);
  let wave = 0;
  for (let row = 0; row < layout.rows; row++) {
    const first = wave;
    while (wave < layout.waveRow.length && layout.waveRow[wave] === row) wave++;
    const upper = bands[row * lanes]!;
    const lower = bands[row * lanes + lanes - 1]!;
    const y = viewport.y + ((upper.y + lower.y + lower.height) / 2) * viewport.zoom;
    if (y < 0 || y > scene.height) continue;
    context.fillText(
      `${first + 1 === wave ? wave : `${first + 1}–${wave}`} ${flowOf(row) > 0 ? '→' : '←'}`,
      x,
      y,
    );
  }
}

function paintLanes(context: CanvasRenderingContext2D, scene: Scene, tight: boolean): void {
  const { layout, modules, palette, viewport } = scene;
  context.font = palette.font(11, 600);
  context.textBaseline = 'middle';
  if (tight) {
    // One legend above the first row speaks for all.
    context.textAlign = 'left';
    const all = modules.reduce((sum, module) => sum + context.measureText(module).width + 12, 0);
    let x = Math.max(8, Math.min(viewport.x, scene.width - all));
    const y = topOfRows(scene)[0]! - 10;
    modules.forEach((module, lane) => {
      context.fillStyle = palette.lane[lane] ?? palette.ink2;
      context.fillText(module, x, y);
      x += context.measureText(module).width + 12;
    });
    return;
  }
  context.textAlign = 'right';
  for (const band of layout.bands) {
    const y = viewport.y + (band.y + band.height / 2) * viewport.zoom;
    const left = viewport.x + band.x * viewport.zoom - 8;
    const text = modules[band.lane] ?? '';
    const width = context.measureText(text).width;
    const right = Math.max(left, width + 10);
    // A rim in the ground's colour keeps the word readable on whatever it lies.
    context.strokeStyle = palette.surface;
    context.lineWidth = 5;
    context.strokeText(text, right, y);
    context.fillStyle = palette.lane[band.lane] ?? palette.ink2;
    context.fillText(text, right, y);
  }
}

/** The upper edge of each row on screen. */
function topOfRows({ layout, viewport }: Scene): number[] {
  const tops: number[] = [];
  for (const band of layout.bands) {
    if (band.lane === 0) tops[band.row] = viewport.y + band.y * viewport.zoom;
  }
  return tops;
}
