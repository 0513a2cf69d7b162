import type { ApiResult, BlockRun } from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { engineMessages } from '../lib/messages/engine.ts';
import { refreshHistory, room } from './engineRoom.ts';
import { complain, noEngine, refused, superseded } from './refusals.ts';
import { useRuns } from './runs.ts';
import { queue } from './sessionQueue.ts';
import { putOnStage } from './stageRun.ts';

/** A change by the same knob shortly after keeps the ghost of before the first: a drag is one change. */
let gesture = { name: '', ghost: null as BlockRun | null, atMs: 0 };
const GESTURE_MS = 2500;

export interface Change {
  /** Changes of one name that still wait are replaced by the newest. */
  readonly name: string;
  /** Asks the engine; null when there is nothing left to ask. */
  ask(engine: EngineClient, run: BlockRun): Promise<ApiResult<BlockRun> | null>;
  /** What the ghost is, in a few words. */
  ghostLabel(ghost: BlockRun): string;
  /** After a refusal. */
  undo?(): void;
}

/** Queues a change of the block on stage, and shows the new run with the old one behind it. */
export async function change({ name, ask, ghostLabel, undo }: Change): Promise<ApiResult<BlockRun>> {
  let answer = superseded<BlockRun>();
  await queue.add(async () => {
    const { run } = useRuns.getState();
    if (room.client === null) answer = noEngine();
    else if (run === null) answer = refused('session/no_block', engineMessages.noBlock);
    else {
      room.ahead = null;
      const asked = await ask(room.client, run);
      if (asked === null) return;
      answer = asked;
      if (!answer.ok) complain(answer.error);
    }
    if (!answer.ok || run === null) return undo?.();
    const goesOn = gesture.name === name && performance.now() - gesture.atMs < GESTURE_MS;
    const ghost = (goesOn ? gesture.ghost : null) ?? run;
    gesture = { name, ghost, atMs: performance.now() };
    putOnStage(answer.value, { ghost: { run: ghost, label: ghostLabel(ghost) }, hold: true });
    await refreshHistory();
  }, name);
  return answer;
}
