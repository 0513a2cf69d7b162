import { useEffect, useState } from 'react';
import { IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { applyTheme } from '../../lib/colours.ts';
import { embedText } from '../../lib/messages/embed.ts';
import { shell } from '../../lib/messages/shell.ts';
import { verdictText } from '../../lib/messages/share.ts';
import { format } from '../../lib/messages.ts';
import { linkAddress, pageAddress } from '../../lib/pageAddress.ts';
import { importTitle } from '../../lib/realBlockWords.ts';
import { useMedia } from '../../lib/useMedia.ts';
import { useImported } from '../../store/importedBlock.ts';
import { isScenarioEnd, useScenario } from '../../store/openedScenario.ts';
import { usePlayback } from '../../store/playback.ts';
import { usePreferences } from '../../store/preferences.ts';
import { useRuns } from '../../store/runs.ts';
import { session } from '../../store/session.ts';
import { linkOfOpened } from '../../store/shareScenario.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { FailureBanner } from '../Banners.tsx';
import { listenToKeys } from '../keys.ts';
import { Mark } from '../Mark.tsx';
import { DropTarget } from '../opening/DropTarget.tsx';
import { FileWantedDialog } from '../opening/FileWantedDialog.tsx';
import { OpeningDialog } from '../opening/OpeningDialog.tsx';
import { ScenarioVerdict } from '../opening/ScenarioVerdict.tsx';
import { Stage } from '../Stage.tsx';
import { Said, useCaption } from '../story/CaptionBand.tsx';
import { MomentBar } from '../timeline/MomentBar.tsx';
import { Toasts } from '../Toasts.tsx';
import { clockLabel, Verdict } from '../TopBar.tsx';
import { LazyDialog, LazyView } from '../viewParts.tsx';

/** Below this there is room for one panel at a time. */
const SMALL = '(max-width: 899px), (max-height: 559px)';

/** The page inside somebody else's: what happens, what is said of it, and the way to all the rest. */
export function EmbedPage() {
  const theme = usePreferences((state) => state.theme);
  const prefersLight = useMedia('(prefers-color-scheme: light)');
  const small = useMedia(SMALL);
  const bench = useWorkbench((state) => state.open);
  useEffect(() => applyTheme(theme), [theme, prefersLight]);
  useEffect(() => listenToKeys('transport'), []);
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-surface-1">
      <Head />
      <FailureBanner />
      <div className="flex h-[4.1rem] shrink-0 items-center overflow-y-auto border-b border-line px-3 py-1 [&_p]:text-[0.95rem]">
        <Caption />
      </div>
      <main aria-label={shell.stage} className="flex min-h-0 flex-1 flex-col">
        {small ? <OnePanel /> : <Stage closable={false} />}
      </main>
      <Foot />
      <Toasts />
      {bench === 'verdict' && (
        <LazyDialog name="verdict" title={verdictText.title} onClose={useWorkbench.getState().close} />
      )}
      <OpeningDialog />
      <FileWantedDialog />
      <DropTarget />
    </div>
  );
}

function Caption() {
  return <Said text={useCaption()} />;
}

function Head() {
  const opened = useScenario((state) => state.opened?.scenario.title);
  const imported = useImported((state) => state.imported?.report);
  const title = opened ?? (imported === undefined ? undefined : importTitle(imported));
  const run = useRuns((state) => state.run);
  const href = useWholePage();
  // Where there is little room, the scenario's verdict speaks for a block that is right; never for one that is not.
  const spokenFor = opened !== undefined && run?.matchesOracle === true;
  return (
    <header className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3">
      <Mark />
      <h1 className="min-w-0 truncate text-sm font-semibold">{title ?? embedText.stage}</h1>
      <ScenarioVerdict />
      <span className={spokenFor ? 'max-[760px]:hidden' : ''}>
        <Verdict />
      </span>
      <span className="ml-auto text-xs whitespace-nowrap text-ink-3 max-[600px]:hidden" data-testid="clock">
        {run !== null && clockLabel(run)}
      </span>
      <a
        href={href}
        target="_blank"
        rel="noopener"
        title={embedText.openTitle}
        className="inline-flex min-h-7 shrink-0 items-center gap-1.5 rounded-2 border border-line bg-surface-2 px-2.5 text-sm whitespace-nowrap hover:border-line-strong hover:bg-surface-3 max-[600px]:ml-auto"
      >
        <Icon name="outside" size={13} />
        <span className="max-[460px]:sr-only">{embedText.open}</span>
      </a>
    </header>
  );
}

