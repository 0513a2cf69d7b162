import {
  type BlockMemory,
  CONTROL,
  KEY,
  KEY_WORDS,
  TX,
  TX_WORDS,
} from '../../../execution/kernel/blockMemory.ts';
import { RECEIPT } from '../../../execution/kernel/transactionRecords.ts';
import { LINE } from '../../../execution/kernel/blockMemory.ts';
import { LANE_TX, QUEUE } from '../../../execution/moduleLanes/lockRecords.ts';
import { LANE_PHASE, type LaneWorker } from '../../../execution/moduleLanes/worker.ts';
import { pushVersion } from './fingerprint.ts';

interface WorkerPrivates {
  readonly following: number;
  readonly resume: boolean;
  readonly status: number;
  readonly stayed: number;
}

/** What {@link fingerprint} is to Block-STM: everything that the future of a block in module lanes depends on. */
export function laneFingerprint(memory: BlockMemory, workers: readonly LaneWorker[]): number[] {
  const { i32, layout } = memory;
  const out: number[] = [
    i32[CONTROL.commitIndex]!,
    i32[CONTROL.commitClaim]!,
    i32[CONTROL.stop]!,
    i32[CONTROL.gasCommitted]!,
    i32[CONTROL.keyCount]!,
  ];
  for (let lane = 0; lane < i32[CONTROL.laneCount]!; lane++)
    out.push(i32[i32[CONTROL.laneQueues]! + lane * LINE + QUEUE.head]!);
  for (let tx = 0; tx < i32[CONTROL.transactionCount]!; tx++) {
    const at = layout.tx + tx * TX_WORDS;
    out.push(i32[at + LANE_TX.status]!, i32[at + LANE_TX.pending]!);
    const receipt = i32[at + TX.receipt]!;
    if (receipt === 0) continue;
    out.push(
      -1,
      i32[receipt + RECEIPT.status]!,
      i32[receipt + RECEIPT.gasUsed]!,
      i32[receipt + RECEIPT.errorId]!,
    );
    const words = i32[receipt + RECEIPT.errorWords]! + i32[receipt + RECEIPT.eventWords]!;
    for (let i = 0; i < words; i++) out.push(i32[receipt + RECEIPT.data + i]!);
  }
  for (let key = 0; key < i32[CONTROL.keyCount]!; key++)
    pushVersion(i32, key, i32[layout.keys + key * KEY_WORDS + KEY.head]!, out);
  for (const worker of workers) pushWorker(memory, worker, out);
  return out;
}

function pushWorker({ i32 }: BlockMemory, worker: LaneWorker, out: number[]): void {
  const { phase, tx, context } = worker;
  const { following, resume, status, stayed } = worker as unknown as WorkerPrivates;
  out.push(-2, phase, following, stayed);
  if (phase === LANE_PHASE.pick || phase === LANE_PHASE.stopped) return;
  out.push(tx);
  if (phase !== LANE_PHASE.publish && !(phase === LANE_PHASE.execute && resume)) return;
  for (let e = 0; e < context.accessCount; e++) {
    pushVersion(i32, context.accessKey[e]!, context.accessVersion[e]!, out);
    const place = context.accessWrite[e]!;
    if (phase === LANE_PHASE.publish && place !== 0) out.push(-3, i32[place - 1]!, i32[place]!);
  }
  if (phase !== LANE_PHASE.publish) return;
  out.push(status, context.gasUsed, context.errorId, ...context.errorData.slice(0, context.errorWords), -4);
  out.push(...context.events.slice(0, context.eventWords), -5);
}
