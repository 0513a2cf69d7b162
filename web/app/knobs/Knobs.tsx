import type { ReactNode } from 'react';
import type {
  ExecutionSettings,
  GenesisSettings,
  Settings,
  TrafficSettings,
} from '../../../engine/api/index.ts';
import { formatCount } from '../../lib/format.ts';
import { knobs } from '../../lib/messages/knobs.ts';
import { realBlockText } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { useImported } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { session, useSession } from '../../store/session.ts';
import { Skeleton } from '../viewParts.tsx';
import { takeOver, useStory } from '../story/director.ts';
import { ChoiceKnob } from './ChoiceKnob.tsx';
import { ModuleKnobs } from './ModuleKnobs.tsx';
import { NumberKnob } from './NumberKnob.tsx';
import { useRange } from './useRange.ts';

const MOST_VIRTUAL = 64;

const traffic = (patch: Partial<TrafficSettings>): void => {
  takeOver();
  void session.changeTraffic(patch);
};
const execution = (patch: Partial<ExecutionSettings>): void => {
  takeOver();
  void session.changeExecution(patch);
};
const genesis = (patch: Partial<GenesisSettings>): void => {
  takeOver();
  void session.changeGenesis(patch);
};

/** Every knob of the playground, in the three rooms of the settings. */
export function Knobs() {
  const settings = useSession((state) => state.settings);
  const imported = useImported((state) => state.imported !== null);
  if (settings === null) return <Skeleton label={knobs.title} />;
  return (
    <div className="flex flex-col pb-6">
      <Group title={knobs.groups.traffic} about={knobs.groups.trafficAbout}>
        {imported ? <FixedTraffic settings={settings} /> : <Traffic settings={settings} />}
      </Group>
      <Group title={knobs.groups.execution} about={knobs.groups.executionAbout}>
        <Execution settings={settings} />
      </Group>
      {!imported && (
        <Group closed title={knobs.groups.modules} about={knobs.groups.modulesAbout}>
          <ModuleKnobs settings={settings} />
        </Group>
      )}
      <Group
        closed
        title={knobs.groups.genesis}
        about={imported ? realBlockText.genesisLeaves : knobs.groups.genesisAbout}
      >
        <Genesis settings={settings} />
      </Group>
    </div>
  );
}

function Group({
  closed = false,
  title,
  about,
  children,
}: {
  readonly closed?: boolean;
  readonly title: string;
  readonly about: string;
  readonly children: ReactNode;
}) {
  return (
    <details open={!closed} className="group border-b border-line px-4 py-2">
      <summary className="flex list-none items-baseline gap-2 py-1 select-none">
        <span aria-hidden="true" className="text-xs text-ink-3 transition-transform group-open:rotate-90">
          ›
        </span>
        <span className="text-xs font-semibold tracking-wide text-ink-2">{title}</span>
        <span className="truncate text-xs text-ink-3" title={about}>
          {about}
        </span>
      </summary>
      {children}
    </details>
  );
}

/** Of a real block: what people send came with the file. */
function FixedTraffic({ settings }: { readonly settings: Settings }) {
  return (
    <>
      <p className="py-1.5 text-xs leading-snug text-ink-2">{realBlockText.knobsFixed}</p>
      <Work settings={settings} />
    </>
  );
}

function Traffic({ settings }: { readonly settings: Settings }) {
  const { hotPermille, skewPermille = 0, swapPermille, transactionsPerBlock } = settings.traffic;
  const ghost = useRuns((state) => state.ghost?.traffic) ?? null;
  const called = useStory((state) => state.handedOver);
  return (
    <>
      <div className={called ? 'relative -mx-2 rounded-2 bg-accent-soft px-2 outline-2 outline-accent' : ''}>
        {called && <p className="pt-2 text-sm font-semibold text-accent">{knobs.yourTurn}</p>}
        <NumberKnob
          {...knobs.hotPermille}
          hero
          value={hotPermille / 10}
          was={ghost === null ? null : ghost.hotPermille / 10}
          range={useRange('hotPermille', 10, 1)}
          onChange={(value) => traffic({ hotPermille: Math.round(value * 10) })}
        />
      </div>
      <NumberKnob
        {...knobs.skewPermille}
        value={skewPermille / 10}
        was={ghost === null ? null : (ghost.skewPermille ?? 0) / 10}
        range={useRange('skewPermille', 10, 1)}
        onChange={(value) => traffic({ skewPermille: Math.round(value * 10) })}
      />
      <NumberKnob
        {...knobs.swapPermille}
        value={swapPermille / 10}
        was={ghost === null ? null : ghost.swapPermille / 10}
        range={useRange('swapPermille', 10, 1)}
        onChange={(value) => traffic({ swapPermille: Math.round(value * 10) })}
      />
      <NumberKnob
        {...knobs.transactionsPerBlock}
        scale="log"
        value={transactionsPerBlock}
        was={ghost?.transactionsPerBlock ?? null}
        range={useRange('transactionsPerBlock')}
        onChange={(value) => traffic({ transactionsPerBlock: value })}
      />
      <Work settings={settings} />
    </>
  );
}

