import { useState } from 'react';
import { Button, IconButton } from '../components/Button.tsx';
import { whyNoThreads } from '../lib/isolation.ts';
import { shell } from '../lib/messages/shell.ts';
import { format } from '../lib/messages.ts';
import { session, useSession } from '../store/session.ts';

/** Across the page: the engine is down, or there are no threads. */
export function Banners() {
  const threads = useSession((state) => state.description?.machine.sharedMemory ?? true);
  const [seen, setSeen] = useState(false);
  return (
    <>
      <FailureBanner />
      {!threads && !seen && (
        <div
          role="status"
          className="flex items-center gap-3 border-b border-line bg-surface-2 px-4 py-1 text-sm text-ink-2"
        >
          <span>{format(shell.noThreads, { reason: shell.noThreadsReasons[whyNoThreads()] })}</span>
          <IconButton
            icon="close"
            size={12}
            label={shell.dismiss}
            className="ml-auto"
            onClick={() => setSeen(true)}
          />
        </div>
      )}
    </>
  );
}

/** The engine is down, and how to start another. */
export function FailureBanner() {
  const failure = useSession((state) => state.failure);
  if (failure === null) return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-bad bg-bad/12 px-4 py-2 text-sm"
    >
      <strong className="font-semibold">{shell.failedTitle}</strong>
      <span>
        {failure.message} <span className="font-mono text-xs text-ink-2">{failure.code}</span>
      </span>
      <span className="ml-auto flex items-center gap-3">
        <span className="text-xs text-ink-2">{shell.restartHint}</span>
        <Button look="accent" icon="replay" onClick={() => void session.restart()}>
          {shell.restart}
        </Button>
      </span>
    </div>
  );
}
