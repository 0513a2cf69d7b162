import { useEffect, useState } from 'react';
import type { ApiResult, SharedScenario } from '../../../engine/api/index.ts';
import { type ShareView, shareScenario } from '../../store/shareScenario.ts';

/** While somebody types, the link is packed once they pause. */
const PAUSE_MS = 150;

/** The chain as a scenario of this title, packed anew when the title changes; null until it first is. */
export function useShared(title: string, look: ShareView | null): ApiResult<SharedScenario> | null {
  const [shared, setShared] = useState<ApiResult<SharedScenario> | null>(null);
  const first = shared === null;
  useEffect(() => {
    if (look === null) return;
    let current = true;
    const timer = setTimeout(
      () => {
        void shareScenario(title, look).then((answer) => {
          if (current) setShared(answer);
        });
      },
      first ? 0 : PAUSE_MS,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [title, look, first]);
  return shared;
}
