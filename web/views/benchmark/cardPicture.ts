import type { ScalingRow } from '../../../engine/api/index.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import { shortUs, type CardTexts } from './figures.ts';
import { speedChart } from './geometry.ts';
import { PICTURE, PICTURE_CHART, paintCard } from './paintCard.ts';

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
