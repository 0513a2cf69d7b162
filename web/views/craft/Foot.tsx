import type { ReactNode } from 'react';
import { Button } from '../../components/Button.tsx';
import { format } from '../../lib/messages.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import type { Check } from './useCheck.ts';

/** What the engine says of the draft, and the button that sends it. */
export function Foot({
  check,
  failure,
  sending,
  edit,
  known,
}: {
  readonly check: Check;
  readonly failure: string | null;
  readonly sending: boolean;
  readonly edit: boolean;
  /** The error stands at its field. */
  readonly known: boolean;
}): ReactNode {
  return (
    <div className="sticky bottom-0 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-t bg-surface-1 px-5 py-3">
      <p aria-live="polite" className="min-w-0 flex-1 text-ink-3 text-sm">
        {failure !== null ? (
          <span className="text-bad">{format(text.failed, { message: failure })}</span>
        ) : (
          <CheckLine check={check} known={known} />
        )}
      </p>
      <div className="flex items-center gap-3">
        {!edit && <span className="hidden text-ink-3 text-xs sm:inline">{text.sendHint}</span>}
        <Button
          type="submit"
          look="accent"
          disabled={sending || check.state === 'wrong'}
          className="min-h-9 px-4"
        >
          {sending ? text.sending : edit ? text.save : text.send}
        </Button>
      </div>
    </div>
  );
}

function CheckLine({ check, known }: { readonly check: Check; readonly known: boolean }): ReactNode {
  if (check.state === 'checking') return text.checking;
  if (check.state === 'fine') {
    return (
      <>
        <span aria-hidden="true" className="text-ok">
          ✓{' '}
        </span>
        {check.summary === '' ? text.fine : format(text.summary, { summary: check.summary })}
      </>
    );
  }
  if (known) return text.wrongField;
  return <span className="text-bad">{format(text.wrong, { message: check.error.message })}</span>;
}
