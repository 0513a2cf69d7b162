import type { ExecutionSettings } from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import type { Chain } from '../../chain/chain.ts';
import type { ChainBlock } from '../../chain/blockTree.ts';
import { chainDigest } from '../../chain/digest.ts';
import type { ExecutionRecord } from '../../execution/pool.ts';
import { creditFees } from '../../execution/sequential/creditFees.ts';
import type { OracleOutcome } from '../../execution/sequential/oracle.ts';
import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { Executors, Notice } from './executors.ts';
import { graphOf, type OraclePending, oracleWith } from './preparedBlock.ts';
import type { FinishedRun } from './projectRun.ts';
import { sequentialRecord } from './sequentialRecord.ts';

/** Every span and access is recorded. */
const TRACE_ALL = 1;

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
): Promise<UnplacedRun> {
  const state = chain.stateAfter(parent);
  const { built } = pending;
  const notices: Notice[] = [];
  let record: ExecutionRecord;
  if (execution.executor === 'sequential') {
    record = sequentialRecord(oracleWith(modules, pending, state, execution.feeRecipient), state);
  } else {
    record = await executors.run(
      execution.cores.kind,
      {
        parentId: pending.parentDigest,
        state,
        environment: built.header,
        transactions: built.transactions,
        workers: execution.cores.count,
        scheduleSeed: execution.scheduleSeed,
        trackFees: execution.feeRecipient === 'tracked',
        accountGranularity: execution.granularity === 'account',
        traceLevel: TRACE_ALL,
        measureArms: true,
      },
      notices,
    );
  }
  const changes = creditFees(state, built.header.feeRecipient, built.transactions, record.outcome);
  const digest = chainDigest(modules, parent.digest, { changes, receipts: record.outcome.receipts });
  notices.push(...record.notices);
  if (toHex(digest) !== toHex(pending.digest)) {
    notices.push({
      code: 'run/differs_from_oracle',
      message:
        'This execution did not do what the sequential oracle does. Its times mean nothing; the chain follows the oracle.',
    });
  }
  return { pending, execution, record, digest, notices, graph: graphOf(modules, pending, state, execution) };
}
