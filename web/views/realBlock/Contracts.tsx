import { useEffect, useState } from 'react';
import type { BlockRun, ImportReport } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { formatCount } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { importChanges } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { session, useSession } from '../../store/session.ts';
import { Identicon } from './Identicon.tsx';
import { ListHead } from './ListHead.tsx';
import { addressName } from './names.ts';

const MOST = 8;
const SHOWN_MS = 1600;

/** The addresses that most transactions of the file touch, and a button that keeps only those transactions. */
export function Contracts({ report, run }: { readonly report: ImportReport; readonly run: BlockRun }) {
  const history = useRuns((state) => state.history);
  const busy = useSession((state) => state.busy);
  const kept = importChanges(history, run.blockId).flatMap((change) =>
    change.kind === 'keepContract' ? [change.address] : [],
  );
  const contracts = report.contracts.slice(0, MOST);
  return (
    <section aria-label={text.contracts} className="min-w-0">
      <ListHead title={text.contracts} about={text.contractsAbout} />
      {contracts.length === 0 && <p className="text-sm text-ink-3">{text.none}</p>}
      <ul className="flex flex-col">
        {contracts.map(({ address, transactions }) => (
          <li
            key={address}
            className="grid grid-cols-[auto_auto_minmax(0,1fr)_auto] items-center gap-x-2 border-b border-line py-1 text-sm last:border-0"
          >
            <span className="w-[2.6em] text-right font-semibold text-ink">{formatCount(transactions)}</span>
            <Identicon address={address} />
            <Address address={address} />
            {kept.includes(address) ? (
              <span className="px-2 text-xs text-accent">{text.onlyDone}</span>
            ) : (
              <Button
                className="min-h-6! px-2! text-xs!"
                disabled={busy || kept.length > 0}
                title={format(text.onlyLabel, { address })}
                aria-label={format(text.onlyLabel, { address: addressName(address) })}
                onClick={() => void session.keepContract(address)}
              >
                {text.only}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An address by its name or its ends; pressing it copies the whole. */
function Address({ address }: { readonly address: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => {
    navigator.clipboard?.writeText(address).then(
      () => setCopied(true),
      () => {},
    );
  };
  const name = addressName(address);
  return (
    <button
      type="button"
      title={address}
      aria-label={format(text.copy, { address })}
      className={`truncate rounded-1 text-left text-ink-2 hover:text-ink ${name.startsWith('0x') ? 'font-mono text-xs' : ''}`}
      onClick={copy}
    >
      {name}
      <span role="status" className="text-xs text-ok">
        {copied ? ` ${text.copied}` : ''}
      </span>
    </button>
  );
}
