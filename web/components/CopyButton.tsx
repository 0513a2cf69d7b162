import { type ReactNode, type RefObject, useEffect, useState } from 'react';
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

/** Copies a text and says so; where the browser refuses, selects it and says which keys copy it. */
export function CopyButton({ text, field, look = 'plain', disabled, label, children }: CopyButtonProps) {
  const [said, setSaid] = useState<'' | 'copied' | 'selected'>('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), said === 'copied' ? SHOWN_MS : SHOWN_MS * 4);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    setSaid('');
    if (await toClipboard(text())) return setSaid('copied');
    const shown = field?.current;
    shown?.focus();
    shown?.select();
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
      <span role="status" className={said === 'selected' ? 'mt-1 max-w-48 text-xs text-ink-2' : 'sr-only'}>
        {said === 'copied' ? shareText.copied : said === 'selected' ? shareText.selectLink : ''}
      </span>
    </span>
  );
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
