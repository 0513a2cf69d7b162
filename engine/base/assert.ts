/**
 * A broken invariant: a bug in Switchyard, never a mistake of the person using it.
 * `details` carries what is needed to reproduce it (seed, sequence, indices).
 */
export class AssertionError extends Error {
  readonly details: Readonly<Record<string, unknown>>;
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(`${message} ${JSON.stringify(details, (_, v) => (typeof v === 'bigint' ? v.toString() : v))}`);
    this.name = 'AssertionError';
    this.details = details;
  }
}

/** Throws {@link AssertionError} when `condition` is false. */
export function assert(
  condition: unknown,
  message: string,
  details?: Readonly<Record<string, unknown>>,
): asserts condition {
  if (!condition) throw new AssertionError(message, details);
}

/** For the `default` of a switch over a union: unreachable, at compile time and at run time. */
export function unreachable(value: never): never {
  throw new AssertionError('unreachable', { value });
}
