import { type ReactNode, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { PhraseText } from '../../components/PhraseText.tsx';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { session } from '../../store/session.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { type Fix, splitWays } from './fixes.ts';
import { ActionButton, Section } from './parts.tsx';

/** "What would fix it?": each answer with its reason; the run it makes stands beside the original. */
export function FixList({
  run,
  tx,
  fixes,
}: {
  readonly run: BlockRun;
  /** The transaction that an edit replaces. */
  readonly tx?: number;
  readonly fixes: readonly Fix[];
}): ReactNode {
  const [busy, setBusy] = useState(false);
  if (fixes.length === 0) return null;
  const apply = async (fix: Fix): Promise<void> => {
    if (fix.kind === 'edit') {
      const edit = tx === undefined ? {} : { edit: { blockId: run.blockId, index: tx } };
      useWorkbench.getState().openCraft({ draft: fix.draft, note: fix.note, ...edit });
      return;
    }
    setBusy(true);
    try {
      await applyToChain(fix);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={text.fixTitle}>
      <ul className="flex flex-col gap-3">
        {fixes.map((fix) => (
          <li key={fix.kind + fix.label}>
            {fix.kind !== 'none' && (
              <ActionButton disabled={busy} onClick={() => void apply(fix)}>
                {busy && fix.kind !== 'edit' ? text.fixBusy : fix.label}
              </ActionButton>
            )}
            <p className="mt-1.5 text-ink-3 text-xs leading-relaxed">
              <PhraseText of={fix.why} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Failures of these are shown by the session itself. */
async function applyToChain(fix: Fix): Promise<void> {
  switch (fix.kind) {
    case 'splitPool':
      await session.splitPool(fix.pool, splitWays);
      return;
    case 'splitKey':
      await session.splitKey(fix.key, splitWays);
      return;
    case 'feeRecipient':
      await session.changeExecution({ feeRecipient: 'exempt' });
      return;
    case 'granularity':
      await session.changeExecution({ granularity: 'slot' });
      return;
    case 'coolDown':
      await session.changeTraffic({ hotPermille: 0 });
      return;
    case 'edit':
    case 'none':
  }
}
