import { useId } from 'react';
import type {
  Latency,
  NetworkSettings,
  ProtocolDescription,
  ProtocolSetting,
} from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import type { KnobRange } from '../../lib/knobValue.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { useConsensus } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { WholeKnob } from './WholeKnob.tsx';

const MOST_REPLICAS = 100;
const range = (min: number, max: number, decimals = 0): KnobRange => ({ min, max, decimals });

/** Everything that a run is made from; changing one runs it anew at once. */
export function Knobs({ description }: { readonly description: ProtocolDescription }) {
  const settings = useConsensus((state) => state.settings);
  const { network, powers, seed } = settings;
  const change = (patch: Partial<NetworkSettings>): void =>
    void consensus.change({ network: { ...network, ...patch } });
  return (
    <div className="flex flex-col gap-2">
      <WholeKnob
        {...text.knobs.replicas}
        value={powers.length}
        range={range(1, MOST_REPLICAS)}
        onChange={(count) => void consensus.change({ powers: new Array<number>(count).fill(1) })}
      />
      <WholeKnob
        {...text.knobs.seed}
        value={seed}
        range={range(0, 0xffffffff)}
        onChange={(next) => void consensus.change({ seed: next })}
      />
      <LatencyKnobs latency={network.latency} onChange={(latency) => change({ latency })} />
      <Choice
        {...text.knobs.topology}
        value={network.topology.kind}
        options={text.topologies}
        onChange={(kind) => change({ topology: kind === 'direct' ? { kind } : { kind, peers: 3 } })}
      />
      {network.topology.kind === 'gossip' && (
        <WholeKnob
          {...text.knobs.peers}
          value={network.topology.peers}
          range={range(1, 100)}
          onChange={(peers) => change({ topology: { kind: 'gossip', peers } })}
        />
      )}
      <WholeKnob
        {...text.knobs.loss}
        value={network.lossPermille}
        range={range(0, 1000)}
        onChange={(lossPermille) => change({ lossPermille })}
      />
      <WholeKnob
        {...text.knobs.twice}
        value={network.duplicatePermille}
        range={range(0, 1000)}
        onChange={(duplicatePermille) => change({ duplicatePermille })}
      />
      <WholeKnob
        {...text.knobs.bandwidth}
        value={network.bytesPerSecond / 1000}
        range={range(0, 1e9)}
        onChange={(kilobytes) => change({ bytesPerSecond: kilobytes * 1000 })}
      />
      <WholeKnob
        {...text.knobs.drift}
        value={network.clockDriftPpm}
        range={range(0, 100_000)}
        onChange={(clockDriftPpm) => change({ clockDriftPpm })}
      />
      <WholeKnob
        {...text.knobs.disk}
        value={network.diskUs / 1000}
        range={range(0, 60_000, 3)}
        onChange={(ms) => change({ diskUs: Math.round(ms * 1000) })}
      />
      {description.settings.map((setting) => (
        <ProtocolKnob key={setting.name} setting={setting} />
      ))}
      <Button onClick={() => void consensus.startOver()}>{text.startOver}</Button>
    </div>
  );
}

/** A setting of the protocol, in the unit in which it is read: times in milliseconds or seconds. */
function ProtocolKnob({ setting }: { readonly setting: ProtocolSetting }) {
  const given = useConsensus((state) => state.settings.protocolSettings);
  const { name, title, about, unit, initial, min, max } = setting;
  const perUnit = unit === 'µs' ? 1000 : 1;
  return (
    <WholeKnob
      label={title}
      unit={unit === 'µs' ? 'ms' : unit === 'permille' ? '‰' : unit === 'count' ? '' : unit}
      about={about}
      value={(given[name] ?? initial) / perUnit}
      range={range(Math.ceil((min / perUnit) * 1000) / 1000, max / perUnit, perUnit === 1 ? 0 : 3)}
      onChange={(value) =>
        void consensus.change({
          protocolSettings: { ...given, [name]: Math.round(value * perUnit) },
        })
      }
    />
  );
}

function LatencyKnobs({
  latency,
  onChange,
}: {
  readonly latency: Latency;
  onChange(latency: Latency): void;
}) {
  const shape = { range: range(0, 3_600_000, 3) };
  const us = (ms: number): number => Math.round(ms * 1000);
  const typical =
    latency.kind === 'constant' ? latency.us : latency.kind === 'uniform' ? latency.maxUs : latency.meanUs;
  return (
    <>
      <Choice
        {...text.knobs.latency}
        value={latency.kind}
        options={text.latencies}
        onChange={(kind) => {
          if (kind === 'constant') onChange({ kind, us: typical });
          else if (kind === 'uniform') onChange({ kind, minUs: Math.floor(typical / 4), maxUs: typical });
          else onChange({ kind, minUs: Math.floor(typical / 4), meanUs: typical });
        }}
      />
      {latency.kind === 'constant' && (
        <WholeKnob
          {...text.knobs.latencyIs}
          {...shape}
          value={latency.us / 1000}
          onChange={(ms) => onChange({ kind: 'constant', us: us(ms) })}
        />
      )}
      {latency.kind !== 'constant' && (
        <WholeKnob
          {...text.knobs.latencyLeast}
          {...shape}
          value={latency.minUs / 1000}
          onChange={(ms) =>
            onChange(
              latency.kind === 'uniform'
                ? { ...latency, minUs: us(ms), maxUs: Math.max(us(ms), latency.maxUs) }
                : { ...latency, minUs: us(ms) },
            )
          }
        />
      )}
      {latency.kind === 'uniform' && (
        <WholeKnob
          {...text.knobs.latencyMost}
          {...shape}
          value={latency.maxUs / 1000}
          onChange={(ms) => onChange({ ...latency, maxUs: us(ms), minUs: Math.min(us(ms), latency.minUs) })}
        />
      )}
      {latency.kind === 'exponential' && (
        <WholeKnob
          {...text.knobs.latencyMean}
          {...shape}
          value={latency.meanUs / 1000}
          onChange={(ms) => onChange({ ...latency, meanUs: us(ms) })}
        />
      )}
    </>
  );
}

function Choice<T extends string>(props: {
  readonly label: string;
  readonly about: string;
  readonly value: T;
  readonly options: Readonly<Record<T, string>>;
  onChange(value: T): void;
}) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <span>{props.label}</span>
      <Segmented
        label={props.label}
        describedBy={id}
        value={props.value}
        options={(Object.keys(props.options) as T[]).map((value) => ({ value, label: props.options[value] }))}
        onChange={props.onChange}
      />
      <p id={id} className="text-xs leading-snug text-ink-3">
        {props.about}
      </p>
    </div>
  );
}
