import type { GenesisSettings, ModuleDescription, Settings } from '../../../engine/api/index.ts';
import { activeIds } from '../../lib/activeModules.ts';
import { moduleColour, moduleGlyph } from '../../lib/colours.ts';
import { knobs } from '../../lib/messages/knobs.ts';
import { format } from '../../lib/messages.ts';
import { session, useSession } from '../../store/session.ts';
import { takeOver } from '../story/director.ts';
import { ChoiceKnob } from './ChoiceKnob.tsx';
import { NumberKnob } from './NumberKnob.tsx';
import { othersLeft, switched } from './moduleChoice.ts';
import { useRange } from './useRange.ts';

/** Workloads that have knobs of their own. */
const ORDINARY: ReadonlySet<string> = new Set(['payments', 'swaps']);

/** What the engine takes for the target where there is a base fee and nothing is said. */
const UNSAID_TARGET = 5_000_000;

function change(patch: Partial<GenesisSettings>): void {
  takeOver();
  void session.changeGenesis(patch);
}

/** Which modules take part, whether as one chain or each in its lane, and what else people send. */
export function ModuleKnobs({ settings }: { readonly settings: Settings }) {
  const described = useSession((state) => state.description?.modules) ?? [];
  const choosable = described.filter(({ importedOnly }) => !importedOnly);
  const { genesis, traffic } = settings;
  const hasTarget = genesis.gasTarget !== undefined || (genesis.fees ?? 'fixed') !== 'fixed';
  const active = activeIds(genesis);
  const workloads = choosable
    .filter(({ id }) => active.includes(id))
    .flatMap((module) =>
      module.workloads.filter((name) => !ORDINARY.has(name)).map((name) => ({ module, name })),
    );
  return (
    <>
      <ChoiceKnob
        {...knobs.mode}
        value={genesis.mode ?? 'monolithic'}
        onChange={(mode) => change({ mode })}
      />
      <ChoiceKnob {...knobs.fees} value={genesis.fees ?? 'fixed'} onChange={(fees) => change({ fees })} />
      <ChoiceKnob
        {...knobs.builder}
        value={genesis.builder ?? 'firstCome'}
        onChange={(builder) => change({ builder })}
      />
      <NumberKnob
        {...knobs.gasTarget}
        lazy
        scale="log"
        value={genesis.gasTarget ?? UNSAID_TARGET}
        range={useRange('gasTarget')}
        {...(hasTarget ? {} : { note: knobs.gasTarget.none })}
        onChange={(gasTarget) => change({ gasTarget })}
      />
      <NumberKnob
        {...knobs.keyGasCap}
        slider={false}
        value={genesis.keyGasCap ?? 0}
        range={useRange('keyGasCap')}
        onChange={(keyGasCap) => change({ keyGasCap })}
      />
      <fieldset className="flex flex-col gap-1 py-1.5">
        <legend className="text-sm">{knobs.modules.label}</legend>
        {choosable.map((module) => (
          <ModuleSwitch key={module.id} module={module} choosable={choosable} active={active} />
        ))}
        <p className="text-xs leading-snug text-ink-3">{knobs.modules.look}</p>
      </fieldset>
      {workloads.map(({ module, name }) => (
        <NumberKnob
          key={name}
          label={format(knobs.share.label, { workload: workloadName(name) })}
          unit="%"
          look={format(knobs.share.look, { module: module.title })}
          value={(traffic.shares?.[name] ?? 0) / 10}
          range={{ min: 0, max: othersLeft(traffic.shares ?? {}, name) / 10, decimals: 1 }}
          onChange={(value) => {
            takeOver();
            const shares = { ...traffic.shares, [name]: Math.round(value * 10) };
            void session.changeTraffic({ shares });
          }}
        />
      ))}
    </>
  );
}

function ModuleSwitch({
  module,
  choosable,
  active,
}: {
  readonly module: ModuleDescription;
  readonly choosable: readonly ModuleDescription[];
  readonly active: readonly string[];
}) {
  const { id, lane, title, summary } = module;
  const on = active.includes(id);
  const next = switched(choosable, active, id);
  return (
    <label
      className="flex cursor-pointer items-center gap-2 rounded-1 px-1 py-0.5 text-sm hover:bg-surface-2 has-disabled:cursor-not-allowed has-disabled:opacity-60"
      title={summary}
    >
      <input
        type="checkbox"
        className="accent-(--accent)"
        checked={on}
        disabled={next.length === 0}
        onChange={() => change({ modules: next })}
      />
      <span aria-hidden="true" style={{ color: moduleColour(id, lane) }}>
        {moduleGlyph(id, lane)}
      </span>
      {title}
    </label>
  );
}

/** `dropMints` as people read it. */
function workloadName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
