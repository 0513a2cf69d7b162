import type { TraceColumns } from '../../engine/api/index.ts';
import { SPAN } from '../lib/trace.ts';
import { type FixtureTransaction, seeded } from './fixtureTraffic.ts';

interface Span {
  kind: number;
  worker: number;
  tx: number;
  incarnation: number;
  startUs: number;
  endUs: number;
  causeTx: number;
  causeKey: number;
}

interface Lane {
  incarnation: number;
  state: 'ready' | 'running' | 'executed' | 'parked' | 'estimate';
  /** The writer seen per key, as writer × 1000 + incarnation; -1 for the committed value. */
  readonly saw: Map<number, number>;
  needsValidation: boolean;
  validating: boolean;
  parkedOn: number;
}

/**
 * Plays Block-STM on paper with a clock: workers take the lowest task, reads see finished lower
 * writers, a stale read is found by validation and aborts, an ESTIMATE parks. Good enough to look at.
 */
export function makeFixtureTrace(
  transactions: readonly FixtureTransaction[],
  workers: number,
  seed: number,
): TraceColumns {
  const random = seeded(seed ^ 0x51ed);
  const spans: Span[] = [];
  const lanes: Lane[] = transactions.map(() => ({
    incarnation: 0,
    state: 'ready',
    saw: new Map(),
    needsValidation: false,
    validating: false,
    parkedOn: -1,
  }));
  const writersOf = new Map<number, number[]>();
  transactions.forEach((transaction, tx) => {
    for (const key of transaction.keys) writersOf.set(key, [...(writersOf.get(key) ?? []), tx]);
  });
  const writerBelow = (key: number, tx: number, accept: (lane: Lane) => boolean): number => {
    const writers = writersOf.get(key) ?? [];
    for (let i = writers.length - 1; i >= 0; i--) {
      const writer = writers[i]!;
      if (writer < tx && accept(lanes[writer]!)) return writer;
    }
    return -1;
  };
  const published = (lane: Lane): boolean => lane.state === 'executed' || lane.state === 'estimate';
  const version = (key: number, tx: number): number => {
    const writer = writerBelow(key, tx, published);
    return writer < 0 ? -1 : writer * 1000 + lanes[writer]!.incarnation;
  };
  const busyUntil = new Float64Array(workers);
  const finish: (null | { at: number; done: () => void })[] = new Array(workers).fill(null);
  let committed = 0;

  const add = (
    span: Partial<Span> & { kind: number; worker: number; tx: number; startUs: number; endUs: number },
  ): void => {
    spans.push({
      incarnation: span.tx < 0 ? 0 : lanes[span.tx]!.incarnation,
      causeTx: -1,
      causeKey: -1,
      ...span,
    });
  };
  const commitPrefix = (worker: number, now: number): void => {
    while (committed < lanes.length) {
      const lane = lanes[committed]!;
      if (lane.state !== 'executed' || lane.needsValidation || lane.validating) return;
      add({ kind: SPAN.commit, worker, tx: committed, startUs: now, endUs: now });
      committed++;
    }
  };
  const begin = (worker: number, now: number): boolean => {
    const tx = lanes.findIndex(
      (lane, i) =>
        i >= committed &&
        (lane.state === 'ready' || (lane.state === 'executed' && lane.needsValidation && !lane.validating)),
    );
    if (tx < 0) return false;
    const lane = lanes[tx]!;
    const transaction = transactions[tx]!;
    if (lane.state === 'executed') {
      const endUs = now + 1 + random(10) / 10;
      lane.needsValidation = false;
      lane.validating = true;
      finish[worker] = {
        at: endUs,
        done: () => {
          lane.validating = false;
          const stale = transaction.keys.find((key) => {
            const seen = version(key, tx);
            return (
              seen !== lane.saw.get(key) ||
              (seen >= 0 && lanes[Math.floor(seen / 1000)]!.state === 'estimate')
            );
          });
          if (lane.state !== 'executed' || stale === undefined) {
            add({ kind: SPAN.validate, worker, tx, startUs: now, endUs });
            return;
          }
          const causeTx = writerBelow(stale, tx, published);
          add({ kind: SPAN.abort, worker, tx, startUs: now, endUs, causeTx, causeKey: stale });
          lane.incarnation++;
          lane.state = 'estimate';
          for (const key of transaction.keys) markReaders(key, tx);
          lane.state = 'ready';
          lane.needsValidation = false;
        },
      };
    } else {
      const blocker =
        lane.incarnation > 0
          ? transaction.keys.find((key) => {
              const writer = writerBelow(
                key,
                tx,
                (other) => other.incarnation > 0 && other.state !== 'executed',
              );
              return writer >= 0;
            })
          : undefined;
      if (blocker !== undefined) {
        const causeTx = writerBelow(
          blocker,
          tx,
          (other) => other.incarnation > 0 && other.state !== 'executed',
        );
        const endUs = now + 2;
        lane.state = 'parked';
        lane.parkedOn = causeTx;
        finish[worker] = {
          at: endUs,
          done: () => {
            add({ kind: SPAN.suspend, worker, tx, startUs: now, endUs, causeTx, causeKey: blocker });
            if (lanes[causeTx]!.state === 'executed') lane.state = 'ready';
          },
        };
        return true;
      }
      const endUs = now + 18 + random(60) / 10 + (transaction.module === 'amm' ? 5 : 0);
      lane.state = 'running';
      lane.saw.clear();
      for (const key of transaction.keys) lane.saw.set(key, version(key, tx));
      finish[worker] = {
        at: endUs,
        done: () => {
          add({ kind: SPAN.execute, worker, tx, startUs: now, endUs });
          lane.state = 'executed';
          lane.needsValidation = true;
          for (const key of transaction.keys) markReaders(key, tx);
          lanes.forEach((other) => {
            if (other.state === 'parked' && other.parkedOn === tx) other.state = 'ready';
          });
        },
      };
    }
    return true;
  };
  const markReaders = (key: number, tx: number): void => {
    for (const reader of writersOf.get(key) ?? []) {
      if (reader > tx && lanes[reader]!.state === 'executed') lanes[reader]!.needsValidation = true;
    }
  };

  let guard = transactions.length * 400;
  let now = 0;
  while (committed < lanes.length && guard-- > 0) {
    for (let worker = 0; worker < workers; worker++) {
      if (finish[worker] !== null) continue;
      const idleSince = busyUntil[worker]!;
      if (begin(worker, now) && now - idleSince > 0.5) {
        add({ kind: SPAN.wait, worker, tx: -1, startUs: idleSince, endUs: now });
      }
    }
    let next = -1;
    for (let worker = 0; worker < workers; worker++) {
      if (finish[worker] !== null && (next < 0 || finish[worker]!.at < finish[next]!.at)) next = worker;
    }
    if (next < 0) break;
    const { at, done } = finish[next]!;
    finish[next] = null;
    now = at;
    busyUntil[next] = at;
    done();
    commitPrefix(next, at);
  }
  return toColumns(spans);
}

function toColumns(spans: readonly Span[]): TraceColumns {
  const sorted = [...spans].sort((a, b) => a.endUs - b.endUs);
  return {
    count: sorted.length,
    kind: Uint8Array.from(sorted, (span) => span.kind),
    worker: Uint8Array.from(sorted, (span) => span.worker),
    tx: Int32Array.from(sorted, (span) => span.tx),
    incarnation: Int32Array.from(sorted, (span) => span.incarnation),
    startUs: Float64Array.from(sorted, (span) => span.startUs),
    endUs: Float64Array.from(sorted, (span) => span.endUs),
    sequence: Int32Array.from(sorted, (_, i) => i),
    causeTx: Int32Array.from(sorted, (span) => span.causeTx),
    causeKey: Int32Array.from(sorted, (span) => span.causeKey),
  };
}
