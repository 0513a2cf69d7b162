import type { ExecutionSettings } from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import type { Chain } from '../../chain/chain.ts';
import type { ChainBlock } from '../../chain/blockTree.ts';
import { chainDigest } from '../../chain/digest.ts';
import type { ExecutionRecord, ExecutionRequest } from '../../execution/pool.ts';
import { creditFees } from '../../execution/sequential/creditFees.ts';
import type { OracleOutcome } from '../../execution/sequential/oracle.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { Executors, Notice } from './executors.ts';
import { graphOf, type OraclePending, oracleWith, spentNs } from './preparedBlock.ts';
import type { FinishedRun } from './projectRun.ts';
import { sequentialRecord } from './sequentialRecord.ts';

/** Every span and access is recorded. */
const TRACE_ALL = 1;
/** Runs of a measured block, at most. */
const MEASURED_RUNS = 12;

/** A run before its block has a place in the tree and it has a number. */
export type UnplacedRun = Omit<FinishedRun, 'block' | 'runId'>;

/**
 * Executes a prepared block as the settings say, and holds the result against the oracle: both
 * digests are made from what each of them did, independently.
 */
export async function executeBlock(
  modules: ModuleSet,
  executors: Executors,
  chain: Chain<OracleOutcome>,
  parent: ChainBlock,
  pending: OraclePending,
  execution: ExecutionSettings,
  loseWorker = false,
): Promise<UnplacedRun> {
  const state = chain.stateAfter(parent);
  const { built } = pending;
  const expected = toHex(pending.digest);
  const digestOf = (record: ExecutionRecord): Uint8Array => {
    const changes = creditFees(state, built.header.feeRecipient, built.transactions, record.outcome);
    return chainDigest(modules, parent.digest, { changes, receipts: record.outcome.receipts });
  };
  const notices: Notice[] = [];
  let record: ExecutionRecord;
  if (execution.executor === 'sequential') {
    const outcome = oracleWith(modules, pending, state, execution.feeRecipient);
    record = sequentialRecord(outcome, state, spentNs(modules, pending));
  } else {
    const request: ExecutionRequest = {
      parentId: pending.parentDigest,
      state,
      environment: built.header,
      transactions: built.transactions,
      strategy: execution.executor,
      workers: execution.cores.count,
      scheduleSeed: execution.scheduleSeed,
      trackFees: execution.feeRecipient === 'tracked',
      accountGranularity: execution.granularity === 'account',
      traceLevel: TRACE_ALL,
      measureArms: true,
      ...(loseWorker ? { loseWorker } : {}),
    };
    const { fresh } = executors;
    const runOnce = (): Promise<ExecutionRecord> => executors.run(execution.cores.kind, request, notices);
    record = await runOnce();
    // Of a block that lost a worker there is one run to look at.
    if (!fresh && !loseWorker)
      record = await leastDisturbed(
        record,
        runOnce,
        executors.measuringUs,
        (other) => toHex(digestOf(other)) === expected,
      );
  }
  const digest = digestOf(record);
  notices.push(...record.notices);
  if (toHex(digest) !== expected) {
    notices.push({
      code: 'run/differs_from_oracle',
      message:
        'This execution did not do what the sequential oracle does. Its times mean nothing; the chain follows the oracle.',
    });
  }
  return { pending, execution, record, digest, notices, graph: graphOf(modules, pending, state, execution) };
}

/**
 * A measured block that is over quickly is run a few more times and the fastest run kept: on a computer that also
 * draws the page, it is the one least disturbed. Each run is held against the oracle; one that
 * differs is kept at once, to be shown. The two arms keep their fastest too.
 */
async function leastDisturbed(
  first: ExecutionRecord,
  again: () => Promise<ExecutionRecord>,
  withinUs: number,
  matches: (record: ExecutionRecord) => boolean,
): Promise<ExecutionRecord> {
  let best = first;
  let { sequentialUs, ceilingUs } = first;
  let spentUs = first.durationUs;
  const notices = [...first.notices];
  for (let run = 1; run < MEASURED_RUNS && best.clock === 'measured' && spentUs < withinUs; run++) {
    if (!matches(best)) return best;
    const next = await again();
    if (next.clock !== 'measured' || !matches(next)) return next;
    spentUs += next.durationUs;
    notices.push(...next.notices);
    sequentialUs = least(sequentialUs, next.sequentialUs);
    ceilingUs = least(ceilingUs, next.ceilingUs);
    if (next.durationUs < best.durationUs) best = next;
  }
  if (sequentialUs === undefined || ceilingUs === undefined) return { ...best, notices };
  return { ...best, sequentialUs, ceilingUs, notices };
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? a : Math.min(a, b);
}
