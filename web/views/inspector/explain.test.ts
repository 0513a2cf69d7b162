import { describe, expect, it } from 'vitest';
import type {
  AbortCause,
  IncarnationRecord,
  KeyInfo,
  TransactionInspection,
  TransactionSummary,
} from '../../../engine/api/index.ts';
import { type Phrase, plain } from '../../lib/phrase.ts';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import {
  explainAbort,
  explainEnd,
  explainHistory,
  explainSuspension,
  explainVersion,
  explainWriter,
} from './explain.ts';
import { runNumber } from './facts.ts';

const run = {
  ...makeFixtureRun({ transactions: 0 }),
  trace: {
    count: 2,
    kind: Uint8Array.of(0, 0),
    worker: Uint8Array.of(1, 1),
    tx: Int32Array.of(46, 46),
    incarnation: Int32Array.of(0, 1),
    startUs: Float64Array.of(10, 20),
    endUs: Float64Array.of(14.3, 24),
    sequence: Int32Array.of(5, 9),
    causeTx: Int32Array.of(-1, -1),
    causeKey: Int32Array.of(-1, -1),
  },
};
const pool: KeyInfo = { text: 'amm/pools/0', module: 'amm', table: 'pools', parts: [0] };
const balance: KeyInfo = { text: 'bank/balances/0/0/1', module: 'bank', table: 'balances', parts: [0, 0, 1] };

function summary(of: Partial<TransactionSummary> = {}): TransactionSummary {
  return {
    index: 47,
    module: 'amm',
    name: 'swapExactIn',
    sender: 0,
    nonce: 0,
    args: {},
    work: 0,
    gasLimit: 200_000,
    gasPrice: 1,
    gasUsed: 1000,
    status: 'success',
    executions: 2,
    suspensions: 0,
    aborts: 1,
    origin: 'traffic',
    ...of,
  };
}

function record(of: Partial<IncarnationRecord> = {}): IncarnationRecord {
  return {
    incarnation: 0,
    worker: 0,
    startUs: 11,
    endUs: 13,
    outcome: 'aborted',
    reads: [],
    writes: [],
    ...of,
  };
}

function inspection(
  incarnations: readonly IncarnationRecord[],
  of: Partial<TransactionSummary> = {},
): TransactionInspection {
  return {
    runId: 1,
    transaction: summary(of),
    incarnations,
    laneWaits: [],
    events: [],
    dependsOn: [],
    dependents: [],
  };
}

function cause(of: Partial<AbortCause> = {}): AbortCause {
  return {
    key: pool,
    read: { kind: 'committed' },
    found: { kind: 'transaction', tx: 46, incarnation: 0 },
    writerTx: 46,
    atUs: 15,
    sequence: 7,
    ...of,
  };
}

const said = (sentences: readonly Phrase[] | undefined): string => (sentences ?? []).map(plain).join(' ');
const story = (abort: AbortCause, reads: IncarnationRecord['reads'] = []): string => {
  const one = record({ abort, reads });
  return said(explainAbort(run, inspection([one]), one)?.sentences);
};

