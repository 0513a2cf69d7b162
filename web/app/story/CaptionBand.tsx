import { useEffect, useRef } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { formatFactor, formatUs } from '../../lib/format.ts';
import { shell } from '../../lib/messages/shell.ts';
import { story } from '../../lib/messages/story.ts';
import { format } from '../../lib/messages.ts';
import { useImported } from '../../store/importedBlock.ts';
import { useScenario } from '../../store/openedScenario.ts';
import { useRuns } from '../../store/runs.ts';
import { session, useSession } from '../../store/session.ts';
import { importCaption } from '../opening/importCaption.ts';
import { scenarioCaption } from '../opening/scenarioCaption.ts';
import { replayStory, takeOver, tellStory, useStory } from './director.ts';

/** One sentence on what is to be seen: the story's while it is told, else the block's own. */
export function CaptionBand() {
  const { phase, step, steps } = useStory();
  const run = useRuns((state) => state.run);
  const opened = useScenario((state) => state.opened !== null);
  const text = useCaption();
  return (
    <section
      aria-label={story.title}
      className="relative flex h-[5.4rem] shrink-0 items-center gap-6 border-b border-line bg-surface-1 px-5 py-2 max-sm:h-[9.5rem] max-sm:flex-col max-sm:items-start max-sm:gap-1"
    >
      <Said text={text} />
      <div className="ml-auto flex shrink-0 items-center gap-2 max-sm:ml-0">
        <Busy />
        {phase === 'playing' ? (
          <>
            <span
              role="img"
              aria-label={format(story.dots, { step: step + 1, steps })}
              className="flex gap-1"
            >
              {Array.from({ length: steps }, (_, at) => (
                <span
                  key={`dot ${at + 1}`}
                  className={`h-1 w-3 rounded-full ${at <= step ? 'bg-accent' : 'bg-surface-3'}`}
                />
              ))}
            </span>
            <Button look="quiet" onClick={takeOver}>
              {story.skip}
            </Button>
          </>
        ) : (
          run !== null && (
            <>
              {phase === 'stopped' && !opened && (
                <Button look="plain" icon="play" onClick={() => void tellStory(step)}>
                  {story.resume}
                </Button>
              )}
              {opened ? (
                <Button look="quiet" icon="replay" onClick={() => void session.playFromFirst()}>
                  {shell.fromFirst}
                </Button>
              ) : (
                <Button look="quiet" icon="replay" onClick={() => void replayStory()}>
                  {story.replay}
                </Button>
              )}
            </>
          )
        )}
      </div>
    </section>
  );
}

/** The story's sentence while it is told, else what a scenario says of this block, else the block's own. */
export function useCaption(): string {
  const { phase, caption, handedOver } = useStory();
  const run = useRuns((state) => state.run);
  const opened = useScenario((state) => state.opened);
  const imported = useImported((state) => state.imported);
  if ((phase === 'playing' || handedOver) && caption !== '') return caption;
  return scenarioCaption(opened, run) ?? importCaption(imported, run) ?? nowSentence(run);
}

/** The sentence, spoken when it changes; fades in only where motion is welcome. */
export function Said({ text }: { readonly text: string }) {
  const paragraph = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (text === '' || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    paragraph.current?.animate([{ opacity: 0.25 }, { opacity: 1 }], { duration: 280, easing: 'ease-out' });
  }, [text]);
  return (
    <p
      ref={paragraph}
      aria-live="polite"
      data-testid="caption"
      className="max-w-[84ch] text-[1.12rem] leading-[1.35] text-pretty text-ink max-sm:text-base"
    >
      {text}
    </p>
  );
}

/** Long work says so, and can be given up. */
function Busy() {
  const busy = useSession((state) => state.busy);
  return (
    <span
      className={`absolute right-4 bottom-0.5 flex items-center gap-1 text-xs text-ink-3 transition-opacity delay-300 ${busy ? 'opacity-100' : 'invisible opacity-0 delay-0'}`}
    >
      <span role="status">{busy ? shell.working : ''}</span>
      <Button look="quiet" className="text-xs!" onClick={session.cancel}>
        {shell.cancel}
      </Button>
    </span>
  );
}

/** The block in one plain sentence. */
export function nowSentence(run: BlockRun | null): string {
  if (run === null) return shell.nowWaiting;
  if (!run.matchesOracle) return shell.nowDiffers;
  const { transactions, speedup, aborts, durationUs } = run.metrics;
  if (run.execution.executor === 'sequential')
    return format(shell.nowOne, { transactions, time: formatUs(durationUs) });
  const one = run.workers === 1;
  const workers =
    run.clock === 'virtual'
      ? one
        ? shell.virtualCore
        : format(shell.virtualCores, { count: run.workers })
      : one
        ? shell.thread
        : format(shell.threads, { count: run.workers });
  return format(shell.now, {
    transactions,
    workers,
    verdict: format(speedup >= 1 ? shell.nowFaster : shell.nowSlower, { factor: formatFactor(speedup) }),
    aborts:
      aborts === 0
        ? shell.nowNoAborts
        : aborts === 1
          ? shell.nowOneAbort
          : format(shell.nowAborts, { count: aborts }),
  });
}
