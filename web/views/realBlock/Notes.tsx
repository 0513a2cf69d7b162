import type { ImportReport } from '../../../engine/api/index.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';

/** What was left out or assumed when the file was read, folded away until somebody asks. */
export function Notes({ report }: { readonly report: ImportReport }) {
  const { name, sha256 } = report.reference;
  return (
    <details className="group text-sm">
      <summary className="flex w-fit list-none items-baseline gap-2 text-xs text-ink-2 select-none hover:text-ink">
        <span aria-hidden="true" className="text-ink-3 transition-transform group-open:rotate-90">
          ›
        </span>
        {text.notes}
      </summary>
      <ul className="mt-1.5 flex max-w-prose list-disc flex-col gap-1 pl-5 text-xs leading-snug text-ink-2">
        {report.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        <li className="wrap-anywhere" title={sha256}>
          {format(text.file, { name, sha256: sha256.slice(0, 12) })}
        </li>
      </ul>
    </details>
  );
}
