import type { ApiError, ApiResult } from '../../engine/api/index.ts';
import { EngineFailure } from '../engineClient/engineClient.ts';
import { engineMessages } from '../lib/messages/engine.ts';
import { useSession } from './sessionState.ts';
import { useToasts } from './toasts.ts';

/** Whatever was thrown, as the typed error that every boundary speaks. */
export function asError(thrown: unknown): ApiError {
  if (thrown instanceof EngineFailure) return thrown.error;
  return { code: 'session/threw', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** Says an error in a toast; a dead engine has a banner of its own, and who cancels knows. */
export function complain(error: ApiError): void {
  if (error.code === 'engine/cancelled' || useSession.getState().failure !== null) return;
  useToasts.getState().show('bad', error);
}

/** A refusal by the page itself, said and answered. */
export function refused<T>(code: string, message: string): ApiResult<T> {
  const error = { code, message };
  complain(error);
  return { ok: false, error };
}

export function noEngine<T>(): ApiResult<T> {
  return refused('session/no_engine', engineMessages.noEngine);
}

/** What a call answers whose place a newer one has taken. */
export function superseded<T>(): ApiResult<T> {
  return { ok: false, error: { code: 'session/superseded', message: engineMessages.superseded } };
}
