import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { activeRun, descriptionOf, useConsensus } from '../../store/consensus/consensus.ts';
import { useConsensusSelection } from '../../store/consensus/consensusSelection.ts';
import { Branches } from './Branches.tsx';
import { CutForm } from './CutForm.tsx';
import { Details } from './Details.tsx';
import { Knobs } from './Knobs.tsx';
import { Proof } from './Proof.tsx';
import { Steps } from './Steps.tsx';

const TABS = ['details', 'steps', 'network', 'branches', 'proof', 'knobs'] as const;
type Tab = (typeof TABS)[number];

/** What is selected and why, and what hands can do that needs more than one gesture. */
export function Pane() {
  const [tab, setTab] = useState<Tab>('details');
  const id = useId();
  const run = useConsensus(activeRun);
  useConsensus((state) => state.version);
  const description = useConsensus((state) =>
    run === undefined ? undefined : descriptionOf(run.log.info.protocol, state),
  );
  const selected = useConsensusSelection((state) => state.selected);
  useEffect(() => {
    if (selected !== null) setTab('details');
  }, [selected]);
  if (run === undefined || description === undefined) return null;
  const { log } = run;
  const proofs = log.evidence.length + log.violations.length;
  const count: Partial<Record<Tab, number>> = { proof: proofs };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]!;
    setTab(next);
    document.getElementById(`${id}-${next}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <section
      aria-label={text.pane}
      className="flex min-h-0 shrink-0 flex-col border-line max-h-80 border-t @5xl:max-h-none @5xl:w-[21.5rem] @5xl:border-t-0 @5xl:border-l"
    >
      <div role="tablist" aria-label={text.pane} className="flex shrink-0 flex-wrap px-1.5 pt-1">
        {TABS.map((other) => (
          <button
            key={other}
            type="button"
            role="tab"
            id={`${id}-${other}`}
            aria-selected={tab === other}
            aria-controls={`${id}-panel`}
            tabIndex={tab === other ? 0 : -1}
            onClick={() => setTab(other)}
            onKeyDown={onKeyDown}
            className="rounded-1 px-2 py-1 text-xs text-ink-3 hover:text-ink aria-selected:bg-surface-3 aria-selected:text-ink"
          >
            {text.tabs[other]}
            {(count[other] ?? 0) > 0 && (
              <span className="ml-1 rounded-full bg-bad px-1.5 text-surface-0">{count[other]}</span>
            )}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        tabIndex={0}
        className="min-h-24 flex-1 overflow-y-auto px-3 py-2 text-sm -outline-offset-2"
      >
        {tab === 'details' && <Details run={run} description={description} />}
        {tab === 'steps' && <Steps run={run} description={description} />}
        {tab === 'network' && <CutForm key={run.branch} run={run} />}
        {tab === 'branches' && <Branches />}
        {tab === 'proof' && <Proof run={run} />}
        {tab === 'knobs' && <Knobs description={description} />}
      </div>
    </section>
  );
}
