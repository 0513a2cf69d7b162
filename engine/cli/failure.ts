import type { ApiResult } from '../api/index.ts';

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

/** Codes of errors that say nothing about what was given. */
const OWN_TROUBLE = [
  'engine/internal',
  'engine/cancelled',
  'benchmark/threads_failed',
  'benchmark/cancelled',
];

/** The value of an answer of the engine's door; throws a {@link Failure} with its sentence. */
export function answered<T>(answer: ApiResult<T>): T {
  if (answer.ok) return answer.value;
  const { code, message } = answer.error;
  throw new Failure(message, OWN_TROUBLE.includes(code) ? EXIT.checkFailed : EXIT.badInput);
}
