import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { galleryText as text } from '../../lib/messages/gallery.ts';
import { runGallery, useGallery } from '../../store/gallery.ts';
import { usePlayback } from '../../store/playback.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Card } from './Card.tsx';
import { OpenOther } from './OpenOther.tsx';

/** The scenarios that come with the playground, executed while one looks at them. */
export function Gallery(): ReactNode {
  const { entries, list, error, cards } = useGallery();
  const [attempt, setAttempt] = useState(0);
  useEffect(runGallery, [attempt]);
  useRestingStage();
  return (
    <Dialog
      title={text.title}
      closeLabel={text.close}
      width="max-w-[96rem]"
      onClose={() => useWorkbench.getState().close()}
    >
      <div className="px-5 pt-4 pb-5 max-sm:px-3">
        <p className="mb-3.5 text-sm text-pretty text-ink-2">{text.intro}</p>
        {list === 'failed' ? (
          <Failed message={error?.message ?? ''} retry={() => setAttempt((count) => count + 1)} />
        ) : (
          <ul
            aria-busy={list === 'loading'}
            className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,21rem),1fr))] gap-4"
          >
            {list === 'loading' ? (
              <Placeholders />
            ) : (
              entries.map((entry) => (
                <Card
                  key={entry.scenario.id}
                  entry={entry}
                  card={cards[entry.scenario.id ?? ''] ?? { state: 'waiting' }}
                />
              ))
            )}
            <OpenOther />
          </ul>
        )}
      </div>
    </Dialog>
  );
}

/** The stage is out of sight: it rests meanwhile, and goes on when nothing else was put on it. */
function useRestingStage(): void {
  useEffect(() => {
    const { playing, pause } = usePlayback.getState();
    if (!playing) return;
    pause();
    const { durationUs, timeUs } = usePlayback.getState();
    return () => {
      const now = usePlayback.getState();
      if (now.durationUs === durationUs && now.timeUs === timeUs && !now.playing) now.play();
    };
  }, []);
}

/** As many still cards as there usually are. */
function Placeholders(): ReactNode {
  return (
    <>
      <li className="sr-only" role="status">
        {text.loading}
      </li>
      {[...'abcdefghijklmn'].map((name) => (
        <li key={name} aria-hidden="true" className="h-[25rem] rounded-2 border border-line bg-surface-2" />
      ))}
    </>
  );
}

function Failed({ message, retry }: { readonly message: string; retry(): void }): ReactNode {
  return (
    <div role="alert" className="flex max-w-[72ch] flex-col items-start gap-2 py-8">
      <h3 className="font-semibold">{text.failedTitle}</h3>
      <p className="text-sm text-bad">{message}</p>
      <p className="text-sm text-ink-2">{text.failedHint}</p>
      <Button icon="replay" className="mt-1" onClick={retry}>
        {text.retry}
      </Button>
    </div>
  );
}