function Work({ settings }: { readonly settings: Settings }) {
  const { work } = settings.traffic;
  const ghost = useRuns((state) => state.ghost?.traffic) ?? null;
  const roundsPerUs = useSession((state) => state.description?.machine.roundsPerUs) || 1000;
  const toUs = (rounds: number): number => Math.round((rounds / roundsPerUs) * 10) / 10;
  const workRange = useRange('work', roundsPerUs, 1);
  return (
    <NumberKnob
      {...knobs.work}
      scale="log"
      value={toUs(work)}
      was={ghost === null ? null : toUs(ghost.work)}
      range={workRange}
      note={format(knobs.work.rounds, { rounds: formatCount(work) })}
      onChange={(value) => traffic({ work: Math.round(value * roundsPerUs) })}
    />
  );
}

function Execution({ settings }: { readonly settings: Settings }) {
  const { executor, cores, scheduleSeed, granularity, feeRecipient } = settings.execution;
  const machine = useSession((state) => state.description?.machine);
  const limits = useSession((state) => state.description?.limits);
  const named = limits?.[cores.kind === 'real' ? 'realCores' : 'virtualCores'] ?? limits?.cores;
  const most = cores.kind === 'real' ? (machine?.cores ?? 1) : MOST_VIRTUAL;
  const max = Math.max(1, Math.min(most, named?.max ?? most));
  const seeds = useRange('scheduleSeed');
  return (
    <>
      <ChoiceKnob {...knobs.executor} value={executor} onChange={(value) => execution({ executor: value })} />
      <ChoiceKnob
        {...knobs.coreKind}
        value={cores.kind}
        closed={machine?.sharedMemory === false ? { real: knobs.coreKind.noReal } : {}}
        onChange={(kind) =>
          execution({
            cores: {
              kind,
              count: kind === 'real' ? Math.min(cores.count, machine?.cores ?? 1) : Math.max(8, cores.count),
            },
          })
        }
      />
      <NumberKnob
        {...knobs.cores}
        value={cores.count}
        range={{ min: 1, max, decimals: 0 }}
        slider={max > 1}
        disabled={executor === 'sequential'}
        onChange={(count) => execution({ cores: { ...cores, count } })}
      />
      <NumberKnob
        {...knobs.scheduleSeed}
        value={scheduleSeed}
        range={seeds}
        slider={false}
        disabled={cores.kind === 'real'}
        onChange={(value) => execution({ scheduleSeed: value })}
      />
      <ChoiceKnob
        {...knobs.granularity}
        value={granularity}
        onChange={(value) => execution({ granularity: value })}
      />
      <ChoiceKnob
        {...knobs.feeRecipient}
        value={feeRecipient}
        onChange={(value) => execution({ feeRecipient: value })}
      />
    </>
  );
}

function Genesis({ settings }: { readonly settings: Settings }) {
  const { seed, accounts, assets, pools, bankPartition } = settings.genesis;
  return (
    <>
      <NumberKnob
        {...knobs.seed}
        value={seed}
        range={useRange('seed')}
        slider={false}
        onChange={(value) => genesis({ seed: value })}
      />
      <NumberKnob
        {...knobs.accounts}
        scale="log"
        lazy
        value={accounts}
        range={useRange('accounts')}
        onChange={(value) => genesis({ accounts: value })}
      />
      <NumberKnob
        {...knobs.assets}
        lazy
        value={assets}
        range={useRange('assets')}
        onChange={(value) => genesis({ assets: value })}
      />
      <NumberKnob
        {...knobs.pools}
        lazy
        value={pools}
        range={useRange('pools')}
        onChange={(value) => genesis({ pools: value })}
      />
      <ChoiceKnob
        {...knobs.bankPartition}
        value={bankPartition}
        onChange={(value) => genesis({ bankPartition: value })}
      />
    </>
  );
}
