import type { ReactNode } from 'react';
import type { BlockRun, ImportReport } from '../../../engine/api/index.ts';
import { formatCount } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { importTitle } from '../../lib/realBlockWords.ts';
import { Marks } from './Marks.tsx';

/** Which block it is, how it was read, and whether what was executed is what the file says. */
export function Head({
  children,
  report,
  run,
}: {
  readonly report: ImportReport;
  readonly run: BlockRun;
  /** What can be done with it as a whole. */
  readonly children: ReactNode;
}) {
  return (
    <header className="flex flex-col @2xl:col-span-3">
      <div className="flex flex-wrap items-baseline gap-x-2.5">
        <h3 className="text-base font-semibold tracking-tight whitespace-nowrap">{importTitle(report)}</h3>
        <p className="text-xs leading-snug text-ink-3">{aboutFile(report)}</p>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <Marks run={run} />
        <div className="-mx-2 flex">{children}</div>
      </div>
    </header>
  );
}

function aboutFile({ indexConvention, keys, reference, transactions }: ImportReport): string {
  const about = format(text.about, {
    transactions: formatCount(transactions),
    keys: formatCount(keys),
    kind: text.kinds[reference.kind],
  });
  if (indexConvention === null) return about;
  return format(text.aboutConvention, { about, convention: text.conventions[indexConvention] });
}
