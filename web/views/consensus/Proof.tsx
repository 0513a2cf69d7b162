import type { Evidence } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import type { ConsensusRun } from '../../store/consensus/consensus.ts';
import { seekTo } from '../../store/consensus/consensusClock.ts';
import { Nothing } from './Nothing.tsx';
import { timeWords, valueWords } from './words.ts';

const MOST_SHOWN = 50;

/** Who lied, by name, with what proves it; and what broke. */
export function Proof({ run }: { readonly run: ConsensusRun }) {
  const { evidence, violations } = run.log;
  if (evidence.length === 0 && violations.length === 0) return <Nothing>{text.noProof}</Nothing>;
  return (
    <>
      {violations.length > 0 && (
        <ul aria-label={text.broken} className="mb-2 flex flex-col gap-1">
          {violations.slice(0, MOST_SHOWN).map(({ checker, event, atUs, message }) => (
            <Line key={`${checker} ${event}`} atUs={atUs} words={message} label={text.brokenShort} />
          ))}
        </ul>
      )}
      {evidence.length > 0 && (
        <ul aria-label={text.proven} className="flex flex-col gap-1">
          {evidence.slice(0, MOST_SHOWN).map((one) => (
            <Line
              key={`${one.kind} ${one.identity} ${one.height} ${one.round} ${one.message}`}
              atUs={one.atUs}
              words={evidenceWords(one)}
              label={text.provenShort}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Line({
  atUs,
  words,
  label,
}: {
  readonly atUs: number;
  readonly words: string;
  readonly label: string;
}) {
  return (
    <li className="flex gap-2 text-xs leading-snug">
      <button
        type="button"
        onClick={() => seekTo(atUs)}
        className="h-fit shrink-0 rounded-1 bg-surface-3 px-1.5 whitespace-nowrap text-ink-2 hover:text-accent"
      >
        {timeWords(atUs)}
      </button>
      <span>
        <span className="font-medium text-bad">{label}</span> {words}
      </span>
    </li>
  );
}

function evidenceWords({ kind, identity, height, round, message, values }: Evidence): string {
  return format(text.evidence[kind], {
    identity,
    height,
    round,
    message,
    values: values.map(valueWords).join(text.and),
  });
}
