import { type ReactNode, useId, useState } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { PhraseText } from '../../components/PhraseText.tsx';
import { format } from '../../lib/messages.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { usePlayback } from '../../store/playback.ts';
import { useSelection } from '../../store/selection.ts';
import { type AbortStory, explainWriter } from './explain.ts';
import { keyIndexOf } from './facts.ts';
import { QuietLink } from './parts.tsx';
import { useInspection } from './useInspection.ts';

/** Stops the clock at the abort and ties its reader and writer in every panel. */
export function showAbort(run: BlockRun, { reader, cause }: AbortStory): void {
  useSelection
    .getState()
    .selectAbort(reader, cause.sequence, cause.writerTx, keyIndexOf(run, cause.key.text));
  const playback = usePlayback.getState();
  playback.pause();
  playback.seekTo(cause.atUs);
}

/** Why a run was thrown away, and on request why the writer came so late, and so on back. */
export function CauseChain({
  run,
  story,
  readerRun,
}: {
  readonly run: BlockRun;
  readonly story: AbortStory;
  readonly readerRun?: { readonly endUs: number } | undefined;
}): ReactNode {
  const [open, setOpen] = useState(false);
  const id = useId();
  const selected = useSelection((state) => state.sequence === story.cause.sequence);
  return (
    <div
      className={`mt-1.5 rounded-r-2 border-st-abort py-1 pr-2 pl-3 text-sm leading-relaxed ${selected ? 'border-l-4 bg-surface-2' : 'border-l-2'}`}
    >
      {story.sentences.map((sentence, i) => (
        <p key={i} className="text-ink-2">
          <PhraseText of={sentence} />
        </p>
      ))}
      <div className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1">
        <QuietLink onClick={() => showAbort(run, story)}>{text.goToAbort}</QuietLink>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="min-h-6 rounded-1 text-left text-ink-3 text-xs underline decoration-line-strong underline-offset-[3px] hover:text-ink"
        >
          {open
            ? text.whyLaterHide
            : format(story.cause.found.kind === 'estimate' ? text.whyAborted : text.whyLater, {
                writer: format(text.tx, { tx: story.cause.writerTx }),
              })}
        </button>
      </div>
      <div id={id}>{open && <Writer run={run} story={story} readerRun={readerRun} />}</div>
    </div>
  );
}

function Writer({
  run,
  story,
  readerRun,
}: {
  readonly run: BlockRun;
  readonly story: AbortStory;
  readonly readerRun?: { readonly endUs: number } | undefined;
}): ReactNode {
  const answer = useInspection(run, story.cause.writerTx);
  if (answer.state === 'loading') return <p className="mt-1.5 text-ink-3 text-xs">{text.loading}</p>;
  if (answer.state === 'failed') {
    return (
      <p className="mt-1.5 text-bad text-xs" role="alert">
        {format(text.failed, { message: answer.message })}{' '}
        <QuietLink onClick={answer.retry}>{text.retry}</QuietLink>
      </p>
    );
  }
  const { sentences, aborts } = explainWriter(run, answer.inspection, story, readerRun);
  return (
    <div className="mt-2">
      {sentences.map((sentence, i) => (
        <p key={i} className="text-ink-2">
          <PhraseText of={sentence} />
        </p>
      ))}
      {aborts.map((abort) => (
        <div key={abort.cause.sequence} className="mt-1.5">
          <p className="text-ink-3 text-xs">{format(text.writerAgainWhy, { run: abort.runNumber })}</p>
          <CauseChain
            run={run}
            story={abort}
            readerRun={answer.inspection.incarnations.find((record) => record.abort === abort.cause)}
          />
        </div>
      ))}
    </div>
  );
}
