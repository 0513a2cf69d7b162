import { useEffect } from 'react';
import { applyTheme } from '../lib/colours.ts';
import { shareText, verdictText } from '../lib/messages/share.ts';
import { galleryText } from '../lib/messages/gallery.ts';
import { shell } from '../lib/messages/shell.ts';
import { useMedia } from '../lib/useMedia.ts';
import { PANELS, type PanelId, usePreferences } from '../store/preferences.ts';
import { useWorkbench, type WorkbenchState } from '../store/workbench.ts';
import { Banners } from './Banners.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { listenToKeys } from './keys.ts';
import { Knobs } from './knobs/Knobs.tsx';
import { DropTarget } from './opening/DropTarget.tsx';
import { FileWantedDialog } from './opening/FileWantedDialog.tsx';
import { OpeningDialog } from './opening/OpeningDialog.tsx';
import { useOverlay } from './overlay.ts';
import { Palette } from './Palette.tsx';
import { PanelChooser, PanelFrame, Stage } from './Stage.tsx';
import { CaptionBand } from './story/CaptionBand.tsx';
import { Timeline } from './timeline/Timeline.tsx';
import { Toasts } from './Toasts.tsx';
import { TopBar } from './TopBar.tsx';
import { LazyDialog, LazyView } from './viewParts.tsx';

const NARROW = '(max-width: 1023px)';

/** The page: one stage, one timeline, knobs on one side and answers on the other. */
export function App() {
  const narrow = useMedia(NARROW);
  const present = usePreferences((state) => state.present);
  const theme = usePreferences((state) => state.theme);
  const prefersLight = useMedia('(prefers-color-scheme: light)');
  useEffect(() => applyTheme(theme), [theme, prefersLight]);
  useEffect(() => {
    document.documentElement.dataset.present = String(present);
  }, [present]);
  useEffect(() => listenToKeys('all'), []);
  return (
    <div className="flex h-dvh flex-col overflow-hidden max-lg:h-auto max-lg:min-h-dvh max-lg:overflow-visible">
      <a
        href="#stage"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-accent focus:p-2 focus:text-accent-ink"
      >
        {shell.skip}
      </a>
      <TopBar />
      <Banners />
      {narrow ? <Tabs /> : <Columns />}
      <Timeline />
      <Toasts />
      <Overlays />
    </div>
  );
}

function Columns() {
  const knobsShown = usePreferences((state) => state.knobsShown);
  const inspectorShown = usePreferences((state) => state.inspectorShown);
  return (
    <div className="flex min-h-0 flex-1">
      {knobsShown && (
        <aside
          aria-label={shell.knobs}
          className="w-[19rem] shrink-0 overflow-y-auto border-r border-line bg-surface-1"
        >
          <Knobs />
        </aside>
      )}
      <main id="stage" tabIndex={-1} aria-label={shell.stage} className="flex min-w-0 flex-1 flex-col">
        <CaptionBand />
        <div className="flex min-h-9 shrink-0 items-center border-b border-line bg-surface-0 px-2">
          <PanelChooser />
        </div>
        <div className="min-h-0 flex-1">
          <Stage />
        </div>
      </main>
      {inspectorShown && (
        <aside
          aria-label={shell.inspector}
          className="w-[20rem] shrink-0 overflow-y-auto border-l border-line bg-surface-1"
        >
          <LazyView name="inspector" title={shell.inspector} />
        </aside>
      )}
    </div>
  );
}

const TABS: readonly (PanelId | 'knobs' | 'inspector')[] = [...PANELS, 'knobs', 'inspector'];

function tabTitle(tab: (typeof TABS)[number]): string {
  if (tab === 'knobs') return shell.knobs;
  return tab === 'inspector' ? shell.inspector : shell.panel[tab];
}

/** One thing at a time, where there is room for no more. */
function Tabs() {
  const tab = usePreferences((state) => state.tab);
  const { setTab } = usePreferences.getState();
  useEffect(() => {
    document.getElementById(`tab-${tab}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  return (
    <main id="stage" tabIndex={-1} aria-label={shell.stage} className="flex flex-1 flex-col">
      <CaptionBand />
      <div
        role="tablist"
        aria-label={shell.panels}
        className="sticky top-0 z-10 flex overflow-x-auto border-b border-line bg-surface-0 px-1"
      >
        {TABS.map((other) => (
          <button
            key={other}
            type="button"
            role="tab"
            id={`tab-${other}`}
            aria-selected={tab === other}
            aria-controls="tab-content"
            tabIndex={tab === other ? 0 : -1}
            onClick={() => setTab(other)}
            onKeyDown={(event) => {
              const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
              if (step === undefined) return;
              event.stopPropagation();
              const next = TABS[(TABS.indexOf(other) + step + TABS.length) % TABS.length]!;
              setTab(next);
              document.getElementById(`tab-${next}`)?.focus();
            }}
            className="shrink-0 border-b-2 border-transparent px-3 py-2.5 text-sm text-ink-3 aria-selected:border-accent aria-selected:text-ink"
          >
            {tabTitle(other)}
          </button>
        ))}
      </div>
      <div
        id="tab-content"
        role="tabpanel"
        aria-labelledby={`tab-${tab}`}
        className="relative flex min-h-[max(20rem,56dvh)] flex-1 flex-col bg-surface-1"
      >
        {tab === 'knobs' ? (
          <Knobs />
        ) : tab === 'inspector' ? (
          <LazyView name="inspector" title={shell.inspector} />
        ) : (
          <div className="absolute inset-0 grid">
            <PanelFrame key={tab} panel={tab} closable={false} />
          </div>
        )}
      </div>
    </main>
  );
}

const BENCH_TITLES: Readonly<Record<NonNullable<WorkbenchState['open']>, string>> = {
  craft: shell.craft,
  compare: shell.compare,
  share: shareText.title,
  verdict: verdictText.title,
  benchmark: shell.benchmark,
  gallery: galleryText.title,
  audit: shell.audit,
};

function Overlays() {
  const shown = useOverlay((state) => state.shown);
  const bench = useWorkbench((state) => state.open);
  const { close } = useWorkbench.getState();
  return (
    <>
      {shown === 'help' && <HelpDialog />}
      {shown === 'palette' && <Palette />}
      {bench !== null && <LazyDialog key={bench} name={bench} title={BENCH_TITLES[bench]} onClose={close} />}
      <OpeningDialog />
      <FileWantedDialog />
      <DropTarget />
    </>
  );
}
