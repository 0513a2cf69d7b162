import { useEffect, useState } from 'react';
import { useConsensus } from '../../store/consensus/consensus.ts';
import { eventsNow, useConsensusClock } from '../../store/consensus/consensusClock.ts';

export interface Moment {
  readonly events: number;
  readonly timeUs: number;
}

/** Text changes no more often than this; drawings follow each frame. */
const EVERY_MS = 160;

/** The moment of a run, followed at the pace of somebody who reads. */
export function useMoment(branch: number): Moment {
  const [moment, setMoment] = useState<Moment>(() => momentOf(branch));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = (): void => {
      timer = undefined;
      setMoment((before) => {
        const now = momentOf(branch);
        return now.events === before.events && now.timeUs === before.timeUs ? before : now;
      });
    };
    const soon = (): void => {
      if (timer !== undefined) return;
      if (useConsensusClock.getState().playing) timer = setTimeout(take, EVERY_MS);
      else take();
    };
    take();
    const stops = [useConsensusClock.subscribe(soon), useConsensus.subscribe(soon)];
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
    };
  }, [branch]);
  return moment;
}

function momentOf(branch: number): Moment {
  return { events: eventsNow(branch), timeUs: useConsensusClock.getState().timeUs };
}
