import { useEffect, useState } from 'react';
import type { ApiError, ApiResult, EngineApi } from '../../../engine/api/index.ts';
import { engineMessages } from '../../lib/messages/engine.ts';
import { getEngine } from '../../store/engine.ts';

export interface Asked<T> {
  /** The last answer; null before the first. It may be to an older question: {@link Asked.fresh} says. */
  readonly value: T | null;
  readonly failure: ApiError | null;
  /** Whether the answer is to what is asked now. */
  readonly fresh: boolean;
  again(): void;
}

/**
 * Asks the engine, and anew whenever `question` is another text; null asks nothing. Of a question that was given up, nothing
 * is heard any more.
 */
export function useAsked<T>(
  question: string | null,
  ask: (engine: EngineApi, isWanted: () => boolean) => Promise<ApiResult<T>>,
): Asked<T> {
  const [turn, setTurn] = useState(0);
  const [said, setSaid] = useState<{ readonly to: string; readonly answer: ApiResult<T> } | null>(null);
  const [value, setValue] = useState<T | null>(null);
  const asked = question === null ? null : `${turn} ${question}`;
  // The question says what `ask` would ask, so that it is no dependency of its own.
  useEffect(() => {
    if (asked === null) return;
    let wanted = true;
    void answerOf(ask, () => wanted).then((answer) => {
      if (!wanted) return;
      setSaid({ to: asked, answer });
      if (answer.ok) setValue(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [asked]);
  const fresh = said !== null && said.to === asked;
  return {
    value,
    failure: fresh && !said.answer.ok ? said.answer.error : null,
    fresh,
    again: () => setTurn(turn + 1),
  };
}

/** Whatever goes wrong is an answer, too. */
async function answerOf<T>(
  ask: (engine: EngineApi, isWanted: () => boolean) => Promise<ApiResult<T>>,
  isWanted: () => boolean,
): Promise<ApiResult<T>> {
  const engine = getEngine();
  if (engine === null)
    return { ok: false, error: { code: 'engine/stopped', message: engineMessages.stopped } };
  try {
    return await ask(engine, isWanted);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { ok: false, error: { code: 'page/engine_gone', message } };
  }
}