describe('why a run was thrown away', () => {
  it('names the value it read, who wrote then and when, and what that meant', () => {
    expect(story(cause())).toBe(
      'It read pool 0 as it stood before this block. Then, at 14.3 µs, transaction 46 wrote pool 0. ' +
        'So what had been read was out of date. A check found that at 15.0 µs, and the run was thrown away.',
    );
  });

  it('tells apart a writer that ran again', () => {
    const read = { kind: 'transaction', tx: 46, incarnation: 0 } as const;
    const found = { kind: 'transaction', tx: 46, incarnation: 1 } as const;
    const told = story(cause({ read, found, sequence: 12, atUs: 25 }));
    expect(told).toContain('It read pool 0 as transaction 46 had written it in its run 1.');
    expect(told).toContain('Then transaction 46 ran again and, at 24.0 µs, wrote a newer value.');
  });

  it('tells apart a writer that came between', () => {
    const told = story(cause({ read: { kind: 'transaction', tx: 12, incarnation: 0 } }));
    expect(told).toContain('comes after transaction 12 and before transaction 47');
  });

  it('tells apart an ESTIMATE', () => {
    const read = { kind: 'transaction', tx: 46, incarnation: 0 } as const;
    const told = story(cause({ read, found: { kind: 'estimate', tx: 46 } }));
    expect(told).toContain('Then transaction 46 was aborted itself');
    expect(told).toContain('will write pool 0 again');
  });

  it('tells apart a writer that no longer wrote', () => {
    const read = { kind: 'transaction', tx: 46, incarnation: 0 } as const;
    expect(story(cause({ read, found: { kind: 'committed' } }))).toContain('this time did not write pool 0');
  });

  it('tells apart a key that was absent when it was read', () => {
    const told = story(cause({ key: balance }), [
      { key: balance, version: { kind: 'committed' }, value: null },
    ]);
    expect(told).toContain('It looked for Bao’s COIN balance and found nothing there.');
    expect(told).toContain('transaction 46 created it');
  });

  it('invents no time that was not recorded', () => {
    const found = { kind: 'transaction', tx: 40, incarnation: 0 } as const;
    expect(story(cause({ found, writerTx: 40 }))).toContain('Then transaction 40 wrote pool 0.');
  });

  it('makes links of transactions, keys and instants', () => {
    const one = record({ abort: cause() });
    const parts = explainAbort(run, inspection([one]), one)!.sentences.flat();
    expect(parts).toContainEqual({ kind: 'tx', tx: 46, text: 'transaction 46' });
    expect(parts).toContainEqual({ kind: 'key', key: 'amm/pools/0', text: 'pool 0' });
    expect(parts).toContainEqual({ kind: 'instant', timeUs: 15, text: '15.0 µs' });
  });

  it('has nothing to say of a run that counted', () => {
    const one = record({ outcome: 'committed' });
    expect(explainAbort(run, inspection([one]), one)).toBeUndefined();
    expect(explainSuspension(one)).toBeUndefined();
  });
});

describe('the chain of causes', () => {
  const one = record({ abort: cause() });
  const told = explainAbort(run, inspection([one]), one)!;

  it('says that the writer ran at the same time', () => {
    const writer = inspection([record({ worker: 1, startUs: 10, endUs: 14.3, outcome: 'committed' })], {
      index: 46,
    });
    expect(said(explainWriter(run, writer, told, one).sentences)).toContain(
      'Transaction 46 was running at the same time: from 10.0 µs to 14.3 µs on worker 2.',
    );
  });

  it('says that the writer had not started', () => {
    const writer = inspection([record({ startUs: 13.5, endUs: 14.3, outcome: 'committed' })], { index: 46 });
    expect(said(explainWriter(run, writer, told, one).sentences)).toContain('had not started');
  });

  it('goes on with the aborts of the writer before that, and no later ones', () => {
    const earlier = record({ endUs: 5, abort: cause({ writerTx: 3, sequence: 4, atUs: 6 }) });
    const later = record({
      incarnation: 2,
      endUs: 30,
      abort: cause({ writerTx: 3, sequence: 20, atUs: 31 }),
    });
    const wrote = record({ incarnation: 1, startUs: 10, endUs: 14.3, outcome: 'committed' });
    const again = explainAbort(
      run,
      inspection([one]),
      record({ abort: cause({ found: { kind: 'transaction', tx: 46, incarnation: 1 } }) }),
    )!;
    const chain = explainWriter(run, inspection([earlier, wrote, later], { index: 46 }), again, one);
    expect(chain.aborts.map((abort) => abort.cause.sequence)).toEqual([4]);
    expect(said(chain.sentences)).toContain('had to run 2 times itself');
  });

  it('says so when that run is not in the record', () => {
    expect(said(explainWriter(run, inspection([], { index: 46 }), told, one).sentences)).toContain(
      'not in the record',
    );
  });
});

