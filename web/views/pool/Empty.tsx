import { poolText as text } from '../../lib/messages/pool.ts';

/** A curve without a point: why there is nothing to draw. */
export function Empty({
  line,
  retry,
  title,
}: {
  readonly title: string;
  readonly line: string;
  readonly retry?: () => void;
}) {
  return (
    <div className="grid h-full min-h-0 flex-1 place-content-center justify-items-center gap-2 bg-surface-1 p-6 text-center">
      <svg
        viewBox="0 0 96 72"
        width="96"
        height="72"
        aria-hidden="true"
        className="mb-1 text-line-strong"
        fill="none"
        stroke="currentColor"
      >
        <path d="M8 2v62h84" strokeWidth="1.5" />
        <path d="M14 4c2 34 18 52 74 54" strokeWidth="1.5" strokeDasharray="3 4" />
        <circle cx="31" cy="41" r="4.5" strokeWidth="1.5" fill="var(--surface-1)" />
      </svg>
      <h3 className="text-sm font-semibold text-ink">{title}</h3>
      <p className="max-w-sm text-sm text-ink-2">{line}</p>
      {retry && (
        <button
          type="button"
          onClick={retry}
          className="mt-1 rounded-2 border border-line-strong px-2.5 py-1 text-sm text-ink hover:bg-surface-3"
        >
          {text.retry}
        </button>
      )}
    </div>
  );
}
