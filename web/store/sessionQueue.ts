import { asError, complain } from './refusals.ts';
import { useSession } from './sessionState.ts';
import { createTaskQueue } from './taskQueue.ts';

/** What the page asks of the engine, one thing after another. Only the session uses it. */
export const queue = createTaskQueue(
  (busy) => useSession.setState({ busy }),
  (thrown) => complain(asError(thrown)),
);
