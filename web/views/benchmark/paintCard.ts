import { readToken } from '../../lib/colours.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import type { CardTexts } from './figures.ts';
import { MARKS, markCorners, type SpeedChart } from './geometry.ts';

/** Size of the picture in its own pixels; it is drawn at twice that. */
export const PICTURE = { width: 1200, height: 675, scale: 2 } as const;

/** Where the chart lies in the picture. */
export const PICTURE_CHART = { left: 552, top: 130, width: 608, height: 440 } as const;

type Points = readonly (readonly [number, number])[];

/** Draws the card with its chart in the colours of the theme in force: a picture to pass on. `work` is what the chart's payments do. */
export function paintCard(
  context: CanvasRenderingContext2D,
  texts: CardTexts,
  chart: SpeedChart,
  work: string,
): void {
  const family = getComputedStyle(document.body).fontFamily;
  const write = (
    words: string,
    x: number,
    y: number,
    sizePx: number,
    token = '--ink',
    weight = 400,
    align: CanvasTextAlign = 'left',
  ): number => {
    context.font = `${weight} ${sizePx}px ${family}`;
    context.fillStyle = readToken(token);
    context.textAlign = align;
    context.fillText(words, x, y);
    return context.measureText(words).width;
  };
  context.textBaseline = 'alphabetic';
  context.fillStyle = readToken('--surface-1');
  context.fillRect(0, 0, PICTURE.width, PICTURE.height);

  write(text.cardTitle, 56, 96, 30, '--ink-2');
  const wide = write(texts.figure, 50, 232, 144, '--ink', 600);
  // Beside the figure where there is room, else below it.
  const onCores = format(text.onCores, { cores: texts.cores });
  const below = wide > 330;
  write(onCores, below ? 56 : 50 + wide + 20, below ? 286 : 232, 40, '--ink-2');
  write(texts.interval, 56, below ? 320 : 272, 19, '--ink-3');

  context.fillStyle = readToken('--line');
  context.fillRect(56, 356, 430, 1);
  const facts: readonly (readonly [string, string, string | null])[] = [
    [texts.ceiling, text.cardCeiling, null],
    [texts.share, text.cardOfCeiling, null],
    ...(texts.worst === null
      ? []
      : [[texts.worst.figure, texts.worst.label, texts.worst.slower ? text.cardSlower : null] as const]),
  ];
  facts.forEach(([value, name, note], at) => {
    const x = 56 + at * 152;
    write(value, x, 412, 38, '--ink', 600);
    write(name, x, 438, 16, '--ink-2');
    if (note !== null) write(note, x, 459, 16, '--warn');
  });
  for (const [at, line] of texts.lines.entries()) write(line, 56, 510 + at * 26, 18, '--ink-2');
  write(text.cardBrand, 56, 632, 17, '--accent', 600);
  const besideX = PICTURE_CHART.left + 42;
  write(text.pictureChart, besideX, 80, 20, '--ink', 600);
  write(work, besideX, 106, 17, '--ink-2');
  for (const [at, line] of text.pictureLegend.entries()) write(line, besideX, 608 + at * 24, 16, '--ink-3');
  paintChart(context, chart, family);
}

function paintChart(context: CanvasRenderingContext2D, chart: SpeedChart, family: string): void {
  const { frame } = chart;
  const rightEdge = frame.width - frame.right;
  const floor = frame.height - frame.bottom;
  context.save();
  context.translate(PICTURE_CHART.left, PICTURE_CHART.top);
  const stroke = (points: Points, colour: string, width: number, dashes: readonly number[] = []): void => {
    context.beginPath();
    trace(context, points);
    context.setLineDash([...dashes]);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
    context.setLineDash([]);
  };
  const label = (
    words: string,
    x: number,
    y: number,
    colour: string,
    align: CanvasTextAlign,
    weight = 400,
  ): void => {
    context.font = `${weight} 15px ${family}`;
    context.fillStyle = colour;
    context.textAlign = align;
    context.fillText(words, x, y);
  };
  const faint = readToken('--ink-3');
  for (const { at, label: words } of chart.yTicks) {
    stroke(
      [
        [frame.left, at],
        [rightEdge, at],
      ],
      readToken('--line'),
      1,
    );
    label(words, frame.left - 10, at + 5, faint, 'right');
  }
  stroke(
    [
      [frame.left, chart.yOne],
      [rightEdge, chart.yOne],
    ],
    readToken('--line-strong'),
    1,
  );
  for (const { at, label: words } of chart.xTicks) label(words, at, floor + 22, faint, 'center');
  label(text.axisCores, rightEdge, floor + 42, faint, 'right');
  stroke(chart.ideal, faint, 2, [2, 6]);
  stroke(chart.ceiling, readToken('--ink-2'), 2, [8, 5]);
  for (const { level, points, allowed } of chart.lines) {
    const colour = readToken(`--bm-${level}`);
    stroke(allowed, colour, 2, [1, 5]);
    stroke(
      points.map(({ x, y }) => [x, y] as const),
      colour,
      3,
    );
    for (const { x, y, yLow, yHigh } of points) {
      stroke(
        [
          [x, yLow],
          [x, yHigh],
        ],
        colour,
        1.5,
      );
      paintMark(context, level, x, y, colour);
    }
  }
  for (const { kind, level, text: words, y } of chart.labels) {
    const own = kind === 'line';
    label(
      words,
      rightEdge + 14,
      y + 5,
      readToken(own ? `--bm-${level}` : '--ink-2'),
      'left',
      own ? 600 : 400,
    );
  }
  context.restore();
}

function trace(context: CanvasRenderingContext2D, points: Points): void {
  for (const [at, [x, y]] of points.entries()) {
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

function paintMark(
  context: CanvasRenderingContext2D,
  level: number,
  x: number,
  y: number,
  colour: string,
): void {
  const shape = MARKS[level]!;
  const corners = markCorners(shape, x, y, 6);
  context.beginPath();
  if (corners === null) context.arc(x, y, 6, 0, 2 * Math.PI);
  else trace(context, corners);
  context.closePath();
  context.fillStyle = shape === 'ring' ? readToken('--surface-1') : colour;
  context.fill();
  if (shape !== 'ring') return;
  context.lineWidth = 3;
  context.strokeStyle = colour;
  context.stroke();
}
