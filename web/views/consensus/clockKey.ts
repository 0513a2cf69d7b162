import { changeSpeed, seekTo, stepBy, togglePlay } from '../../store/consensus/consensusClock.ts';

/** Keys of the clock, the same wherever the focus is in the panel. Answers whether it was one. */
export function clockKey(key: string): boolean {
  if (key === ' ') togglePlay();
  else if (key === '.') stepBy(1);
  else if (key === ',') stepBy(-1);
  else if (key === '<') changeSpeed(1);
  else if (key === '>') changeSpeed(-1);
  else if (key === 'Home') seekTo(0);
  else return false;
  return true;
}