describe('an ESTIMATE in the chain of causes', () => {
  const one = record({ abort: cause({ found: { kind: 'estimate', tx: 46 } }) });
  const told = explainAbort(run, inspection([one]), one)!;

  it('leads to the last abort of the writer before it', () => {
    const aborted = (sequence: number): IncarnationRecord =>
      record({ abort: cause({ writerTx: 3, sequence }) });
    const chain = explainWriter(
      run,
      inspection([aborted(2), aborted(4), aborted(20)], { index: 46 }),
      told,
      one,
    );
    expect(chain.aborts.map((abort) => abort.cause.sequence)).toEqual([4]);
    expect(chain.sentences).toEqual([]);
  });

  it('says so when there is none', () => {
    expect(said(explainWriter(run, inspection([], { index: 46 }), told, one).sentences)).toContain(
      'not in the record',
    );
  });
});

describe('runs', () => {
  it('are counted without the starts that were suspended', () => {
    const suspended = { ...run, trace: { ...run.trace, incarnation: Int32Array.of(1, 4) } };
    expect(runNumber(suspended, 46, 1)).toBe(1);
    expect(runNumber(suspended, 46, 4)).toBe(2);
    expect(runNumber(suspended, 99, 2)).toBe(3);
  });
});

describe('how it went', () => {
  it('counts runs and waits', () => {
    expect(plain(explainHistory(inspection([], { executions: 1, aborts: 0 })))).toBe(
      'Ran once, and that run counted.',
    );
    expect(plain(explainHistory(inspection([], { executions: 3, aborts: 2 })))).toBe(
      'Ran 3 times: 2 runs were thrown away, the last run counted.',
    );
    const parked = plain(explainHistory(inspection([], { executions: 2, aborts: 1, suspensions: 1 })));
    expect(parked).toContain('one run was thrown away');
    expect(parked).toContain('waited once');
    expect(plain(explainHistory(inspection([], { executions: 0, aborts: 0 })))).toBe(
      'It never ran in this record.',
    );
  });

  it('says why a start waited', () => {
    const parked = record({ outcome: 'suspended', suspendedOn: { key: pool, tx: 46 } });
    expect(plain(explainSuspension(parked)!)).toBe(
      'It needed pool 0 and met a marker there: transaction 46 will write it. ' +
        'So it waited instead of doing work that could not last.',
    );
  });

  it('says why a transaction was declined, with the sentence of its error', () => {
    const status = 'reverted';
    const error = 'amm/slippage_exceeded';
    const errorMessage = 'The limit was 90, but it would be 81.';
    const told = said(explainEnd(inspection([], { status, error, errorMessage })));
    expect(told).toBe(
      'Why: The limit was 90, but it would be 81. ' +
        'The module declined it. Its writes were dropped; its nonce and its fee of 1000 stay.',
    );
    expect(said(explainEnd(inspection([], { status, error, gasPrice: 0 })))).toContain(
      'Why: amm/slippage_exceeded',
    );
  });

  it('says what rejected and out of gas mean', () => {
    expect(said(explainEnd(inspection([], { status: 'rejected', errorMessage: 'No fee.' })))).toContain(
      'paid nothing',
    );
    expect(said(explainEnd(inspection([], { status: 'outOfGas' })))).toContain('all of that gas is paid');
    expect(said(explainEnd(inspection([], { status: 'success' })))).toBe(
      'Committed: its writes are part of the chain.',
    );
  });

  it('says where a value came from', () => {
    expect(plain(explainVersion(run, { kind: 'transaction', tx: 46, incarnation: 1 }, 5))).toBe(
      'as written by transaction 46, run 2',
    );
    expect(plain(explainVersion(run, { kind: 'committed' }, 5))).toBe('as before this block');
    expect(plain(explainVersion(run, { kind: 'committed' }, null))).toBe('nothing there');
  });
});
