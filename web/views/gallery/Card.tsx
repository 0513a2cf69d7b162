import { type MouseEvent, type ReactNode, useId, useState } from 'react';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { format } from '../../lib/messages.ts';
import { linkAddress } from '../../lib/pageAddress.ts';
import { galleryText as text } from '../../lib/messages/gallery.ts';
import type { GalleryCard, GalleryEntry } from '../../store/gallery.ts';
import { drawingWords, figuresOf, sizeOf, tellingRun } from './figures.ts';
import { isStory, openEntry } from './openEntry.ts';
import { Thumbnail } from './Thumbnail.tsx';

/** A scenario: what it did when it was executed just now, and the way onto the stage. */
export function Card({ entry, card }: { readonly entry: GalleryEntry; readonly card: GalleryCard }) {
  const { scenario, fragment } = entry;
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  const about = useId();
  const story = isStory(entry);
  const open = (event: MouseEvent): void => {
    // With a key held, the browser opens the link elsewhere, as with any link.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    void openEntry(entry);
  };
  const runs = card.state === 'done' ? card.result.runs : [];
  const telling = tellingRun(runs);
  return (
    <li
      data-scenario={scenario.id}
      data-state={card.state}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      className="group relative flex flex-col overflow-hidden rounded-2 border border-line bg-surface-2 transition-colors focus-within:border-accent hover:border-line-strong"
    >
      <div className="relative h-42 border-b border-line bg-surface-0">
        {telling !== null ? (
          <>
            <Thumbnail
              run={telling}
              label={drawingWords(scenario.title, telling)}
              playing={hovered || focused}
            />
            <span
              title={format(text.drawnTitle, { height: telling.height })}
              className="absolute right-3.5 bottom-0.5 text-[0.72rem] text-ink-3"
            >
              {format(text.drawn, { height: telling.height })}
            </span>
          </>
        ) : (
          <Pending card={card} />
        )}
      </div>
      <div className="flex flex-1 flex-col gap-2 px-4 pt-3 pb-3.5">
        <div className="flex min-h-6 items-center justify-between gap-2">
          <h3 className="text-[1.02rem] font-semibold tracking-tight">
            <a
              href={linkAddress(fragment)}
              aria-label={format(story ? text.tell : text.open, { title: scenario.title })}
              aria-describedby={about}
              onClick={open}
              onFocus={(event) => setFocused(event.target.matches(':focus-visible'))}
              onBlur={() => setFocused(false)}
              className="after:absolute after:inset-0 after:rounded-2 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {scenario.title}
            </a>
          </h3>
          {card.state === 'done' && <Mark verdict={card.result.verification.verdict} />}
        </div>
        <p className="-mt-1.5 text-xs text-ink-3">{sizeOf(scenario.blocks, runs)}</p>
        <p id={about} className="min-h-[5.6em] text-sm leading-snug text-pretty text-ink-2">
          {scenario.about}
        </p>
        <Figures card={card} />
        <span
          aria-hidden="true"
          className="mt-auto flex items-center gap-1.5 pt-1 text-sm text-ink-2 group-focus-within:text-accent group-hover:text-accent"
        >
          <Icon name={story ? 'replay' : 'play'} size={12} />
          {story ? text.tellShort : text.openShort}
        </span>
      </div>
    </li>
  );
}

/** What the run measured; the places are kept while it is awaited, so that nothing moves when it comes. */
function Figures({ card }: { readonly card: GalleryCard }): ReactNode {
  const figures = figuresOf(card.state === 'done' ? card.result.runs : []);
  const known = card.state === 'done';
  return (
    <dl
      aria-label={text.figures}
      data-testid="figures"
      className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 border-t border-line pt-2 text-sm"
    >
      {figures.map(({ name, hint, value, spoken }) => (
        <div key={name} className="contents" title={hint === '' ? undefined : hint}>
          <dt className="text-ink-3">{name}</dt>
          <dd className="text-right text-ink">
            <span aria-hidden="true">{known ? value : '–'}</span>
            <span className="sr-only">{known ? spoken : text.waiting}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MARKS: Readonly<
  Record<'verified' | 'differs' | 'not_comparable', readonly [string, string, IconName, string]>
> = {
  verified: [text.verified, text.verifiedLong, 'check', 'text-ok'],
  differs: [text.differs, text.differsLong, 'cross', 'text-bad'],
  not_comparable: [text.notComparable, text.notComparableLong, 'more', 'text-warn'],
};

/** What the execution said of the scenario; never by colour alone. */
function Mark({ verdict }: { readonly verdict: keyof typeof MARKS }): ReactNode {
  const [short, long, icon, look] = MARKS[verdict];
  return (
    <span title={long} className={`inline-flex items-center gap-1 text-xs whitespace-nowrap ${look}`}>
      <Icon name={icon} size={12} />
      {short}
    </span>
  );
}

/** A still place for the drawing: what it waits for, or why there is none. */
function Pending({ card }: { readonly card: GalleryCard }): ReactNode {
  return (
    <div className="flex h-full flex-col justify-between p-3.5">
      <div aria-hidden="true" className="flex flex-col gap-1.5">
        {['w-full', 'w-11/12', 'w-full', 'w-10/12', 'w-full', 'w-9/12'].map((width, row) => (
          <div key={`${row} ${width}`} className={`h-1.5 rounded-1 bg-surface-2 ${width}`} />
        ))}
      </div>
      <p className={`text-xs ${card.state === 'failed' ? 'text-bad' : 'text-ink-3'}`}>
        {card.state === 'failed'
          ? format(text.failed, { message: card.error.message })
          : card.state === 'running'
            ? text.running
            : text.waiting}
      </p>
    </div>
  );
}
