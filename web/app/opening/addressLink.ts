import { useScenario } from '../../store/openedScenario.ts';
import { fragmentOf } from '../../store/openScenario.ts';
import { session } from '../../store/session.ts';

/**
 * Opens the link that somebody puts into the address while the page is open, and takes a link away from it once another
 * chain is on the stage: loading the page again must not bring back what is no longer there.
 */
export function listenToAddress(): void {
  window.addEventListener('hashchange', () => {
    const link = fragmentOf(location.hash);
    if (link !== undefined && link !== useScenario.getState().opened?.fragment) void session.openText(link);
  });
  useScenario.subscribe(({ opened }, before) => {
    if (opened === before.opened || fragmentOf(location.hash) === undefined) return;
    if (opened?.fragment !== location.hash)
      history.replaceState(null, '', location.pathname + location.search);
  });
}
