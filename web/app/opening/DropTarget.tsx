import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../components/Icon.tsx';
import { InFront } from '../../components/InFront.tsx';
import { openingText } from '../../lib/messages/share.ts';
import { openableKinds, openFiles } from '../../store/fileKinds.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { useOverlay } from '../overlay.ts';

/** Takes files that are dropped anywhere on the page, and says so while one hangs over it. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  // Entering a child leaves its parent, so both are counted.
  const depth = useRef(0);
  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const move = (by: number) => (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth.current = Math.max(0, depth.current + by);
      setOver(depth.current > 0);
    };
    const enter = move(1);
    const leave = move(-1);
    const hover = move(0);
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth.current = 0;
      setOver(false);
      // What a dialog shows is of the chain that may be replaced now.
      useWorkbench.getState().close();
      useOverlay.getState().close();
      void openFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const listeners = { dragenter: enter, dragleave: leave, dragover: hover, drop };
    for (const [type, listener] of Object.entries(listeners))
      window.addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of Object.entries(listeners))
        window.removeEventListener(type, listener as EventListener);
    };
  }, []);
  if (!over) return null;
  return (
    <InFront>
      <div
        data-testid="drop-target"
        className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-surface-0/80 p-6"
      >
        <div className="flex size-full max-h-80 max-w-2xl flex-col items-center justify-center gap-2 rounded-3 border-2 border-dashed border-accent bg-surface-1 text-center shadow-(--shadow)">
          <span className="text-accent">
            <Icon name="file" size={36} />
          </span>
          <p className="text-lg font-semibold">{openingText.dropHere}</p>
          <ul className="flex flex-col gap-0.5 text-sm text-ink-2">
            {openableKinds().map((kind) => (
              <li key={kind} className="first-letter:uppercase">
                {kind}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </InFront>
  );
}
