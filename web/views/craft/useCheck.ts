import { useEffect, useState } from 'react';
import type { ApiError, DraftJson } from '../../../engine/api/index.ts';
import { engineMessages } from '../../lib/messages/engine.ts';
import { getEngine } from '../../store/engine.ts';

export type Check =
  | { readonly state: 'checking' }
  | { readonly state: 'fine'; readonly summary: string }
  | { readonly state: 'wrong'; readonly error: ApiError };

const PAUSE_MS = 150;

/** Asks the engine whether the draft is a transaction, shortly after the last key; the latest answer wins. */
export function useCheck(draft: DraftJson | null): Check {
  const [check, setCheck] = useState<Check>({ state: 'checking' });
  // A draft is plain JSON: its text says whether it changed.
  const asText = draft === null ? null : JSON.stringify(draft);
  useEffect(() => {
    if (asText === null) return;
    let current = true;
    const answer = (next: Check): void => {
      if (current) setCheck(next);
    };
    const timer = setTimeout(() => {
      const engine = getEngine();
      if (engine === null) {
        answer({ state: 'wrong', error: { code: 'page/no_engine', message: engineMessages.noEngine } });
        return;
      }
      answer({ state: 'checking' });
      engine.checkTransaction(JSON.parse(asText)).then(
        (result) =>
          answer(
            result.ok
              ? { state: 'fine', summary: result.value.summary }
              : { state: 'wrong', error: result.error },
          ),
        (thrown: unknown) =>
          answer({ state: 'wrong', error: { code: 'page/engine_gone', message: messageOf(thrown) } }),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asText]);
  return check;
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
