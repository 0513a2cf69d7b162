/**
 * One thing at a time, in order. A task with a name that is still waiting is replaced by a newer one
 * of that name, so that a knob dragged fast costs one run in progress and one to come.
 */
export interface TaskQueue {
  /** Runs the task after those before it; answers when it, or the one that replaced it, is done. */
  add(task: () => Promise<void>, name?: string): Promise<void>;
  /** Whether a task of this name waits and has not begun. */
  isWaiting(name: string): boolean;
  readonly busy: boolean;
}

interface Entry {
  task: () => Promise<void>;
  readonly name: string | undefined;
  readonly done: Promise<void>;
  readonly resolve: () => void;
}

export function createTaskQueue(
  onBusy: (busy: boolean) => void,
  onThrow: (thrown: unknown) => void,
): TaskQueue {
  const waiting: Entry[] = [];
  let running = false;
  const work = async (): Promise<void> => {
    if (running) return;
    running = true;
    onBusy(true);
    for (let entry = waiting.shift(); entry !== undefined; entry = waiting.shift()) {
      try {
        await entry.task();
      } catch (thrown) {
        onThrow(thrown);
      }
      entry.resolve();
    }
    running = false;
    onBusy(false);
  };
  return {
    add: (task, name) => {
      const same = name === undefined ? undefined : waiting.find((entry) => entry.name === name);
      if (same !== undefined) {
        same.task = task;
        return same.done;
      }
      let resolve = (): void => {};
      const done = new Promise<void>((settle) => {
        resolve = settle;
      });
      waiting.push({ task, name, done, resolve });
      void work();
      return done;
    },
    isWaiting: (name) => waiting.some((entry) => entry.name === name),
    get busy() {
      return running;
    },
  };
}
