import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { helpText, paletteText } from '../lib/messages/shell.ts';
import { format } from '../lib/messages.ts';
import { commandsFor, runCommand } from './commands.ts';
import { useOverlay } from './overlay.ts';

/** All commands by name. */
export function Palette() {
  const close = useOverlay((state) => state.close);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const commands = commandsFor(query);
  const chosen = Math.min(at, commands.length - 1);
  // The dialog gives the focus to what scrolls in it, once the list is longer than the page.
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((chosen + step + commands.length) % Math.max(1, commands.length));
    }
    const command = commands[chosen];
    if (event.key === 'Enter' && command !== undefined) {
      event.preventDefault();
      runCommand(command);
    }
  };
  return (
    <Dialog title={paletteText.title} closeLabel={helpText.close} onClose={close} width="max-w-lg" bare>
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={commands[chosen] === undefined ? undefined : `${id}-${chosen}`}
        aria-label={paletteText.placeholder}
        placeholder={paletteText.placeholder}
        className="w-full border-b border-line bg-transparent px-5 py-3.5 text-base placeholder:text-ink-3 focus:outline-none"
        value={query}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {commands.length === 0 && (
        <p className="px-5 py-4 text-sm text-ink-3">{format(paletteText.none, { query: query.trim() })}</p>
      )}
      <div ref={list} id={id} role="listbox" aria-label={paletteText.title} className="p-1.5">
        {commands.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="flex cursor-pointer items-center justify-between rounded-2 px-3.5 py-1.5 text-sm text-ink-2 aria-selected:bg-surface-3 aria-selected:text-ink"
            onPointerMove={() => setAt(index)}
            onClick={() => runCommand(command)}
          >
            {command.title}
            {command.keys && <kbd className="font-mono text-xs text-ink-2">{command.keys}</kbd>}
          </div>
        ))}
      </div>
      <p className="sr-only" role="status">
        {format(paletteText.results, { count: commands.length })}
      </p>
    </Dialog>
  );
}
