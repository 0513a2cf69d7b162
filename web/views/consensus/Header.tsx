import type { ProtocolId } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { useConsensus } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';

const SELECT =
  'rounded-1 border border-line bg-surface-2 px-1.5 py-0.5 font-semibold text-ink hover:border-line-strong';

/** Which protocol runs, and which beside it. */
export function Header() {
  const protocols = useConsensus((state) => state.protocols) ?? [];
  const protocol = useConsensus((state) => state.settings.protocol);
  const rival = useConsensus((state) => state.rival);
  return (
    <div className="flex shrink-0 flex-wrap items-baseline gap-x-4 gap-y-1 px-3 pb-1 text-xs">
      <label className="flex items-baseline gap-2">
        <span className="text-ink-3">{text.protocols}</span>
        <select
          value={protocol}
          onChange={(event) => void consensus.setProtocol(event.target.value as ProtocolId)}
          className={SELECT}
        >
          {protocols.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label className="flex items-baseline gap-2">
        <span className="text-ink-3">{text.sideBySide}</span>
        <select
          value={rival ?? ''}
          onChange={(event) =>
            void consensus.setRival(event.target.value === '' ? null : (event.target.value as ProtocolId))
          }
          className={SELECT}
        >
          <option value="">{text.alone}</option>
          {protocols
            .filter(({ id }) => id !== protocol)
            .map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
        </select>
      </label>
      {[protocol, ...(rival === null ? [] : [rival])].map((id) => (
        <p key={id} className="basis-full leading-snug text-ink-2">
          {rival !== null && (
            <b className="font-semibold text-ink">{protocols.find((one) => one.id === id)?.title}. </b>
          )}
          {text.about[id]}
          {rival !== null && <span className="text-ink-3"> {text.survives[id]}</span>}
        </p>
      ))}
    </div>
  );
}
