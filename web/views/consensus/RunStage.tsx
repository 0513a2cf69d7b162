import { useState } from 'react';
import { format } from '../../lib/messages.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { type ConsensusRun, descriptionOf, useConsensus } from '../../store/consensus/consensus.ts';
import { BlockTree } from './BlockTree.tsx';
import { DiagramCanvas } from './DiagramCanvas.tsx';
import { FiguresRow } from './FiguresRow.tsx';
import { Menu } from './Menu.tsx';
import { replicaDeeds } from './replicaDeeds.ts';
import { RingCanvas } from './RingCanvas.tsx';
import { interventionWords } from './words.ts';

export interface RunStageProps {
  readonly run: ConsensusRun;
  /** When it first differed from the one beside it; −1: never, or it is alone. */
  readonly differsUs: number;
  readonly isAlone: boolean;
}

/** One run: the ring and beside it the space–time diagram. */
export function RunStage({ run, differsUs, isAlone }: RunStageProps) {
  const description = useConsensus((state) => descriptionOf(run.log.info.protocol, state));
  const active = useConsensus((state) => state.active === run.branch);
  const [menu, setMenu] = useState<{
    readonly node: number;
    readonly at: { readonly left: number; readonly top: number };
  } | null>(null);
  if (description === undefined) return null;
  return (
    <section
      data-run={run.branch}
      aria-label={runWords(run, description.title)}
      className={`flex min-h-64 min-w-0 flex-1 flex-col @max-2xl:min-h-[34rem] ${
        active && !isAlone ? 'outline-1 -outline-offset-1 outline-accent/60' : ''
      }`}
    >
      {!isAlone && <p className="px-3 pt-1 text-xs text-ink-2">{runWords(run, description.title)}</p>}
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(11rem,34%)_minmax(0,1fr)] @max-2xl:grid-cols-1 @max-2xl:grid-rows-[minmax(15rem,1fr)_minmax(13rem,1fr)]">
        <RingCanvas run={run} description={description} onPick={(node, at) => setMenu({ node, at })} />
        <DiagramCanvas run={run} description={description} differsUs={differsUs} />
      </div>
      <BlockTree run={run} description={description} />
      <FiguresRow run={run} />
      {menu !== null && (
        <Menu
          label={format(text.handsOn, { node: menu.node })}
          at={menu.at}
          entries={replicaDeeds(run, description, menu.node)}
          close={() => setMenu(null)}
        />
      )}
    </section>
  );
}

/** A run by its protocol and by what was last done to it. */
export function runWords({ log }: ConsensusRun, protocol: string): string {
  const last = log.info.interventions.at(-1);
  return last === undefined
    ? format(text.runFirst, { protocol })
    : format(text.runBranch, { protocol, branch: interventionWords(last.intervention) });
}
