import { basename } from 'node:path';
import type { BlockRun, ImportCheck, ImportReport } from '../../api/index.ts';
import { settledRun, VIRTUAL_TIME } from '../blockRuns.ts';
import { type ChosenExecution, chooseExecution, coresOf, executionFlags } from '../executionFlags.ts';
import { answered } from '../failure.ts';
import { blockFile } from '../importedFile.ts';
import { withEngine } from '../nodeEngine.ts';
import { figure, NO_FIGURE, pairs, rounded, yesNo } from '../report.ts';
import { defineVerb, type Outcome } from '../verb.ts';

/** Where a file does not say what it is executed on. */
const VIRTUAL_CORES = 8;

export const importBlock = defineVerb({
  name: 'import',
  about: 'Execute a real block, and hold it against its file and against the sequential oracle.',
  operands: ['file'],
  flags: {
    'track-fee-recipient': {
      kind: 'switch',
      about: 'Let every transaction write the balance of the fee recipient: one long chain.',
    },
    ...executionFlags,
  },
  notes: [
    `A block access list in RLP (EIP-7928), or the JSON of eth_getBlockByNumber with full transactions. Without --workers`,
    `and --virtual-cores it is executed on ${VIRTUAL_CORES} virtual cores.`,
    '',
    '--json: {kind, block, transactions, keys, criticalPath, criticalPathWithoutFeeRecipient, independentShare, executions,',
    'aborts, chainDigest, readsMatch, finalValuesMatch, matchesSequential, executor, workers | virtualCores, feeRecipient,',
    'indexConvention, readsChecked, finalValuesChecked, clock, executeMs, notes}',
    '',
    'kind: blockAccessList or rpcBlock. Writers of a key in block order form a chain; depth of a transaction: 1 + the greatest',
    'depth among the previous writers of its keys; criticalPath: the greatest depth, with the balance of the fee recipient',
    '(the balance that most transactions write) and without. independentShare: transactions that have no previous writer and',
    'are none, fee recipient left out. The file says all that, however the block is executed; executions, aborts and',
    'executeMs are those of this execution. clock: “measured” or “virtual” (a unit of gas takes a nanosecond).',
    'readsMatch: every read found what the list says was there before; finalValuesMatch: every key ends as the file says;',
    'matchesSequential: the digest is the sequential oracle’s, and without that executeMs is null. When one of them is not:',
    'exit code 1.',
  ],
  run: async (flags, [path], stage) => {
    const file = blockFile(path!);
    const name = basename(path!);
    return withEngine(stage, async (engine) => {
      const { defaults } = await engine.describe();
      const from = { ...defaults.execution, cores: { kind: 'virtual', count: VIRTUAL_CORES } } as const;
      const chosen = chooseExecution(from, flags);
      const execution = {
        ...chosen.execution,
        feeRecipient: flags['track-fee-recipient'] ? 'tracked' : 'exempt',
      } as const;
      stage.progress('reading the block');
      const report = answered(await engine.importBlock(file, name, { ...defaults, execution }));
      stage.progress('executing the block');
      const block = await settledRun(engine, answered(await engine.produceBlock([])), true);
      const check = answered(await engine.checkImport(block.blockId));
      return outcomeOf(chosen, report, block, check);
    });
  },
});

function outcomeOf(
  chosen: ChosenExecution,
  report: ImportReport,
  block: BlockRun,
  check: ImportCheck,
): Outcome {
  const { kind } = report.reference;
  const { transactions, keys, criticalPath, criticalPathWithoutFeeRecipient, independentShare } = report;
  const { executions, aborts, durationUs } = block.metrics;
  const { readsMatch, finalValuesMatch, readsChecked, finalValuesChecked } = check;
  const { clock, digest: chainDigest, matchesOracle: matchesSequential } = block;
  const { feeRecipient } = block.execution;
  const executeMs = matchesSequential ? rounded(durationUs / 1000) : null;
  const cores = coresOf(chosen);
  const notes = [...report.notes, ...chosen.notes, ...block.notices.map(({ message }) => message)];
  return {
    json: {
      kind,
      block: report.block,
      transactions,
      keys,
      criticalPath,
      criticalPathWithoutFeeRecipient,
      independentShare,
      executions,
      aborts,
      chainDigest,
      readsMatch,
      finalValuesMatch,
      matchesSequential,
      executor: chosen.executor,
      ...cores.json,
      feeRecipient,
      indexConvention: report.indexConvention,
      readsChecked,
      finalValuesChecked,
      clock,
      executeMs,
      notes,
    },
    report: [
      ...pairs([
        ['kind', { blockAccessList: 'block access list', rpcBlock: 'block of eth_getBlockByNumber' }[kind]],
        ['block', report.block ?? 'not said'],
        ['transactions', figure(transactions)],
        ['keys written', figure(keys)],
        [
          'critical path',
          `${figure(criticalPath)}; ${figure(criticalPathWithoutFeeRecipient)} without the fee recipient`,
        ],
        ['independent', `${figure(independentShare * 100, 1)} %`],
        ['executor', chosen.executor],
        [cores.name, figure(cores.count)],
        ['fee recipient', feeRecipient],
        ['executions', figure(executions)],
        ['aborts', figure(aborts)],
        [
          'time',
          executeMs === null
            ? NO_FIGURE
            : `${figure(executeMs, 2)} ms${clock === 'virtual' ? VIRTUAL_TIME : ''}`,
        ],
        ['chain digest', chainDigest],
        ['reads match', `${yesNo(readsMatch)} (${figure(readsChecked)} checked)`],
        ['final values match', `${yesNo(finalValuesMatch)} (${figure(finalValuesChecked)} checked)`],
        ['equals sequential', yesNo(matchesSequential)],
      ]),
      ...notes.map((sentence) => `Note: ${sentence}`),
    ],
    passed: readsMatch && finalValuesMatch && matchesSequential,
  };
}
