import { type ReactNode, useId, useRef } from 'react';
import type { SharedScenario } from '../../../engine/api/index.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { formatCount } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { shareText as text } from '../../lib/messages/share.ts';
import { linkAddress } from '../../lib/pageAddress.ts';

/** Letters that every chat and mail program carries. */
const GOOD_LETTERS = 2000;
/** Where the meter ends; longer links fill it. */
const METER_LETTERS = 4000;

/** The link, a button that copies it, and how long it is. */
export function LinkPart({
  shared,
  pending,
}: {
  readonly shared: SharedScenario | null;
  /** It is still being packed. */
  readonly pending: boolean;
}): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const fragment = shared?.fragment ?? null;
  const link = fragment === null ? '' : linkAddress(fragment);
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-xs text-ink-3">
        {text.linkLabel}
      </label>
      <div className="flex items-start gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          data-testid="share-link"
          value={link}
          placeholder={shared !== null ? text.noLink : pending ? text.making : text.missing}
          aria-describedby={`${id}-length`}
          onFocus={(event) => event.target.select()}
          className="min-w-0 flex-1 rounded-2 border border-line bg-surface-0 px-3 py-[3px] font-mono text-xs leading-5 text-ellipsis text-ink-2"
        />
        <CopyButton
          look="accent"
          field={field}
          text={() => link}
          label={text.copyLink}
          disabled={fragment === null}
        >
          {text.copy}
        </CopyButton>
      </div>
      {shared === null || fragment !== null ? (
        <LengthMeter id={`${id}-length`} letters={link.length} />
      ) : (
        <p id={`${id}-length`} role="alert" className="mt-2 text-sm text-pretty text-ink-2">
          {text.tooMuch}
        </p>
      )}
    </div>
  );
}

function LengthMeter({ id, letters }: { readonly id: string; readonly letters: number }): ReactNode {
  const long = letters > GOOD_LETTERS;
  const words = long ? format(text.lengthLong, { letters: formatCount(GOOD_LETTERS) }) : text.lengthGood;
  return (
    <div className="mt-2 flex flex-col gap-1">
      <meter
        aria-label={text.lengthMeter}
        aria-valuetext={format(text.length, { letters: formatCount(letters) })}
        className="meter"
        min={0}
        max={METER_LETTERS}
        high={GOOD_LETTERS}
        optimum={0}
        value={Math.min(letters, METER_LETTERS)}
      />
      <p id={id} className="flex min-h-[2.9em] items-start gap-1.5 text-xs text-ink-2 sm:min-h-0">
        {letters > 0 && (
          <>
            <span className={`mt-0.5 ${long ? 'text-warn' : 'text-ok'}`}>
              <Icon name={long ? 'more' : 'check'} size={12} />
            </span>
            <span>
              <span className="text-ink">{format(text.length, { letters: formatCount(letters) })}.</span>{' '}
              {words}
            </span>
          </>
        )}
      </p>
    </div>
  );
}
