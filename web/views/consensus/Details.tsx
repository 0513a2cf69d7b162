import { useEffect, useState } from 'react';
import type { ProtocolDescription, ReplicaInspection } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { formatUs } from '../../lib/format.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import type { ConsensusRun } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { seekEvents } from '../../store/consensus/consensusClock.ts';
import { useConsensusSelection } from '../../store/consensus/consensusSelection.ts';
import { causesOf, describeEvent, describeMark, describeMessage } from './causes.ts';
import { Nothing } from './Nothing.tsx';
import { replicaDeeds } from './replicaDeeds.ts';
import { useMoment } from './useMoment.ts';
import { replicaState, replicaWords, valueWords } from './words.ts';

interface PartProps {
  readonly run: ConsensusRun;
  readonly description: ProtocolDescription;
}

/** What is selected, in plain words, why it came to be so, and what can be done to it. */
export function Details({ run, description }: PartProps) {
  const selected = useConsensusSelection((state) => state.selected);
  if (selected === null || selected.branch !== run.branch) return <Nothing>{text.nothingSelected}</Nothing>;
  const { kind, at } = selected;
  if (kind === 'replica') return <Replica key={at} run={run} description={description} node={at} />;
  if (kind === 'message') return <Message run={run} description={description} place={at} />;
  if (kind === 'block') return <Block run={run} description={description} id={at} />;
  if (kind === 'mark') {
    const mark = run.log.marks[at];
    if (mark === undefined) return <Nothing>{text.nothingSelected}</Nothing>;
    return (
      <>
        <p>{describeMark(mark, description.messageKinds)}</p>
        <Why run={run} description={description} number={mark.cause} />
      </>
    );
  }
  const message = run.log.messageOf(at);
  if (message >= 0) return <Message run={run} description={description} place={message} />;
  return (
    <>
      <p>{describeEvent(run.log, description.messageKinds, at)}</p>
      <Why run={run} description={description} number={run.log.causeOf(run.log.placeOf(at))} />
    </>
  );
}

