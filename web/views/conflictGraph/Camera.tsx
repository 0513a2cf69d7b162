import { useReactFlow } from '@xyflow/react';
import { conflictGraphText as text } from '../../lib/messages/conflictGraph.ts';

const BUTTON =
  'grid size-7 place-items-center text-ink-2 hover:bg-surface-3 hover:text-ink first:rounded-l-2 last:rounded-r-2';

/** Buttons for what wheel and fingers do. */
export function Camera({ onFit, onMove }: { readonly onFit: () => void; readonly onMove: () => void }) {
  const flow = useReactFlow();
  const duration = matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160;
  return (
    <div className="mr-2 flex shrink-0 rounded-2 border border-line bg-surface-2">
      <button
        type="button"
        className={BUTTON}
        aria-label={text.zoomOut}
        title={text.zoomOut}
        onClick={() => {
          onMove();
          void flow.zoomOut({ duration });
        }}
      >
        <Icon path="M3 8h10" />
      </button>
      <button type="button" className={BUTTON} aria-label={text.fit} title={text.fit} onClick={onFit}>
        <Icon path="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />
      </button>
      <button
        type="button"
        className={BUTTON}
        aria-label={text.zoomIn}
        title={text.zoomIn}
        onClick={() => {
          onMove();
          void flow.zoomIn({ duration });
        }}
      >
        <Icon path="M3 8h10M8 3v10" />
      </button>
    </div>
  );
}

function Icon({ path }: { readonly path: string }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
