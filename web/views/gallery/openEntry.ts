import type { GalleryEntry } from '../../store/gallery.ts';
import { session } from '../../store/session.ts';
import { storyteller } from '../../store/storyteller.ts';
import { useWorkbench } from '../../store/workbench.ts';

const STORY = 'opening-story';

/** Whether opening it means telling the story, with its own captions and a knob handed over at its end. */
export function isStory({ scenario }: GalleryEntry): boolean {
  return scenario.id === STORY && storyteller.replay !== null;
}

/** Closes the gallery, puts a scenario on stage and plays it; its link then stands in the address. */
export async function openEntry(entry: GalleryEntry): Promise<void> {
  useWorkbench.getState().close();
  if (isStory(entry)) return storyteller.replay?.();
  const { scenario, fragment } = entry;
  const play = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const opened = await session.openScenario(scenario, { fragment, play });
  if (opened.ok) history.replaceState(null, '', fragment);
}
