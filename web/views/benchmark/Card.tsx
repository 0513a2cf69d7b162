import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import type { CardTexts } from './figures.ts';

/** The figure of this machine, to be read from the back of a room and put beside those of others. */
export function Card({ texts }: { readonly texts: CardTexts }) {
  const { worst } = texts;
  return (
    <article
      aria-label={text.card}
      data-testid="benchmark-card"
      className="flex flex-col gap-4 rounded-3 border border-line bg-surface-2 p-5"
    >
      <div>
        <p className="text-base text-ink-2">{text.cardTitle}</p>
        <p className="flex flex-wrap items-baseline gap-x-3 leading-none">
          <strong className="text-[5.2rem] font-semibold tracking-tight">{texts.figure}</strong>
          <span className="text-[1.7rem] text-ink-2">{format(text.onCores, { cores: texts.cores })}</span>
        </p>
        <p className="mt-2 text-xs text-ink-3">{texts.interval}</p>
      </div>
      <dl className="grid grid-cols-3 gap-x-4 gap-y-3 border-t border-line pt-4">
        <Fact value={texts.ceiling} name={text.cardCeiling} />
        <Fact value={texts.share} name={text.cardOfCeiling} />
        {worst !== null && (
          <Fact value={worst.figure} name={worst.label} note={worst.slower ? text.cardSlower : null} />
        )}
      </dl>
      <ul className="text-xs leading-relaxed text-ink-2">
        {texts.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </article>
  );
}

function Fact({
  value,
  name,
  note = null,
}: {
  readonly value: string;
  readonly name: string;
  readonly note?: string | null;
}) {
  return (
    <div className="flex min-w-0 flex-col-reverse justify-end">
      <dt className="text-xs leading-tight text-ink-2">
        {name}
        {note !== null && <span className="block text-warn">{note}</span>}
      </dt>
      <dd className="text-[1.7rem] leading-tight font-semibold">{value}</dd>
    </div>
  );
}

/** Before there is a figure: the same frame, and what will stand in it. */
export function EmptyCard({ note }: { readonly note: string }) {
  return (
    <article
      aria-label={text.card}
      className="flex min-h-72 flex-col justify-between gap-4 rounded-3 border border-dashed border-line-strong p-5"
    >
      <div>
        <p className="text-base text-ink-2">{text.cardTitle}</p>
        <p aria-hidden="true" className="text-[5.2rem] leading-none font-semibold tracking-tight text-ink-3">
          –.––×
        </p>
      </div>
      <p className="text-sm text-ink-2">{note}</p>
    </article>
  );
}
