/** How many messages are served in each stretch of time; a host that posts more is not answered for the rest of it. */
export interface MessageBudget {
  /** `refused` is answered once a stretch, so that a flood is not answered by another. */
  spend(nowMs: number): 'granted' | 'refused' | 'silent';
}

export function messageBudget(most: number, stretchMs: number): MessageBudget {
  let beganMs = Number.NEGATIVE_INFINITY;
  let spent = 0;
  return {
    spend: (nowMs) => {
      if (nowMs - beganMs >= stretchMs) {
        beganMs = nowMs;
        spent = 0;
      }
      spent++;
      if (spent <= most) return 'granted';
      return spent === most + 1 ? 'refused' : 'silent';
    },
  };
}
