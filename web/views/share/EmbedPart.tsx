import { type ReactNode, useId, useRef, useState } from 'react';
import type { SharedScenario } from '../../../engine/api/index.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { shareText as text } from '../../lib/messages/share.ts';
import { type EmbedSize, embedSnippet } from './embedSnippet.ts';
import { PartTitle } from './PartTitle.tsx';

const SIZES = (['small', 'large', 'wide'] as const).map((value) => ({
  value,
  label: text.embedSizes[value],
}));

/** A piece of HTML that shows the same in another page. */
export function EmbedPart({
  shared,
  title,
}: {
  readonly shared: SharedScenario | null;
  readonly title: string;
}): ReactNode {
  const [size, setSize] = useState<EmbedSize>('small');
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const fragment = shared?.fragment ?? null;
  const snippet = fragment === null ? '' : embedSnippet(fragment, title, size);
  return (
    <section>
      <PartTitle>{text.embed}</PartTitle>
      <p className="mb-3 text-sm text-pretty text-ink-2">{text.embedAbout}</p>
      <label htmlFor={id} className="sr-only">
        {text.embedLabel}
      </label>
      <textarea
        ref={field}
        id={id}
        readOnly
        rows={3}
        value={snippet}
        onFocus={(event) => event.target.select()}
        className="block w-full resize-none rounded-2 border border-line bg-surface-0 px-3 py-1.5 font-mono text-xs leading-5 break-all text-ink-2"
      />
      <div className="mt-2 flex flex-wrap items-start justify-between gap-2">
        <Segmented label={text.embedSize} value={size} options={SIZES} onChange={(value) => setSize(value)} />
        <CopyButton field={field} text={() => snippet} label={text.copyEmbed} disabled={fragment === null}>
          {text.copy}
        </CopyButton>
      </div>
    </section>
  );
}
