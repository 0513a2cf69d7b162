import { ACCESS, READ_WORDS, RECEIPT, WRITE_WORDS } from '../../../execution/kernel/transactionRecords.ts';
import { STATUS, statusOf } from '../../../execution/blockStm/scheduler.ts';
import { type BlockStmWorker, PHASE } from '../../../execution/blockStm/worker.ts';
import {
  type BlockMemory,
  CONTROL,
  KEY,
  KEY_WORDS,
  NODE,
  TX,
  TX_WORDS,
} from '../../../execution/kernel/blockMemory.ts';

/** What a worker keeps to itself between two steps. */
interface WorkerPrivates {
  readonly incarnation: number;
  readonly handedOver: number;
  readonly resume: boolean;
  readonly status: number;
  readonly wroteNew: boolean;
}

/**
 * Everything of a running block that its future depends on, as numbers: two states with the same
 * fingerprint go on in the same ways. What only history differs in is left out or renamed:
 * places in the arena (a version is its writer's incarnation), change numbers (only their order counts),
 * counters, and what a worker will set before it reads it.
 */
export function fingerprint(memory: BlockMemory, workers: readonly BlockStmWorker[]): number[] {
  const { i32, layout } = memory;
  const count = i32[CONTROL.transactionCount]!;
  const commit = i32[CONTROL.commitIndex]!;
  const out: number[] = [
    Math.min(count, i32[CONTROL.executionIndex]!),
    Math.min(count, i32[CONTROL.validationIndex]!),
    commit,
    i32[CONTROL.commitClaim]!,
    i32[CONTROL.stop]!,
    i32[CONTROL.gasCommitted]!,
    i32[CONTROL.keyCount]!,
  ];
  const changes = changeNumbers(memory);
  /** How many of the changes that still count are at most `number`. */
  const rank = (number: number): number => changes.filter((change) => change <= number).length;
  out.push(rank(i32[CONTROL.changePrefix]!));
  for (let tx = 0; tx < count; tx++) {
    const at = layout.tx + tx * TX_WORDS;
    out.push(i32[at + TX.status]!, i32[at + TX.parkedHead]!);
    if (statusOf(i32[at + TX.status]!) === STATUS.parked) out.push(i32[at + TX.parkedNext]!);
    if (tx >= commit) out.push(rank(i32[at + TX.changedAt]!), rank(i32[at + TX.validatedAt]!));
    pushFinished(memory, at, out);
    for (let claim = i32[at + TX.claims]!; claim !== 0; claim = i32[claim + 2]!) out.push(i32[claim]!);
    out.push(-1);
  }
  for (let key = 0; key < i32[CONTROL.keyCount]!; key++) {
    const record = layout.keys + key * KEY_WORDS;
    out.push(i32[record + KEY.misses]!);
    for (let node = i32[record + KEY.head]!; node !== 0; node = i32[node + NODE.next]!) {
      const word = i32[node + NODE.word]!;
      if (word > 0) out.push(i32[node + NODE.tx]!, i32[word - 1]!);
      // What an aborted incarnation wrote is what scouts guess by.
      else if (word < -1) out.push(i32[node + NODE.tx]!, -1, i32[-word - 1]!, i32[-word]!);
      else if (word === -1) out.push(i32[node + NODE.tx]!, -1);
    }
    out.push(-2);
  }
  for (const worker of workers) pushWorker(memory, worker, out);
  return out;
}

/** The numbers of changes that a commit may still have to be newer than, in order. */
function changeNumbers({ i32, layout }: BlockMemory): number[] {
  const numbers = new Set([i32[CONTROL.changePrefix]!]);
  for (let tx = i32[CONTROL.commitIndex]!; tx < i32[CONTROL.transactionCount]!; tx++) {
    numbers.add(i32[layout.tx + tx * TX_WORDS + TX.changedAt]!);
  }
  return [...numbers].sort((a, b) => a - b);
}

/**
 * The last published incarnation: its reads and receipt while they may still count (it is EXECUTED, or
 * published and about to be), what it wrote always.
 */
function pushFinished({ i32 }: BlockMemory, at: number, out: number[]): void {
  const access = i32[at + TX.access]!;
  if (access === 0) return;
  const status = statusOf(i32[at + TX.status]!);
  const pending = status === STATUS.executed || status === STATUS.executing;
  const stands = pending || status === STATUS.committed;
  let next = access + ACCESS.list;
  for (let r = 0; r < i32[access + ACCESS.reads]!; r++, next += READ_WORDS) {
    if (pending) pushVersion(i32, i32[next]!, i32[next + 1]!, out);
  }
  out.push(-3);
  for (let w = 0; w < i32[access + ACCESS.writes]!; w++, next += WRITE_WORDS) {
    const place = i32[next + 2]!;
    out.push(i32[next]!, i32[place - 1]!);
    // Cells of scripts in tiny blocks hold little: their lowest word tells values apart.
    if (stands && (i32[place - 1]! & 1) === 0) out.push(i32[place]!);
  }
  if (!stands) return;
  const receipt = i32[at + TX.receipt]!;
  out.push(
    -4,
    i32[receipt + RECEIPT.status]!,
    i32[receipt + RECEIPT.gasUsed]!,
    i32[receipt + RECEIPT.errorId]!,
  );
  const words = i32[receipt + RECEIPT.errorWords]! + i32[receipt + RECEIPT.eventWords]!;
  for (let i = 0; i < words; i++) out.push(i32[receipt + RECEIPT.data + i]!);
}

/** A version as what is under it: its writer and its value. */
export function pushVersion(i32: Int32Array, key: number, word: number, out: number[]): void {
  out.push(key, word);
  if (word > 0) out.splice(-1, 1, i32[word - 2]!, i32[word - 1]!, i32[word]!);
}

function pushWorker({ i32 }: BlockMemory, worker: BlockStmWorker, out: number[]): void {
  const { phase, tx, context } = worker;
  const { incarnation, handedOver, resume, status, wroteNew } = worker as unknown as WorkerPrivates;
  out.push(-5, phase, handedOver);
  if (phase === PHASE.pick || phase === PHASE.stopped) return;
  out.push(tx);
  if (phase === PHASE.validate || phase === PHASE.commit) return;
  out.push(incarnation);
  if (phase === PHASE.finish) out.push(wroteNew ? 1 : 0);
  if (phase === PHASE.publish) {
    out.push(status, context.gasUsed, context.errorId, ...context.errorData.slice(0, context.errorWords), -6);
    out.push(...context.events.slice(0, context.eventWords), -7);
  }
  if (phase !== PHASE.publish && !(phase === PHASE.execute && resume)) return;
  for (let e = 0; e < context.accessCount; e++) {
    pushVersion(i32, context.accessKey[e]!, context.accessVersion[e]!, out);
    const place = context.accessWrite[e]!;
    if (phase === PHASE.publish && place !== 0) out.push(-8, i32[place - 1]!, i32[place]!);
  }
}
