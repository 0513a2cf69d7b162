import type { ScalingRow } from '../../../engine/api/index.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import { shortUs, type CardTexts } from './figures.ts';
import { speedChart } from './geometry.ts';
import { PICTURE, PICTURE_CHART, paintCard } from './paintCard.ts';

/** Lets the browser save a file under a name. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the content when the click is over, but not in every one at once.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The card and the chart for an amount of work as a PNG; null where the browser draws no canvas. */
export async function cardPicture(
  texts: CardTexts,
  rows: readonly ScalingRow[],
  workUs: number,
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = PICTURE.width * PICTURE.scale;
  canvas.height = PICTURE.height * PICTURE.scale;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.scale(PICTURE.scale, PICTURE.scale);
  const { width, height } = PICTURE_CHART;
  const frame = { width, height, left: 42, right: 140, top: 10, bottom: 50 };
  const work = format(text.pictureWork, { work: shortUs(workUs) });
  paintCard(context, texts, speedChart(rows, workUs, frame, 20), work);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
