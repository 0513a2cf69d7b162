import { useEffect, useMemo } from 'react';
import { Button } from '../../components/Button.tsx';
import { EmptyPanel } from '../../components/canvas/EmptyPanel.tsx';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { type ConsensusRun, descriptionOf, runOf, useConsensus } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { startClock } from '../../store/consensus/consensusClock.ts';
import { useMedia } from '../../lib/useMedia.ts';
import { useSession } from '../../store/session.ts';
import { differenceUs } from './difference.ts';
import { Header } from './Header.tsx';
import { Legend } from './Legend.tsx';
import { Pane } from './Pane.tsx';
import { RunStage } from './RunStage.tsx';
import { Transport } from './Transport.tsx';

/** A simulated network that agrees: its replicas on a ring, beside it what happened over time, and hands in it. */
export function Consensus() {
  const ready = useSession((state) => state.phase === 'ready');
  const failure = useConsensus((state) => state.failure);
  const hasRun = useConsensus((state) => state.runs.length > 0);
  useEffect(() => {
    if (ready) void consensus.begin();
  }, [ready]);
  useEffect(() => startClock((untilUs) => consensus.runUntil(untilUs)), []);
  if (failure !== null && !hasRun) {
    return (
      <div role="alert" className="flex h-full flex-col items-start gap-2 p-4 text-sm">
        <p>{text.failedTitle}</p>
        <p className="text-ink-3">{failure.message}</p>
        <Button onClick={() => void consensus.startOver()}>{text.again}</Button>
      </div>
    );
  }
  if (!hasRun) return <EmptyPanel title={text.loading} message={ready ? '' : text.wait} />;
  return <OnStage />;
}

function OnStage() {
  const shown = useConsensus((state) => state.shown);
  const runs = useConsensus((state) => state.runs);
  const version = useConsensus((state) => state.version);
  const stage = shown.flatMap((branch) => runOf(branch, { ...useConsensus.getState(), runs }) ?? []);
  const [first, second] = stage;
  // Logs grow in place; their version says when.
  const differsUs = useMemo(
    () => (first === undefined || second === undefined ? -1 : differenceUs(first.log, second.log)),
    [first, second, version],
  );
  return (
    <div className="@container flex h-full min-h-0 flex-col">
      <Header />
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto @5xl:flex-row @5xl:overflow-hidden">
        <div className="flex min-w-0 shrink-0 grow flex-col gap-px @5xl:min-h-0 @5xl:shrink @5xl:basis-0 @5xl:overflow-y-auto">
          {stage.map((run) => (
            <RunStage key={run.branch} run={run} differsUs={differsUs} isAlone={stage.length === 1} />
          ))}
        </div>
        <Pane />
      </div>
      {first !== undefined && <LegendOf run={first} other={second} />}
      <Transport />
    </div>
  );
}

/** Of two protocols, both legends. */
function LegendOf({ run, other }: { readonly run: ConsensusRun; readonly other: ConsensusRun | undefined }) {
  const wide = useMedia('(min-width: 700px)');
  const description = useConsensus((state) => descriptionOf(run.log.info.protocol, state));
  const second = useConsensus((state) =>
    other === undefined || other.log.info.protocol === run.log.info.protocol
      ? undefined
      : descriptionOf(other.log.info.protocol, state),
  );
  return (
    <details open={wide} className="group shrink-0 border-t border-line pt-1">
      <summary className="list-none px-3 pb-1 text-xs text-ink-3 hover:text-ink @2xl:hidden">
        {text.legend.title} <span aria-hidden="true">›</span>
      </summary>
      {description !== undefined && <Legend description={description} />}
      {second !== undefined && <Legend description={second} />}
    </details>
  );
}
