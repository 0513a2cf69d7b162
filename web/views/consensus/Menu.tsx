import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly about?: string;
  /** For what is on or off. */
  readonly checked?: boolean;
  act(): void;
  /** What it opens instead of doing something. */
  readonly more?: readonly MenuEntry[];
}

export interface MenuProps {
  readonly label: string;
  readonly at: { readonly left: number; readonly top: number };
  readonly entries: readonly MenuEntry[];
  close(): void;
}

const WIDTH_PX = 248;

/** What can be done here; outside of the panel, which would cut it off. */
export function Menu({ label, at, entries: all, close }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const [entries, setEntries] = useState(all);
  useEffect(() => {
    list.current?.querySelector('button')?.focus();
  }, [entries]);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !list.current?.contains(event.target)) close();
    };
    addEventListener('pointerdown', outside, true);
    return () => removeEventListener('pointerdown', outside, true);
  }, [close]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const here = items.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const height = Math.min(entries.length * 44 + 10, innerHeight - 16);
  return createPortal(
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
      className="fixed z-40 flex flex-col overflow-y-auto rounded-2 border border-line-strong bg-surface-2 p-1 shadow-(--shadow)"
      style={{
        width: WIDTH_PX,
        maxHeight: innerHeight - 16,
        left: Math.max(4, Math.min(at.left, innerWidth - WIDTH_PX - 8)),
        top: Math.max(8, Math.min(at.top, innerHeight - height - 8)),
      }}
    >
      {entries.map(({ id, label: name, about, checked, act, more }) => (
        <button
          key={id}
          type="button"
          {...roleOf(checked)}
          className="flex shrink-0 flex-col rounded-1 px-2 py-1 text-left hover:bg-surface-3 focus:bg-surface-3"
          aria-haspopup={more === undefined ? undefined : 'menu'}
          onClick={() => {
            if (more !== undefined) {
              setEntries(more);
              return;
            }
            close();
            act();
          }}
        >
          <span className="text-sm">
            {checked === true && '✓ '}
            {name}
          </span>
          {about !== undefined && <span className="text-xs leading-snug text-ink-2">{about}</span>}
        </button>
      ))}
    </div>,
    document.body,
  );
}

function roleOf(checked: boolean | undefined) {
  return checked === undefined
    ? { role: 'menuitem' as const }
    : { role: 'menuitemcheckbox' as const, 'aria-checked': checked };
}
