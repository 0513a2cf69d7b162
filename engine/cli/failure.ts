/** Exit codes; others script against them. */
export const EXIT = { fine: 0, checkFailed: 1, badInput: 2, interrupted: 130, terminated: 143 } as const;

/** An expected failure: its message is one or two plain sentences that say what to do, and is all that is shown. */
export class Failure extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number = EXIT.badInput) {
    super(message);
    this.name = 'Failure';
    this.exitCode = exitCode;
  }
}

/** The value of an answer of the engine's door; throws a {@link Failure} with its sentence. */
export function answered<T>(
  answer:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly error: { message: string } },
): T {
  if (answer.ok) return answer.value;
  throw new Failure(answer.error.message);
}
