import type { ReactNode } from 'react';
import type { Phrase, PhrasePart } from '../lib/phrase.ts';
import { usePlayback } from '../store/playback.ts';
import { useRuns } from '../store/runs.ts';
import { useSelection } from '../store/selection.ts';

const linkStyle =
  'inline rounded-1 text-left whitespace-normal text-ink underline decoration-accent/50 decoration-1 underline-offset-[3px] hover:text-accent hover:decoration-accent';

/** A sentence whose transactions, keys and instants select themselves in every panel when clicked. */
export function PhraseText({ of }: { readonly of: Phrase }): ReactNode {
  return of.map((part, i) => {
    if (typeof part === 'string') {
      const before = of[i - 1];
      return before === undefined || typeof before === 'string' ? part : part.replace(MARK, '');
    }
    const next = of[i + 1];
    const mark = typeof next === 'string' ? MARK.exec(next)?.[0] : undefined;
    return (
      <span key={`${i}-${part.text}`} className={mark === undefined ? '' : 'whitespace-nowrap'}>
        <Part part={part} />
        {mark}
      </span>
    );
  });
}

/** A comma or full stop goes with the link before it; a line never begins with it. */
const MARK = /^[,.;:]/;

function Part({ part }: { readonly part: Exclude<PhrasePart, string> }): ReactNode {
  if (part.kind === 'strong')
    return <strong className="font-semibold whitespace-normal text-ink">{part.text}</strong>;
  return (
    <button
      type="button"
      className={linkStyle}
      onClick={() => follow(part)}
      onPointerEnter={() => point(part)}
      onPointerLeave={() => useSelection.getState().hover({})}
      onFocus={() => point(part)}
      onBlur={() => useSelection.getState().hover({})}
    >
      {part.text}
    </button>
  );
}

type Link = Exclude<PhrasePart, string | { readonly kind: 'strong' }>;

/** Index of a key of the run on stage, or null. */
function keyOnStage(text: string): number | null {
  const index = useRuns.getState().run?.keys.findIndex((key) => key.text === text) ?? -1;
  return index < 0 ? null : index;
}

function follow(link: Link): void {
  const selection = useSelection.getState();
  if (link.kind === 'tx') selection.selectTx(link.tx);
  else if (link.kind === 'key') selection.selectKey(keyOnStage(link.key));
  else goToInstant(link.timeUs);
}

function point(link: Link): void {
  const { hover } = useSelection.getState();
  if (link.kind === 'tx') hover({ tx: link.tx });
  else if (link.kind === 'key') hover({ key: keyOnStage(link.key) });
}

/** Stops the clock at an instant of the run. */
export function goToInstant(timeUs: number): void {
  const playback = usePlayback.getState();
  playback.pause();
  playback.seekTo(timeUs);
}
