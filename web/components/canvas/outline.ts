import type { BarBox } from './paintRow.ts';

/** A rim just outside a bar. */
export function outline(context: CanvasRenderingContext2D, box: BarBox, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  const grow = width / 2 + 0.25;
  context.beginPath();
  context.roundRect(box.x - grow, box.y - grow, box.width + grow * 2, box.height + grow * 2, 3);
  context.stroke();
}
