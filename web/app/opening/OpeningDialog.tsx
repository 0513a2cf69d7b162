import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { formatCount } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { openingText } from '../../lib/messages/share.ts';
import { type Opening, useScenario } from '../../store/openedScenario.ts';
import { session } from '../../store/session.ts';

/** What is over sooner is not announced: a dialog that only flashes says nothing. */
const PATIENCE_MS = 300;

/** While a scenario is executed: what is done, how far it is, and a way out. */
export function OpeningDialog() {
  const opening = useScenario((state) => state.opening);
  const busy = opening !== null;
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (!busy) return setWaited(false);
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return opening !== null && waited ? <ProgressDialog opening={opening} /> : null;
}

function ProgressDialog({ opening }: { readonly opening: Opening }) {
  const { title, done, total, stage, cancelled } = opening;
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  const final = stage === 'drawing';
  const shown = cancelled ? openingText.cancelling : final ? openingText.drawing : openingText.executing;
  const blocks = format(openingText.blocks, { done: formatCount(done), total: formatCount(total) });
  return (
    <Dialog
      title={format(openingText.title, { title })}
      closeLabel={openingText.cancel}
      width="max-w-md"
      onClose={session.cancelOpening}
      lasting
    >
      <div className="flex flex-col gap-3 px-5 py-4">
        <p className="min-h-[2.9em] text-sm text-ink-2" role="status">
          {shown}
        </p>
        <progress
          aria-label={openingText.progress}
          aria-valuetext={blocks}
          className="progress"
          max={total}
          value={done}
        />
        <div className="flex items-center justify-between gap-3">
          <span className="text-sm text-ink" data-testid="opening-progress">
            {blocks}
          </span>
          <Button ref={cancel} disabled={final || cancelled} onClick={session.cancelOpening}>
            {openingText.cancel}
          </Button>
        </div>
        <p className="text-xs text-ink-3">{openingText.kept}</p>
      </div>
    </Dialog>
  );
}
