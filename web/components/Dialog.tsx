import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { bringToFront } from './frontDialog.ts';

export interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  onClose(): void;
  readonly children: ReactNode;
  /** Tailwind width class. */
  readonly width?: string;
  /** The title is for screen readers only. */
  readonly bare?: boolean;
  /** A click beside it does not close it: too much would be lost by a slip. */
  readonly lasting?: boolean;
  /** Covers the page. */
  readonly full?: boolean;
}

/** A modal dialog: the browser keeps the focus inside, Escape and a click beside it close it. */
export function Dialog({
  title,
  closeLabel,
  onClose,
  children,
  width = 'max-w-2xl',
  bare = false,
  lasting = false,
  full = false,
}: DialogProps) {
  const frame = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = frame.current;
    if (dialog === null || dialog.open) return;
    dialog.showModal();
    const leave = bringToFront(dialog);
    return () => {
      leave();
      // While it is still in the page, so that the browser gives the focus back.
      dialog.close();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the dialog's own key for the same.
    <dialog
      ref={frame}
      aria-label={title}
      onClose={onClose}
      // A file field that nothing was chosen for says the same, and that rises through the page.
      onCancel={(event) => event.target === frame.current && onClose()}
      onClick={(event) => !lasting && event.target === frame.current && onClose()}
      className={`overflow-hidden bg-surface-1 p-0 text-ink ${
        full
          ? 'm-0 h-dvh max-h-none w-screen max-w-none border-0'
          : `m-auto max-h-[86dvh] w-[calc(100vw-2rem)] ${width} rounded-3 border border-line shadow-(--shadow) backdrop:bg-black/45`
      }`}
    >
      <div className={`flex flex-col ${full ? 'h-full' : 'max-h-[86dvh]'}`}>
        {!bare && (
          <header className="flex items-center justify-between border-b border-line py-2 pr-2 pl-5">
            <h2 className="text-base font-semibold">{title}</h2>
            <IconButton icon="close" label={closeLabel} onClick={onClose} />
          </header>
        )}
        <div className="min-h-0 overflow-y-auto">{children}</div>
      </div>
    </dialog>
  );
}
