import { createRoot } from 'react-dom/client';
import { type AddressWishes, readAddress } from './app/address.ts';
import { App } from './app/App.tsx';
import { reloadToIsolate } from './app/hosting/isolation.ts';
import { listenToAddress } from './app/opening/addressLink.ts';
import './app/opening/scenarioFile.ts';
import './app/opening/blockFile.ts';
import { replayStory, tellStory } from './app/story/director.ts';
import { preloadView } from './app/viewParts.tsx';
import { createEngineClient } from './engineClient/engineClient.ts';
import { applyTheme } from './lib/colours.ts';
import { shell } from './lib/messages/shell.ts';
import { isScenarioEnd, useScenario } from './store/openedScenario.ts';
import { fragmentOf } from './store/openScenario.ts';
import { usePlayback } from './store/playback.ts';
import { startPlayLoop } from './store/playLoop.ts';
import { forgetPreferences, usePreferences } from './store/preferences.ts';
import { useRuns } from './store/runs.ts';
import { session, useSession } from './store/session.ts';
import { storyteller } from './store/storyteller.ts';
import { useToasts } from './store/toasts.ts';
import './app/theme.css';
import './app/controls.css';

const container = findContainer();

function findContainer(): HTMLElement {
  const found = document.getElementById('root');
  if (found === null) throw new Error('index.html has no #root');
  return found;
}

storyteller.replay = replayStory;

async function begin(wishes: AddressWishes): Promise<void> {
  for (const error of wishes.errors) useToasts.getState().show('bad', error);
  const opened = await session.boot(createEngineClient, wishes.settings, fragmentOf(location.hash));
  listenToAddress();
  if (useRuns.getState().run === null || opened) return;
  if (wishes.story && !wishes.embed && useScenario.getState().wanted === null) void tellStory();
}

function start(): Promise<void> {
  // The engine first: it makes the first block while the views load.
  const wishes = readAddress(location.search);
  const booting = begin(wishes);
  if (wishes.embed) {
    forgetPreferences();
    if (wishes.theme !== null) usePreferences.getState().setTheme(wishes.theme);
  }
  applyTheme(usePreferences.getState().theme);
  const { panels, inspectorShown } = usePreferences.getState();
  for (const name of [...panels, ...(inspectorShown && !wishes.embed ? ['inspector'] : [])])
    preloadView(name);
  if (wishes.embed) void embed(booting);
  else createRoot(container).render(<App />);
  startPlayLoop({
    atEnd: async () => {
      const { continuous } = useSession.getState();
      // What was opened has an end: beyond it lies what nobody shared.
      if (isScenarioEnd(useRuns.getState().run?.blockId)) usePlayback.getState().pause();
      else if (continuous) await session.nextBlock();
    },
    nearEnd: (remainingMs) => {
      if (useSession.getState().continuous) session.fetchAhead(remainingMs);
    },
  });
  return booting;
}

/** The small page, with a door for the one around it. */
async function embed(booting: Promise<void>): Promise<void> {
  const [{ EmbedPage }, { openHostDoor }] = await Promise.all([
    import('./app/embed/EmbedPage.tsx'),
    import('./app/embed/hostDoor.ts'),
  ]);
  createRoot(container).render(<EmbedPage />);
  const door = openHostDoor();
  await booting;
  door.ready();
}

/** On a host without isolation headers: nothing starts before it is known whether the page loads again. */
async function startUnlessReloading(): Promise<void> {
  applyTheme(usePreferences.getState().theme);
  const notice = document.createElement('p');
  notice.setAttribute('role', 'status');
  notice.className = 'p-4 text-sm text-ink-2';
  const slow = setTimeout(() => {
    notice.textContent = shell.preparingThreads;
  }, 1000);
  container.replaceChildren(notice);
  const reloading = import.meta.env.PROD && (await reloadToIsolate());
  clearTimeout(slow);
  if (!reloading) await start();
}

await (crossOriginIsolated ? start() : startUnlessReloading());
