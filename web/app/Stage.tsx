import { IconButton } from '../components/Button.tsx';
import { shell } from '../lib/messages/shell.ts';
import { format } from '../lib/messages.ts';
import { PANELS, type PanelId, usePreferences } from '../store/preferences.ts';
import { LazyView } from './viewParts.tsx';

/**
 * How one to four panels share the stage; the first is wide while there is an odd one out. Where two do not fit side by
 * side, because the window is narrow or the type is large, they stand one below the other and are scrolled to.
 */
const GRIDS: Readonly<Record<number, string>> = {
  1: 'grid-rows-1',
  2: 'grid-rows-2',
  3: 'auto-rows-[minmax(16rem,1fr)] @[44rem]:auto-rows-fr @[44rem]:grid-cols-2 @[44rem]:[&>:first-child]:col-span-2',
  4: 'auto-rows-[minmax(16rem,1fr)] @[44rem]:auto-rows-fr @[44rem]:grid-cols-2',
};

/** The panels, all on the same clock. */
export function Stage({ closable = true }: { readonly closable?: boolean }) {
  const panels = usePreferences((state) => state.panels);
  return (
    <div className="@container h-full min-h-0">
      <div className={`grid h-full gap-px overflow-y-auto bg-line ${GRIDS[panels.length]}`}>
        {panels.map((panel) => (
          <PanelFrame key={panel} panel={panel} closable={closable && panels.length > 1} />
        ))}
      </div>
    </div>
  );
}

/** One panel by itself, as a phone shows it. */
export function PanelFrame({ panel, closable }: { readonly panel: PanelId; readonly closable: boolean }) {
  const title = shell.panel[panel];
  return (
    <section aria-label={title} data-panel={panel} className="flex min-h-0 min-w-0 flex-col bg-surface-1">
      <header className="flex h-8 shrink-0 items-center justify-between pr-1 pl-3">
        <h2 className="flex min-w-0 items-baseline gap-2 text-xs">
          <span className="font-medium text-ink-2">{title}</span>
          <span className="truncate text-ink-3 max-2xl:hidden">{shell.panelAbout[panel]}</span>
        </h2>
        {closable && (
          <IconButton
            icon="close"
            size={12}
            label={format(shell.closePanel, { panel: title })}
            className="size-6!"
            onClick={() => usePreferences.getState().togglePanel(panel)}
          />
        )}
      </header>
      <div className="relative min-h-0 flex-1 overflow-hidden">
        <LazyView name={panel} title={title} />
      </div>
    </section>
  );
}

/** Chooses the panels; the same as their number keys. */
export function PanelChooser() {
  const panels = usePreferences((state) => state.panels);
  return (
    <div role="toolbar" aria-label={shell.panels} className="flex flex-wrap items-center gap-1">
      {PANELS.map((panel, at) => (
        <button
          key={panel}
          type="button"
          aria-pressed={panels.includes(panel)}
          aria-label={format(shell.panelToggle, { panel: shell.panel[panel], key: at + 1 })}
          title={shell.panelAbout[panel]}
          onClick={() => usePreferences.getState().togglePanel(panel)}
          className="rounded-2 px-2 py-1 text-xs whitespace-nowrap text-ink-3 transition-colors hover:bg-surface-2 hover:text-ink aria-pressed:bg-surface-3 aria-pressed:text-ink"
        >
          {shell.panel[panel]}
        </button>
      ))}
    </div>
  );
}
