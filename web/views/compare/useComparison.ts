import { useCallback, useEffect, useState } from 'react';
import type { ApiResult, Comparison } from '../../../engine/api/index.ts';
import { engineMessages } from '../../lib/messages/engine.ts';
import { getEngine } from '../../store/engine.ts';

export type ComparisonState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string; readonly retry: () => void }
  | { readonly state: 'ready'; readonly comparison: Comparison };

/** The engine's comparison of two blocks; the answer to the latest choice wins. */
export function useComparison(left: string, right: string): ComparisonState {
  const name = `${left} ${right}`;
  const [answer, setAnswer] = useState<{ name: string; result: ApiResult<Comparison> } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => {
    setAnswer(null);
    setAttempt((count) => count + 1);
  }, []);
  useEffect(() => {
    let current = true;
    const settle = (result: ApiResult<Comparison>): void => {
      if (current) setAnswer({ name: `${left} ${right}`, result });
    };
    const fail = (code: string, message: string): void => settle({ ok: false, error: { code, message } });
    const engine = getEngine();
    if (engine === null) fail('page/no_engine', engineMessages.noEngine);
    else {
      engine.compare(left, right).then(settle, (thrown: unknown) => {
        fail('page/engine_gone', thrown instanceof Error ? thrown.message : String(thrown));
      });
    }
    return () => {
      current = false;
    };
    // `attempt` is there to ask again after a failure.
  }, [left, right, attempt]);
  if (answer?.name !== name) return { state: 'loading' };
  if (answer.result.ok) return { state: 'ready', comparison: answer.result.value };
  return { state: 'failed', message: answer.result.error.message, retry };
}
