import { create } from 'zustand';
import type { ThemeChoice } from '../lib/colours.ts';

/** The panels of the stage, in the order of their number keys. */
export const PANELS = [
  'workerTimeline',
  'conflictGraph',
  'moduleLanes',
  'pool',
  'throughput',
  'realBlock',
  'modules',
  'consensus',
] as const;
export type PanelId = (typeof PANELS)[number];

const MOST_PANELS = 4;
const STORED_AS = 'switchyard.view';

/** View settings: what the page remembers of how a person looks at it. Never chain state. */
export interface PreferencesState {
  readonly theme: ThemeChoice;
  /** Large type, for a projector. */
  readonly present: boolean;
  readonly panels: readonly PanelId[];
  /** The viewer's own panels while a scenario lends others; null while the panels are the viewer's. */
  readonly ownPanels: readonly PanelId[] | null;
  /** The tab a phone shows. */
  readonly tab: PanelId | 'knobs' | 'inspector';
  readonly knobsShown: boolean;
  readonly inspectorShown: boolean;
  setTheme(theme: ThemeChoice): void;
  setPresent(present: boolean): void;
  /** Shows or hides a panel; the last one stays, and a fifth replaces the oldest. */
  togglePanel(panel: PanelId): void;
  /** Makes sure that a panel can be seen. */
  showPanel(panel: PanelId): void;
  /** Shows a scenario's panels, those of them that exist; the viewer's own choice stays stored until they choose. */
  lendPanels(panels: readonly string[]): void;
  setTab(tab: PreferencesState['tab']): void;
  setKnobsShown(shown: boolean): void;
  setInspectorShown(shown: boolean): void;
}

interface Stored {
  readonly theme: ThemeChoice;
  readonly panels: readonly PanelId[];
  readonly knobsShown: boolean;
  readonly inspectorShown: boolean;
}

const DEFAULTS: Stored = {
  theme: 'system',
  panels: ['workerTimeline', 'conflictGraph', 'throughput'],
  knobsShown: true,
  inspectorShown: true,
};

/** Storage can be denied, full, or hold anything; then the defaults do. */
function load(): Stored {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED_AS) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return DEFAULTS;
    const from = stored as Readonly<Record<string, unknown>>;
    const panels = Array.isArray(from.panels)
      ? PANELS.filter((panel) => (from.panels as unknown[]).includes(panel))
      : [];
    const order = (from.panels as readonly PanelId[] | undefined) ?? [];
    return {
      theme: from.theme === 'dark' || from.theme === 'light' ? from.theme : 'system',
      panels:
        panels.length === 0
          ? DEFAULTS.panels
          : [...panels].sort((a, b) => order.indexOf(a) - order.indexOf(b)).slice(0, MOST_PANELS),
      knobsShown: from.knobsShown !== false,
      inspectorShown: from.inspectorShown !== false,
    };
  } catch {
    return DEFAULTS;
  }
}

export const usePreferences = create<PreferencesState>((set, get) => ({
  ...load(),
  ownPanels: null,
  present: false,
  tab: 'workerTimeline',
  setTheme: (theme) => set({ theme }),
  setPresent: (present) => set({ present }),
  togglePanel: (panel) => {
    const { panels } = get();
    if (!panels.includes(panel)) return get().showPanel(panel);
    if (panels.length > 1) set({ panels: panels.filter((other) => other !== panel), ownPanels: null });
  },
  showPanel: (panel) => {
    const { panels } = get();
    if (!panels.includes(panel))
      set({ panels: [...panels.slice(panels.length >= MOST_PANELS ? 1 : 0), panel], ownPanels: null });
    set({ tab: panel });
  },
  lendPanels: (lent) => {
    const { panels, ownPanels } = get();
    const known = [...new Set(lent)].filter((panel): panel is PanelId => PANELS.some((id) => id === panel));
    if (known.length === 0) return;
    set({ panels: known.slice(0, MOST_PANELS), ownPanels: ownPanels ?? panels, tab: known[0]! });
  },
  setTab: (tab) => set({ tab }),
  setKnobsShown: (knobsShown) => set({ knobsShown }),
  setInspectorShown: (inspectorShown) => set({ inspectorShown }),
}));

let remembers = true;

/** Nothing is stored from now on: an embedded page is looked at by somebody else's choice. */
export function forgetPreferences(): void {
  remembers = false;
}

usePreferences.subscribe(({ theme, panels, ownPanels, knobsShown, inspectorShown }) => {
  if (!remembers) return;
  try {
    localStorage.setItem(
      STORED_AS,
      JSON.stringify({ theme, panels: ownPanels ?? panels, knobsShown, inspectorShown } satisfies Stored),
    );
  } catch {
    // Nothing is lost but the memory of how it was looked at.
  }
});
