import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { LaneReport } from '../../../engine/api/index.ts';
import { modulesText as text } from '../../lib/messages/modules.ts';
import { format } from '../../lib/messages.ts';
import { session } from '../../store/session.ts';

type Deed = keyof typeof text.deeds;
const DEEDS = Object.keys(text.deeds) as Deed[];

function perform(deed: Deed, module: string): void {
  if (deed === 'haltReject') void session.haltModule(module, 'reject');
  else if (deed === 'haltQueue') void session.haltModule(module, 'queue');
  else if (deed === 'loseWorker') void session.loseWorker();
  else void session.breakModule(module, deed);
}

const BUTTON =
  'rounded-1 border border-line px-1.5 py-px text-xs text-ink-2 transition-colors hover:border-line-strong hover:text-ink';

/** What a person can do to a module: stop or break it while it runs, resume it when it does not. */
export function LaneActions({ lane }: { readonly lane: LaneReport }) {
  const { health, module, title } = lane;
  const [at, setAt] = useState<{ readonly left: number; readonly top: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useId();
  const close = (): void => {
    setAt(null);
    button.current?.focus();
  };
  return (
    <>
      {health.status === 'running' || health.status === 'standby' ? (
        <button
          ref={button}
          type="button"
          aria-haspopup="menu"
          aria-expanded={at !== null}
          aria-controls={menu}
          aria-label={format(text.breakIt, { module: title })}
          className={BUTTON}
          onClick={() => {
            const box = button.current?.getBoundingClientRect();
            if (box !== undefined) setAt(at === null ? { left: box.left, top: box.bottom + 4 } : null);
          }}
        >
          {text.break}
        </button>
      ) : (
        <button
          type="button"
          aria-label={format(text.resumeIt, { module: title })}
          className={`${BUTTON} border-ok text-ok`}
          onClick={() => void session.resumeModule(module)}
        >
          {text.resume}
        </button>
      )}
      {at !== null && <Menu id={menu} at={at} lane={lane} close={close} />}
    </>
  );
}

interface MenuProps {
  readonly id: string;
  readonly at: { readonly left: number; readonly top: number };
  readonly lane: LaneReport;
  close(): void;
}

/** Outside of the panel, which would cut it off. */
function Menu({ id, at, lane, close }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('button')?.focus();
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
  const height = 260;
  return createPortal(
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      aria-label={format(text.breakIt, { module: lane.title })}
      onKeyDown={onKeyDown}
      className="fixed z-40 flex w-64 flex-col rounded-2 border border-line-strong bg-surface-2 p-1 shadow-(--shadow)"
      style={{
        left: Math.min(at.left, Math.max(4, innerWidth - 264)),
        top: Math.max(4, Math.min(at.top, innerHeight - height)),
      }}
    >
      {DEEDS.map((deed) => (
        <button
          key={deed}
          type="button"
          role="menuitem"
          className="flex flex-col rounded-1 px-2 py-1 text-left hover:bg-surface-3 focus:bg-surface-3"
          onClick={() => {
            close();
            perform(deed, lane.module);
          }}
        >
          <span className="text-sm">{text.deeds[deed].label}</span>
          <span className="text-xs leading-snug text-ink-2">{text.deeds[deed].about}</span>
        </button>
      ))}
    </div>,
    document.body,
  );
}
