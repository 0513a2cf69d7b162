import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { shareText } from '../lib/messages/share.ts';
import { Button } from './Button.tsx';

export interface CopyButtonProps {
  /** What is copied, found when it is pressed. */
  text(): string;
  /** The field that shows it: where there is no clipboard, its text is selected, to be copied by keys. */
  readonly field?: RefObject<HTMLInputElement | HTMLTextAreaElement | null>;
  readonly look?: 'plain' | 'accent';
  readonly disabled?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}

const SHOWN_MS = 2500;

/**
 * Copies a text and says so; where the browser refuses, selects it and says which keys copy it. A text that no field
 * shows is shown then.
 */
export function CopyButton({ text, field, look = 'plain', disabled, label, children }: CopyButtonProps) {
  const [said, setSaid] = useState<'' | 'copied' | 'selected'>('');
  const [byHand, setByHand] = useState<string | null>(null);
  const own = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), said === 'copied' ? SHOWN_MS : SHOWN_MS * 4);
    return () => clearTimeout(timer);
  }, [said]);
  useEffect(() => {
    if (byHand !== null) select(own.current);
  }, [byHand]);
  const copy = async (): Promise<void> => {
    setSaid('');
    setByHand(null);
    if (await toClipboard(text())) return setSaid('copied');
    if (field === undefined) setByHand(text());
    else select(field.current);
    setSaid('selected');
  };
  return (
    <span className="inline-flex flex-col items-stretch">
      <Button
        look={look}
        icon={said === 'copied' ? 'check' : 'copy'}
        disabled={disabled}
        aria-label={label}
        className="min-w-24"
        onClick={() => void copy()}
      >
        {said === 'copied' ? shareText.copied : children}
      </Button>
      {byHand !== null && (
        <textarea
          ref={own}
          readOnly
          rows={3}
          aria-label={shareText.copyByHand}
          value={byHand}
          className="mt-1 w-64 max-w-full resize-none rounded-2 border border-line bg-surface-0 px-2 py-1 font-mono text-xs text-ink-2"
        />
      )}
      <span role="status" className={said === 'selected' ? 'mt-1 max-w-48 text-xs text-ink-2' : 'sr-only'}>
        {said === 'copied' ? shareText.copied : said === 'selected' ? shareText.selectLink : ''}
      </span>
    </span>
  );
}

function select(field: HTMLInputElement | HTMLTextAreaElement | null): void {
  field?.focus();
  field?.select();
}

/** The clipboard is missing where a page is not secure, and may be denied. */
async function toClipboard(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard === undefined) return false;
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