/** The address of the whole page with what was opened here; with nothing behind it where nothing was. */
function useWholePage(): string {
  const opened = useScenario((state) => state.opened);
  const [fragment, setFragment] = useState<string | null>(null);
  useEffect(() => {
    setFragment(opened?.fragment ?? null);
    if (opened === null || opened.fragment !== null) return;
    let current = true;
    void linkOfOpened(opened).then((made) => {
      if (current) setFragment(made);
    });
    return () => {
      current = false;
    };
  }, [opened]);
  return fragment === null ? pageAddress() : linkAddress(fragment);
}

/** One panel, and tabs for the others of the scenario. */
function OnePanel() {
  const { panels, tab, setTab } = usePreferences();
  const chosen = panels.find((panel) => panel === tab) ?? panels[0]!;
  return (
    <>
      {panels.length > 1 && (
        <div
          role="tablist"
          aria-label={shell.panels}
          className="flex shrink-0 overflow-x-auto border-b border-line bg-surface-0 px-1"
        >
          {panels.map((panel, at) => (
            <button
              key={panel}
              type="button"
              role="tab"
              id={`tab-${panel}`}
              aria-selected={panel === chosen}
              aria-controls="tab-content"
              tabIndex={panel === chosen ? 0 : -1}
              onClick={() => setTab(panel)}
              onKeyDown={(event) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                if (step === undefined || event.shiftKey) return;
                event.stopPropagation();
                const next = panels[(at + step + panels.length) % panels.length]!;
                setTab(next);
                document.getElementById(`tab-${next}`)?.focus();
              }}
              className="shrink-0 border-b-2 border-transparent px-2.5 py-1 text-xs text-ink-3 aria-selected:border-accent aria-selected:text-ink"
            >
              {shell.panel[panel]}
            </button>
          ))}
        </div>
      )}
      <div
        id="tab-content"
        {...(panels.length > 1
          ? { role: 'tabpanel', 'aria-labelledby': `tab-${chosen}` }
          : { role: 'region', 'aria-label': shell.panel[chosen] })}
        data-panel={chosen}
        className="relative min-h-0 flex-1 overflow-hidden"
      >
        <LazyView key={chosen} name={chosen} title={shell.panel[chosen]} />
      </div>
    </>
  );
}

function Foot() {
  const playing = usePlayback((state) => state.playing);
  const run = useRuns((state) => state.run);
  const blocks = useScenario((state) => state.opened?.scenario.blocks);
  const ready = run !== null;
  const height = run?.height ?? 0;
  return (
    <footer className="flex shrink-0 items-center gap-1 border-t border-line px-2 py-1.5">
      <div role="toolbar" aria-label={shell.transport} className="flex items-center">
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={playing ? shell.pause : shell.play}
          look="accent"
          disabled={!ready}
          className="mr-1 rounded-full"
          onClick={session.togglePlay}
        />
        <IconButton
          icon="stepBack"
          label={shell.stepBack}
          disabled={!ready}
          className="max-[460px]:hidden"
          onClick={() => session.step(-1)}
        />
        <IconButton
          icon="stepForward"
          label={shell.stepForward}
          disabled={!ready}
          className="max-[460px]:hidden"
          onClick={() => session.step(1)}
        />
        <IconButton
          icon="previousBlock"
          label={shell.previousBlock}
          disabled={!ready || height <= 1}
          onClick={() => void session.previousBlock()}
        />
        <IconButton
          icon="nextBlock"
          label={shell.nextBlock}
          disabled={!ready || isScenarioEnd(run.blockId)}
          onClick={() => void session.nextBlock()}
        />
      </div>
      <span className="mx-1.5 text-xs whitespace-nowrap text-ink-3 max-[380px]:hidden">
        {ready &&
          (blocks === undefined
            ? format(embedText.block, { height })
            : format(embedText.blockOf, { height, blocks }))}
      </span>
      <MomentBar />
    </footer>
  );
}
