import { useCallback, useEffect, useState } from 'react';
import type { ApiResult, BlockRun, TransactionInspection } from '../../../engine/api/index.ts';
import { inspectorMessages as text } from '../../lib/messages/inspector.ts';
import { getEngine } from '../../store/engine.ts';

export type Inspection =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly message: string; readonly retry: () => void }
  | { readonly state: 'ready'; readonly inspection: TransactionInspection };

/** Answers kept; a run's inspection never changes, so only the space they take matters. */
const KEPT = 400;
const answers = new Map<string, TransactionInspection>();
const asked = new Map<string, Promise<ApiResult<TransactionInspection>>>();

function ask(runId: number, tx: number): Promise<ApiResult<TransactionInspection>> {
  const name = `${runId}:${tx}`;
  const pending = asked.get(name);
  if (pending !== undefined) return pending;
  const engine = getEngine();
  if (engine === null) {
    return Promise.resolve({
      ok: false,
      error: { code: 'page/no_engine', message: text.noEngine },
    });
  }
  const question = engine
    .inspectTransaction(runId, tx)
    .catch(
      (thrown: unknown): ApiResult<TransactionInspection> => ({
        ok: false,
        error: {
          code: 'page/engine_gone',
          message: thrown instanceof Error ? thrown.message : String(thrown),
        },
      }),
    )
    .then((answer) => {
      asked.delete(name);
      if (answer.ok) keep(name, answer.value);
      return answer;
    });
  asked.set(name, question);
  return question;
}

function keep(name: string, inspection: TransactionInspection): void {
  answers.set(name, inspection);
  const oldest = answers.keys().next();
  if (answers.size > KEPT && !oldest.done) answers.delete(oldest.value);
}

/** What is recorded of a transaction of a run; the answer to the latest question wins. Null asks nothing. */
export function useInspection(run: BlockRun, tx: number | null): Inspection {
  const name = `${run.runId}:${tx}`;
  const [answer, setAnswer] = useState<{ name: string; result: ApiResult<TransactionInspection> } | null>(
    null,
  );
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => {
    setAnswer(null);
    setAttempt((count) => count + 1);
  }, []);
  useEffect(() => {
    if (tx === null || answers.has(`${run.runId}:${tx}`)) return;
    let current = true;
    void ask(run.runId, tx).then((result) => {
      if (current) setAnswer({ name: `${run.runId}:${tx}`, result });
    });
    return () => {
      current = false;
    };
    // `attempt` is there to ask again after a failure.
  }, [run.runId, tx, attempt]);
  const known = answers.get(name);
  if (known !== undefined) return { state: 'ready', inspection: known };
  if (answer?.name !== name) return { state: 'loading' };
  if (answer.result.ok) return { state: 'ready', inspection: answer.result.value };
  return { state: 'failed', message: answer.result.error.message, retry };
}
