/** Serves calls one at a time, in the order in which they come. */
export class CallQueue {
  private last: Promise<unknown> = Promise.resolve();

  add<T>(call: () => Promise<T>): Promise<T> {
    const result = this.last.then(call);
    this.last = result.catch(() => undefined);
    return result;
  }
}
