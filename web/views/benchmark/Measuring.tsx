import { Button } from '../../components/Button.tsx';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import { benchmark, useBenchmark } from '../../store/benchmark.ts';
import { remainingUs, roughTime } from './grid.ts';

/** How far it is. Changes with each row and not between: nothing here moves while it measures. */
export function Measuring() {
  const { request, rows, total, elapsedMs } = useBenchmark();
  const left = request === null ? null : remainingUs(request, rows.length, elapsedMs);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-base font-semibold">{format(text.progress, { done: rows.length, total })}</p>
        <p className="text-sm text-ink-2">
          {left === null ? text.measuring : format(text.remaining, { time: roughTime(left) })}
        </p>
        <Button icon="close" data-main onClick={() => benchmark.cancel()} className="ml-auto">
          {text.cancel}
        </Button>
      </div>
      <div
        role="progressbar"
        aria-label={text.measuring}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={rows.length}
        className="h-2 overflow-hidden rounded-full bg-surface-3"
      >
        <div className="h-full bg-accent" style={{ width: `${(100 * rows.length) / Math.max(1, total)}%` }} />
      </div>
      <p className="text-sm text-ink-2">{text.alone}</p>
    </div>
  );
}
