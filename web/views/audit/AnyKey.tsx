import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { auditText as text } from '../../lib/messages/audit.ts';

/** Asks for a key that stands in no table, to see its absence proved. */
export function AnyKey({
  onAsk,
  example,
}: {
  onAsk(key: string): void;
  readonly example: string | undefined;
}): ReactNode {
  const id = useId();
  const [key, setKey] = useState('');
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') onAsk(key.trim());
      }}
    >
      <label htmlFor={id} className="text-xs text-ink-3">
        {text.anyKey}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          value={key}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          placeholder={example ?? text.anyKeyHint}
          onChange={(event) => setKey(event.target.value)}
          className="min-w-0 flex-1 rounded-2 border border-line bg-surface-0 px-2.5 py-1 font-mono text-xs placeholder:text-ink-3"
        />
        <Button type="submit" disabled={key.trim() === ''}>
          {text.prove}
        </Button>
      </div>
    </form>
  );
}
