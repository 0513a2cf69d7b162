import { PANELS, usePreferences } from '../store/preferences.ts';
import { useRuns } from '../store/runs.ts';
import { useSelection } from '../store/selection.ts';
import { session } from '../store/session.ts';
import { useWorkbench } from '../store/workbench.ts';
import { useOverlay } from './overlay.ts';
import { takeOver } from './story/director.ts';

/** Whether the key belongs to what has the focus: text, sliders, lists, drawings with keys of their own. */
function isTaken(event: KeyboardEvent): boolean {
  // Also when what had the focus in a dialog is gone, and the page's body has it.
  if (document.querySelector('dialog:modal') !== null) return true;
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  const field = target.closest(
    'input, select, textarea, [role="listbox"], [role="application"], [role="combobox"]',
  );
  if (field instanceof HTMLInputElement && field.type === 'range') return event.key.startsWith('Arrow');
  if (field !== null) return true;
  // Space and Enter press what has the focus.
  return event.key === ' ' && target.closest('button, summary, a, [role="button"], [role="option"]') !== null;
}

/** Those that move the clock, when nothing else is there to be reached. */
const TRANSPORT: ReadonlySet<string> = new Set([' ', 'ArrowLeft', 'ArrowRight', '-', '+', '=', 'Escape']);

/** The keys of the stage. Answers how to take them away again. */
export function listenToKeys(which: 'all' | 'transport'): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (which === 'transport' && !TRANSPORT.has(event.key)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      const { shown, open, close } = useOverlay.getState();
      if (shown === 'palette') close();
      else open('palette');
      return;
    }
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
    const action = actionOf(event);
    if (action === null) return;
    event.preventDefault();
    if (event.key !== 'Escape' && event.key !== '?') takeOver();
    action();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

function actionOf(event: KeyboardEvent): (() => unknown) | null {
  const panel = PANELS[Number(event.key) - 1];
  if (panel !== undefined) return () => usePreferences.getState().togglePanel(panel);
  switch (event.key) {
    case ' ':
      return session.togglePlay;
    case 'ArrowLeft':
      return event.shiftKey ? () => session.previousBlock() : () => session.step(-1);
    case 'ArrowRight':
      return event.shiftKey ? () => session.nextBlock() : () => session.step(1);
    case '-':
      return () => session.changeSpeed(1);
    case '+':
    case '=':
      return () => session.changeSpeed(-1);
    case 's':
    case 'S':
      return () => useRuns.getState().run !== null && useWorkbench.getState().openShare();
    case '?':
      return () => useOverlay.getState().open('help');
    case 'Escape':
      return () => useSelection.getState().clear();
    default:
      return null;
  }
}
