import { useEffect, useState } from 'react';

const STILL = '(prefers-reduced-motion: reduce)';

/**
 * Counts from 0 to `count` within `durationMs`, beginning anew with each `subject`; null holds it at 0. At once where motion is not
 * wanted.
 */
export function useReveal(subject: string | null, count: number, durationMs: number): number {
  const [shown, setShown] = useState<{ readonly of: string | null; readonly count: number }>({
    of: null,
    count: 0,
  });
  useEffect(() => {
    if (subject === null) return;
    if (matchMedia(STILL).matches) {
      setShown({ of: subject, count });
      return;
    }
    const began = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, Math.max(0, (now - began) / durationMs));
      setShown({ of: subject, count: Math.round(share * count) });
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [subject, count, durationMs]);
  return shown.of === subject && subject !== null ? shown.count : 0;
}
