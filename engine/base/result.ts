/** An expected outcome: a value, or a typed error discriminated on `code`. */
export type Result<T, E extends { readonly code: string } = TypedError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/**
 * What went wrong, in the form every boundary of the engine speaks: a stable `code`
 * (`room/what_happened`), one sentence for a person, and data that says where.
 */
export interface TypedError {
  readonly code: string;
  readonly message: string;
  readonly data?: Readonly<Record<string, string | number>>;
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E extends { readonly code: string }>(
  error: E,
): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** Builds a failed {@link Result} from its parts. */
export function fail(
  code: string,
  message: string,
  data?: TypedError['data'],
): { readonly ok: false; readonly error: TypedError } {
  return { ok: false, error: data ? { code, message, data } : { code, message } };
}
