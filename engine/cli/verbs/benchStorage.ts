import { setImmediate } from 'node:timers/promises';
import { loadBulkHash } from '../../base/bulkHash.ts';
import { cores } from '../nodeEngine.ts';
import { figure, rounded, table, yesNo } from '../report.ts';
import { measureStorage, type StorageRow } from '../storageMeasuring.ts';
import { defineVerb } from '../verb.ts';

const KINDS = ['merkleTree', 'appendLog', 'flatMap'] as const;
const KEYS = 1_000_000;
const CHANGES = 10_000;
const RUNS = 15;
/** Runs of a storage that makes its root from all entries each time. */
const FEW_RUNS = 3;

export const benchStorage = defineVerb({
  name: 'bench storage',
  about: 'Measure what roots, proofs and memory of each kind of storage cost.',
  operands: [],
  flags: {
    storage: {
      kind: 'choice',
      choices: KINDS,
      about: `One kind alone. Without it ${KINDS.join(', ')}.`,
    },
    keys: {
      kind: 'wholes',
      min: 1,
      max: 2_000_000,
      about: `Keys of the storage: balances. Without it ${figure(KEYS)}.`,
    },
    changes: {
      kind: 'wholes',
      min: 1,
      max: 1_000_000,
      about: `Keys that a block writes, drawn evenly; at most all. Without it ${figure(CHANGES)}.`,
    },
    runs: {
      kind: 'whole',
      min: 1,
      max: 1000,
      about: `Blocks of every row; figures are medians over them. Without it ${RUNS}, and ${FEW_RUNS} of flatMap.`,
    },
  },
  notes: [
    'A block’s time goes from its changes, in canonical bytes, to the root after it. rootMatches: the root at the end is that of',
    'a storage built anew from the same writes, and every proof made was valid. Where it is not: exit code 1. One thread.',
    '',
    '--json: {bench, platform, cores, rows}',
    'rows: {storage, keys, changes, runs, hashing, applyMs, rootMs, blockMs, interval, proveMs, verifyMs, proofBytes, bytesPerKey,',
    'memoryPerKey, rootMatches}; interval is the 95 % interval of the median blockMs, proveMs to proofBytes are null where a storage proves',
    'nothing, bytesPerKey is what the storage says, memoryPerKey by how much the process grew.',
  ],
  run: async (flags, _operands, stage) => {
    await loadBulkHash();
    const kinds = flags.storage === undefined ? KINDS : [flags.storage];
    const requests = kinds.flatMap((storage) =>
      (flags.keys ?? [KEYS]).flatMap((keys) =>
        (flags.changes ?? [CHANGES]).map((changes) => ({
          storage,
          keys,
          changes: Math.min(keys, changes),
          runs: flags.runs ?? (storage === 'flatMap' ? FEW_RUNS : RUNS),
        })),
      ),
    );
    const rows: StorageRow[] = [];
    for (const request of requests) {
      stage.progress(`row ${rows.length + 1} of ${requests.length}: ${request.storage}`);
      // A person who ends it is heard between rows.
      await setImmediate();
      const row = measureStorage(request);
      rows.push(row);
      stage.milestone(
        `${row.storage}, ${figure(row.keys)} keys: ${figure(row.blockMs, 1)} ms (row ${rows.length} of ${requests.length})`,
      );
    }
    const platform = `Node ${process.versions.node}`;
    return {
      json: { bench: 'storage', platform, cores, rows: rows.map(withRounded) },
      report: [`${platform}, ${cores} cores, one thread`, '', ...tableOf(rows)],
      passed: rows.every(({ rootMatches }) => rootMatches),
    };
  },
});

function withRounded(row: StorageRow): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]): [string, unknown] => {
    if (Array.isArray(value)) return [name, value.map(rounded)];
    return [name, typeof value === 'number' ? rounded(value) : value];
  });
  return Object.fromEntries(entries);
}

function tableOf(rows: readonly StorageRow[]): string[] {
  const orNone = (value: number | null, decimals: number): string =>
    value === null ? '–' : figure(value, decimals);
  const heading = ['storage', 'keys', 'written', 'ms a block', '95 %', 'of it root', 'prove ms', 'check ms'];
  return table(
    [...heading, 'proof bytes', 'bytes/key', 'memory/key', 'root matches'],
    rows.map((row) => [
      row.storage,
      figure(row.keys),
      figure(row.changes),
      figure(row.blockMs, 1),
      row.interval.map((bound) => figure(bound, 1)).join('–'),
      figure(row.rootMs, 1),
      orNone(row.proveMs, 3),
      orNone(row.verifyMs, 3),
      orNone(row.proofBytes, 0),
      figure(row.bytesPerKey, 0),
      figure(row.memoryPerKey, 0),
      yesNo(row.rootMatches),
    ]),
  );
}
