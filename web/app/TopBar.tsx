import { Button, IconButton } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import type { ThemeChoice } from '../lib/colours.ts';
import { formatUs } from '../lib/format.ts';
import { shareText } from '../lib/messages/share.ts';
import { galleryText } from '../lib/messages/gallery.ts';
import { shell } from '../lib/messages/shell.ts';
import { format } from '../lib/messages.ts';
import { importTitle } from '../lib/realBlockWords.ts';
import { useImported } from '../store/importedBlock.ts';
import { useScenario } from '../store/openedScenario.ts';
import { usePreferences } from '../store/preferences.ts';
import { useRuns } from '../store/runs.ts';
import { useSession } from '../store/session.ts';
import { useWorkbench } from '../store/workbench.ts';
import { ScenarioVerdict } from './opening/ScenarioVerdict.tsx';
import { useOverlay } from './overlay.ts';
import { Mark } from './Mark.tsx';
import { byHand } from './story/director.ts';
import { Transport } from './Transport.tsx';

/** What runs and whether it is right; the transport; the ways to look at it. */
export function TopBar() {
  return (
    <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 border-b border-line bg-surface-1 px-3 max-lg:justify-center">
      <Identity />
      <Transport />
      <Tools />
    </header>
  );
}

function Identity() {
  const seed = useSession((state) => state.settings?.genesis.seed);
  const digest = useRuns((state) => state.run?.digest);
  const opened = useScenario((state) => state.opened?.scenario.title);
  const imported = useImported((state) => state.imported);
  const title = opened ?? (imported === null ? shell.scenario : importTitle(imported.report));
  return (
    <div className="flex min-w-0 flex-1 items-center gap-2.5 py-1 max-lg:w-full max-lg:flex-none">
      <Mark />
      <h1 className="font-semibold tracking-tight">{shell.name}</h1>
      <span className="flex min-w-0 text-xs whitespace-pre text-ink-3 max-xl:hidden">
        <span className="truncate">{title}</span>
        {seed !== undefined && imported === null && <span>{` · ${format(shell.seed, { seed })}`}</span>}
        {digest !== undefined && (
          <span className="font-mono" title={format(shell.digestTitle, { digest })}>
            {` · ${digest.slice(0, 8)}`}
          </span>
        )}
      </span>
      <Verdict />
      <ScenarioVerdict />
    </div>
  );
}

/** Whether the run gives the one answer; never shown by colour alone. */
export function Verdict() {
  const run = useRuns((state) => state.run);
  const busy = useSession((state) => state.busy);
  if (run === null) return null;
  const { matchesOracle } = run;
  return (
    <span
      role="status"
      data-testid="verdict"
      title={matchesOracle ? shell.verifiedLong : format(shell.differsLong, { digest: run.oracleDigest })}
      className={`inline-flex items-center gap-1 rounded-full border px-2 py-0.5 text-xs whitespace-nowrap ${
        matchesOracle ? 'border-ok/40 text-ok' : 'border-bad bg-bad/15 text-bad'
      } ${busy ? 'opacity-70' : ''}`}
    >
      <Icon name={matchesOracle ? 'check' : 'cross'} size={12} />
      {matchesOracle ? shell.verified : shell.differs}
    </span>
  );
}

/** Which clock the times are on, wherever one looks. */
export function clockLabel(run: {
  readonly clock: 'measured' | 'virtual';
  readonly workers: number;
  readonly clockResolutionUs: number;
}): string {
  const one = run.workers === 1;
  if (run.clock === 'virtual') {
    return format(shell.clockVirtual, {
      cores: one ? shell.virtualCore : format(shell.virtualCores, { count: run.workers }),
    });
  }
  const threads = one ? shell.thread : format(shell.threads, { count: run.workers });
  return format(shell.clockMeasured, {
    threads,
    resolution: formatUs(run.clockResolutionUs).replace(/\.0+ /, ' '),
  });
}

const NEXT_THEME: Readonly<Record<ThemeChoice, ThemeChoice>> = {
  system: 'dark',
  dark: 'light',
  light: 'system',
};

function Tools() {
  const run = useRuns((state) => state.run);
  const { theme, present, knobsShown, inspectorShown } = usePreferences();
  const { setTheme, setPresent, setKnobsShown, setInspectorShown } = usePreferences.getState();
  const open = useOverlay((state) => state.open);
  return (
    <div className="flex flex-1 items-center justify-end gap-0.5 max-lg:flex-initial max-lg:flex-wrap">
      <span className="mr-2 text-xs whitespace-nowrap text-ink-3 max-[1320px]:hidden" data-testid="clock">
        {run !== null && clockLabel(run)}
      </span>
      <Button
        look="plain"
        icon="gallery"
        className="mr-1.5"
        onClick={byHand(() => useWorkbench.getState().openGallery())}
      >
        {galleryText.title}
      </Button>
      <Button
        look="plain"
        icon="share"
        disabled={run === null}
        className="mr-1.5"
        onClick={byHand(() => useWorkbench.getState().openShare())}
      >
        {shareText.button}
      </Button>
      <IconButton
        icon="knobs"
        label={shell.knobs}
        aria-pressed={knobsShown}
        className="max-lg:hidden"
        onClick={() => setKnobsShown(!knobsShown)}
      />
      <IconButton
        icon="inspector"
        label={shell.inspector}
        aria-pressed={inspectorShown}
        className="max-lg:hidden"
        onClick={() => setInspectorShown(!inspectorShown)}
      />
      <IconButton
        icon="gauge"
        label={shell.benchmark}
        onClick={byHand(() => useWorkbench.getState().openBenchmark())}
      />
      <IconButton
        icon="present"
        label={shell.present}
        aria-pressed={present}
        onClick={() => setPresent(!present)}
      />
      <IconButton
        icon="theme"
        label={format(shell.theme, { theme: shell.themeNames[theme] })}
        onClick={() => setTheme(NEXT_THEME[theme])}
      />
      <IconButton icon="command" label={shell.palette} onClick={() => open('palette')} />
      <button
        type="button"
        title={shell.help}
        aria-label={shell.help}
        className="inline-flex size-8 items-center justify-center rounded-2 font-semibold text-ink-2 hover:bg-surface-3 hover:text-ink"
        onClick={() => open('help')}
      >
        ?
      </button>
    </div>
  );
}
