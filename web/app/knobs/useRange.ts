import type { KnobRange } from '../../lib/knobValue.ts';
import { useSession } from '../../store/session.ts';

/** What the limits are if the engine names none for a knob. */
const FALLBACK = { min: 0, max: 0xffffffff };

/** A knob's range as it is shown: the engine's limits, `scale` of its units in one that is shown. */
export function useRange(knob: string, scale = 1, decimals = 0): KnobRange {
  const limit = useSession((state) => state.description?.limits[knob]) ?? FALLBACK;
  return {
    min: Math.ceil((limit.min / scale) * 10) / 10,
    max: Math.floor((limit.max / scale) * 10) / 10,
    decimals,
  };
}