/** The chain of causes, from the nearest back to where nothing before it is known. Each is a link to its event. */
function Why({ run, description, number }: PartProps & { readonly number: number }) {
  const causes = causesOf(run.log, description.messageKinds, number);
  return (
    <section className="mt-2">
      <h3 className="text-xs font-medium text-ink-3">{text.why}</h3>
      {causes.length === 0 ? (
        <Nothing>{text.noCause}</Nothing>
      ) : (
        <ol className="mt-1 flex flex-col gap-1">
          {causes.map((cause) => (
            <li key={cause.number} className="flex gap-2 text-xs leading-snug">
              <button
                type="button"
                disabled={cause.place === 0}
                onClick={() => {
                  consensus.activate(run.branch);
                  seekEvents(cause.place);
                  useConsensusSelection
                    .getState()
                    .select({ branch: run.branch, kind: 'event', at: cause.number });
                }}
                className="h-fit shrink-0 rounded-1 bg-surface-3 px-1.5 text-ink-2 hover:text-accent"
              >
                {format(text.eventLink, { number: cause.number })}
              </button>
              <span className="text-ink-2">{cause.words}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Replica({ run, description, node }: PartProps & { readonly node: number }) {
  const { events } = useMoment(run.branch);
  const [inspected, setInspected] = useState<ReplicaInspection | null>(null);
  useEffect(() => {
    let gone = false;
    void consensus.inspect(run.branch, events, node).then((answer) => {
      if (!gone && answer !== null) setInspected(answer);
    });
    return () => {
      gone = true;
    };
  }, [run.branch, events, node]);
  const deeds = replicaDeeds(run, description, node);
  const last = run.log.lastEventOf(node, events);
  return (
    <>
      <h3 className="font-semibold">{replicaWords(node, run.log.info)}</h3>
      <p className="mt-0.5 text-ink-2">{replicaState(run.log, node, events)}</p>
      {inspected !== null && (
        <dl className="mt-1 grid grid-cols-[max-content_1fr] gap-x-3 text-xs">
          {[
            ...Object.entries(inspected.details),
            [text.diskRecords, inspected.diskRecords] as const,
            [text.power, run.log.info.powers[inspected.identity] ?? ''] as const,
          ].map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-3">{spaced(name)}</dt>
              <dd>{value === -1 ? text.unknown : value}</dd>
            </div>
          ))}
        </dl>
      )}
      <h3 className="mt-2 text-xs font-medium text-ink-3">{text.hands}</h3>
      <div className="mt-1 flex flex-wrap gap-1">
        {deeds
          .flatMap((deed) => deed.more ?? deed)
          .map(({ id, label, about, checked, act }) => (
            <button
              key={id}
              type="button"
              title={about}
              aria-pressed={checked}
              onClick={act}
              className="rounded-1 border border-line px-1.5 py-0.5 text-xs text-ink-2 hover:border-line-strong hover:text-ink aria-pressed:border-bad aria-pressed:text-bad"
            >
              {label}
            </button>
          ))}
      </div>
      <Why run={run} description={description} number={last} />
    </>
  );
}

/** A name of a protocol's state in words. */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** How much later a message comes when it is delayed by a button; by dragging, any amount. */
const DELAYS_US = [50_000, 500_000];

function Message({ run, description, place }: PartProps & { readonly place: number }) {
  const { log, branch } = run;
  const { events } = useMoment(branch);
  const found = log.message(place);
  if (found === undefined) return <Nothing>{text.nothingSelected}</Nothing>;
  const { segment, at } = found;
  const number = segment.messages.number[at]!;
  const sent = segment.sentAt[at]!;
  const arrived = log.placeOf(number) || Number.POSITIVE_INFINITY;
  const lost = segment.lost[at] === 1;
  // What is no longer or not yet under way at the moment is meddled with when it had just been sent.
  const after = events >= sent && events < arrived ? events : sent;
  const act = (intervention: Parameters<typeof consensus.intervene>[0]): void =>
    void consensus.intervene(intervention, after);
  return (
    <>
      <p>{describeMessage(found, description.messageKinds)}</p>
      {!lost && (
        <div className="mt-2 flex flex-wrap gap-1">
          {DELAYS_US.map((byUs) => (
            <Button key={byUs} onClick={() => act({ kind: 'delayMessage', event: number, byUs })}>
              {format(text.delayBy, { by: formatUs(byUs) })}
            </Button>
          ))}
          <Button onClick={() => act({ kind: 'dropMessage', event: number })}>{text.drop}</Button>
          <Button onClick={() => act({ kind: 'duplicateMessage', event: number })}>{text.duplicate}</Button>
          <Button onClick={() => act({ kind: 'nextStep', event: number })}>{text.arriveNext}</Button>
        </div>
      )}
      {!lost && <p className="mt-1 text-xs text-ink-3">{text.dragHint}</p>}
      <Why run={run} description={description} number={segment.messages.cause[at]!} />
    </>
  );
}

function Block({ run, description, id }: PartProps & { readonly id: number }) {
  const block = run.log.blocks[id];
  const made = run.log.marks.find((mark) => mark.kind === 'made' && mark.value === id);
  if (block === undefined) return <Nothing>{text.nothingSelected}</Nothing>;
  const facts: readonly (readonly [string, string | number])[] = [
    [text.facts.height, block.height],
    [text.facts.round, block.round],
    [text.facts.proposer, block.proposer < 0 ? '–' : format(text.replicaShort, { node: block.proposer })],
    [text.facts.parent, valueWords(block.parent)],
    [text.facts.transactions, block.transactions],
    [text.facts.digest, block.digest.slice(0, 12)],
  ];
  return (
    <>
      <h3 className="font-semibold">{valueWords(id)}</h3>
      <dl className="mt-1 grid grid-cols-[max-content_1fr] gap-x-3 text-xs">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
      {!block.honest && <p className="mt-1 text-xs text-bad">{text.wrongDigest}</p>}
      {made !== undefined && <Why run={run} description={description} number={made.cause} />}
    </>
  );
}
