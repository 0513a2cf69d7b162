import { useEffect, useState } from 'react';
import type { ProtocolDescription, WaitingStep } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import type { ConsensusRun } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { Nothing } from './Nothing.tsx';
import { useMoment } from './useMoment.ts';
import { hueToken } from './look.ts';
import { timeWords, valueWords } from './words.ts';

const MOST_SHOWN = 60;

/** What could be next at this moment: choose, and it is. */
export function Steps({
  run,
  description,
}: {
  readonly run: ConsensusRun;
  readonly description: ProtocolDescription;
}) {
  const { events } = useMoment(run.branch);
  const [steps, setSteps] = useState<readonly WaitingStep[]>([]);
  useEffect(() => {
    let gone = false;
    void consensus.waiting(run.branch, events).then((answer) => {
      if (!gone && answer !== null) setSteps(answer);
    });
    return () => {
      gone = true;
    };
  }, [run.branch, events]);
  if (steps.length === 0) return <Nothing>{text.nothingWaits}</Nothing>;
  return (
    <>
      <p className="mb-1 text-xs text-ink-3">{text.stepsAbout}</p>
      <ol className="flex flex-col">
        {steps.slice(0, MOST_SHOWN).map((step, place) => (
          <li key={step.event}>
            <button
              type="button"
              onClick={() => void consensus.intervene({ kind: 'nextStep', event: step.event }, events)}
              className="flex w-full items-baseline gap-2 rounded-1 px-1.5 py-0.5 text-left text-xs hover:bg-surface-3"
            >
              <span
                aria-hidden="true"
                className="size-2 shrink-0 rounded-full"
                style={{ background: hueToken(step.value ?? -1) }}
              />
              <span className={place === 0 ? 'text-ink' : 'text-ink-2'}>{stepWords(step, description)}</span>
              <span className="ml-auto whitespace-nowrap text-ink-3">{timeWords(step.atUs)}</span>
            </button>
          </li>
        ))}
      </ol>
      {steps.length > MOST_SHOWN && (
        <p className="mt-1 text-xs text-ink-3">
          {format(text.moreWait, { count: steps.length - MOST_SHOWN })}
        </p>
      )}
    </>
  );
}

function stepWords(step: WaitingStep, { messageKinds }: ProtocolDescription): string {
  if (step.type !== 'message') return format(text.stepTypes[step.type], { node: step.node });
  return format(text.stepTypes.message, {
    kind: messageKinds[step.kind ?? 0]?.name ?? '',
    value: valueWords(step.value ?? -1),
    height: step.height ?? 0,
    round: step.round ?? 0,
    from: step.from,
    node: step.node,
  });
}
