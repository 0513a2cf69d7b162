import type { ReactNode } from 'react';
import type { KeyProof, ModuleAudit, TablePage } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { keyFromText, keyWords } from '../../lib/stateWords.ts';
import { getDescription } from '../../store/engine.ts';
import { valueLine } from './cells.ts';
import { Proof } from './Proof.tsx';
import { useAsked } from './useAsked.ts';

export interface EntryProps {
  readonly blockId: string;
  readonly height: number;
  readonly storage: KeyProof['storage'] | null;
  /** The key, `module/table/part…`; null before one is chosen. */
  readonly entry: string | null;
  /** What the table says of it, where it is on the page. */
  readonly row: TablePage['rows'][number] | undefined;
  readonly altered: ModuleAudit['altered'];
  onChange(key: string): void;
}

/** One entry: what it says, its proof, and what would find it changed. */
export function Entry({ blockId, height, storage, entry, row, altered, onChange }: EntryProps): ReactNode {
  const flat = storage === 'flatMap';
  const proven = useAsked(
    entry === null || storage === null || flat ? null : `${blockId} ${entry}`,
    (engine) => engine.proveKey(blockId, entry ?? ''),
  );
  const proof = proven.value?.key === entry || proven.fresh ? proven.value : null;
  if (entry === null) return <p className="text-sm text-ink-3 lg:row-span-2">{text.chooseEntry}</p>;
  const value = proof?.present === true ? proof.value : row?.value;
  const present = row !== undefined || proof?.present === true;
  return (
    <section
      aria-label={flat ? text.entryFlat : text.entry}
      className="flex min-w-0 flex-col gap-3 self-start lg:row-span-2 rounded-2 border border-line bg-surface-2 p-3.5"
    >
      <div className="min-w-0 text-sm">
        <h4 className="font-medium first-letter:uppercase">
          {keyWords(keyFromText(entry), getDescription())}
        </h4>
        <p className="text-ink-2 wrap-anywhere">
          {present ? valueLine(value) : proof !== null && text.absent}
        </p>
        <p className="font-mono text-[0.72rem] text-ink-3 wrap-anywhere">{entry}</p>
      </div>
      {altered?.key === entry && <p className="text-xs text-pretty text-ink-2">{text.notAltered}</p>}
      {present && altered?.key !== entry && (
        <div>
          <Button icon="craft" onClick={() => onChange(entry)}>
            {text.change}
          </Button>
        </div>
      )}
      {flat && <p className="text-xs text-pretty text-ink-3">{text.flatProof}</p>}
      {proven.failure !== null && (
        <p role="alert" className="text-xs text-pretty text-ink-2">
          {format(text.noProof, { message: proven.failure.message })}
        </p>
      )}
      {!flat && proof !== null && proven.failure === null && (
        <Proof key={proof.key} proven={proof} height={height} />
      )}
      {!flat && proof === null && proven.failure === null && (
        <p className="text-xs text-ink-3">{text.proving}</p>
      )}
    </section>
  );
}
