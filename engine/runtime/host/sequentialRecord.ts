import type { ExecutionRecord, RawAccess, RawSpan, RawVersion } from '../../execution/pool.ts';
import type { OracleOutcome } from '../../execution/sequential/oracle.ts';
import { type CommittedState, keyIdentity } from '../../storage/contract.ts';
import { SPAN } from '../../trace/records.ts';

const NS_PER_US = 1000;

/**
 * One transaction after another, as the record of a run: one worker, and what each spends on a virtual clock for time. It is the
 * oracle's own run, so nothing was aborted and nothing waited.
 */
export function sequentialRecord(
  outcome: OracleOutcome,
  state: CommittedState,
  spentNs: readonly number[],
): ExecutionRecord {
  const { count, receipts, keys } = outcome;
  const spans: RawSpan[] = [];
  let ns = 0;
  for (let tx = 0; tx < count; tx++) {
    const startUs = ns / NS_PER_US;
    ns += spentNs[tx]!;
    const endUs = ns / NS_PER_US;
    const common = { worker: 0, tx, incarnation: 0, causeTx: -1, causeKey: -1, endUs };
    const { status } = receipts[tx]!;
    spans.push(
      { ...common, kind: SPAN.execute, sequence: 2 * tx, startUs, access: tx, found: status },
      { ...common, kind: SPAN.commit, sequence: 2 * tx + 1, startUs: endUs, access: -1, found: 0 },
    );
  }
  return {
    outcome,
    clock: 'virtual',
    workers: 1,
    durationUs: ns / NS_PER_US,
    counts: { executions: count, suspensions: 0, validations: 0, aborts: 0, sleeps: 0 },
    perTransaction: receipts.map(() => ({ executions: 1, suspensions: 0, aborts: 0 })),
    spans,
    accesses: accessesWithValues(outcome, state),
    keys,
    notices: [],
  };
}

/** What each transaction read and wrote, with values: those before the block, then what was written. */
function accessesWithValues(outcome: OracleOutcome, state: CommittedState): RawAccess[] {
  const { accesses, written, keys } = outcome;
  const values = keys.map((key) => state.get(keyIdentity(key, 0, key.length))?.value ?? null);
  const versions: RawVersion[] = keys.map(() => ({ kind: 'committed' }));
  return accesses.map((access, tx) => {
    const reads = access.reads.map((key) => ({ key, version: versions[key]!, value: values[key]! }));
    const writes = access.writes.map((key, w) => ({ key, value: written[tx]![w]! }));
    for (const { key, value } of writes) {
      values[key] = value;
      versions[key] = { kind: 'transaction', tx, incarnation: 0 };
    }
    return { reads, writes };
  });
}
