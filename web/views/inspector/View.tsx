import type { ReactNode } from 'react';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { useRuns } from '../../store/runs.ts';
import { useSelection } from '../../store/selection.ts';
import { BlockPanel } from './BlockPanel.tsx';
import { KeyPanel } from './KeyPanel.tsx';
import { QuietLink } from './parts.tsx';
import { TransactionPanel } from './TransactionPanel.tsx';

/**
 * Explains what is selected in plain words: a transaction, a key, or else the block. A key that was
 * picked after a transaction goes first; a selected abort belongs to its transaction.
 */
export function Inspector(): ReactNode {
  const run = useRuns((state) => state.run);
  const tx = useSelection((state) => state.tx);
  const key = useSelection((state) => state.key);
  const sequence = useSelection((state) => state.sequence);
  if (run === null) {
    return (
      <section aria-label={text.region} className="px-4 py-6 text-sm">
        <p className="text-ink-2">{text.empty}</p>
        <p className="mt-1 text-ink-3">{text.emptyHint}</p>
      </section>
    );
  }
  const ofKey = key !== null && sequence === null;
  return (
    <section aria-label={text.region} className="min-w-0 pb-6 text-ink">
      {(tx !== null || key !== null) && (
        <nav className="px-4 pt-3">
          <QuietLink onClick={() => useSelection.getState().clear()}>← {text.backToBlock}</QuietLink>
        </nav>
      )}
      {ofKey ? (
        <KeyPanel key={`${run.runId} ${key}`} run={run} index={key} />
      ) : tx !== null ? (
        <TransactionPanel key={`${run.runId} ${tx}`} run={run} tx={tx} />
      ) : (
        <BlockPanel run={run} />
      )}
    </section>
  );
}
