import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, GenesisSettings, TrafficSettings } from '../api/settings.ts';
import { toHex } from '../base/bytes.ts';
import type { OracleOutcome } from '../execution/sequential/oracle.ts';
import { createLaneFinder, laneOfKey } from '../moduleSdk/index.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../tests/chainParts.ts';
import { RECEIPT_STATUS } from '../types/receipt.ts';
import { Chain, type PendingBlock } from './chain.ts';
import { createStateReader } from './stateReader.ts';

const parts = chainParts();
const MODULES = ['bank', 'amm', 'gameAssets', 'identity'];
const GENESIS: GenesisSettings = {
  ...SMALL_GENESIS,
  accounts: 30,
  bankPartition: 'lane',
  modules: MODULES,
};
const TRAFFIC: TrafficSettings = {
  ...SMALL_TRAFFIC,
  transactionsPerBlock: 40,
  work: 10,
  shares: { games: 250, drops: 100, credentials: 250 },
};
const chainOf = (genesis: Partial<GenesisSettings> = {}, traffic: Partial<TrafficSettings> = {}) =>
  new Chain(parts, { ...GENESIS, ...genesis }, { ...TRAFFIC, ...traffic });
type TestChain = ReturnType<typeof chainOf>;

function produce(chain: TestChain, actions: readonly Action[] = []): PendingBlock<OracleOutcome> {
  const parent = chain.tree.current;
  const pending = chain.prepare(parent, actions);
  if (!pending.ok) throw new Error(pending.error.code);
  chain.append(parent, pending.value, '');
  return pending.value;
}
const errorsOf = ({ outcome }: PendingBlock<OracleOutcome>) =>
  outcome.receipts.map(({ errorId }) => (errorId === 0 ? '' : parts.modules.errorById(errorId).name));
const modulesOf = ({ built }: PendingBlock<OracleOutcome>) => built.transactions.map(({ module }) => module);
const statusOf = (chain: TestChain, module: string) =>
  chain.tree.current.health.find((condition) => condition.module === module)?.kind ?? 'running';

describe('a halted module', () => {
  it('rejects what is of it or calls it, from the place on where it stopped, and nothing else', () => {
    const chain = chainOf();
    const block = produce(chain, [{ kind: 'haltModule', module: 'bank', at: 15 }]);
    const kinds = modulesOf(block);
    errorsOf(block).forEach((error, i) => {
      const { name } = block.built.transactions[i]!;
      const needsBank = kinds[i] === 'bank' || kinds[i] === 'amm' || name === 'drop' || name === 'buy';
      if (!needsBank || i < 15) expect(error).not.toBe('kernel/module_halted');
      // What fails before it comes to calling is told so.
      else expect(error === 'kernel/module_halted' || error.startsWith('gameAssets/')).toBe(true);
    });
    expect(errorsOf(block).filter((error) => error === 'kernel/module_halted').length).toBeGreaterThan(3);
  });

  it('stays so until it is resumed', () => {
    const chain = chainOf();
    produce(chain, [{ kind: 'haltModule', module: 'identity', at: 39 }]);
    const after = produce(chain);
    const own = modulesOf(after).flatMap((module, i) => (module === 'identity' ? [errorsOf(after)[i]] : []));
    expect(new Set(own)).toEqual(new Set(['kernel/module_halted']));
    expect(statusOf(chain, 'identity')).toBe('halted');
    const resumed = produce(chain, [{ kind: 'resumeModule', module: 'identity' }]);
    expect(errorsOf(resumed)).not.toContain('kernel/module_halted');
    expect(statusOf(chain, 'identity')).toBe('running');
    // Remade from its records it is the same, whoever stood still when.
    for (const block of chain.tree.blocks().filter(({ height }) => height > 0)) {
      expect(toHex(chain.remake(block).digest)).toBe(toHex(block.digest));
    }
  });

  it('lets what needs it wait, if so asked, and all of it come when it is resumed', () => {
    for (const market of [{}, { gasTarget: 1_000_000_000 }]) {
      const chain = chainOf(market);
      produce(chain, [{ kind: 'haltModule', module: 'identity', policy: 'queue' }]);
      const second = produce(chain);
      expect(modulesOf(second)).not.toContain('identity');
      const { held, market: pool } = chain.tree.current;
      const waiting = [...held, ...(pool?.waiting ?? [])];
      expect(waiting.length).toBeGreaterThan(10);
      expect(waiting.every(({ draft }) => draft.module === 'identity')).toBe(true);
      const resumed = produce(chain, [{ kind: 'resumeModule', module: 'identity' }]);
      const came = modulesOf(resumed).filter((module) => module === 'identity').length;
      expect(came).toBeGreaterThanOrEqual(waiting.length);
      expect([...chain.tree.current.held, ...(chain.tree.current.market?.waiting ?? [])]).toEqual([]);
    }
  });

  it('is replaced by a standby after as many blocks as the rules say', () => {
    const chain = chainOf({ standby: { identity: 2 } });
    produce(chain, [{ kind: 'breakModule', module: 'identity', fault: 'panic' }]);
    expect(chain.tree.current.health[0]).toMatchObject({ kind: 'panic', since: 1, standbyAt: 3 });
    expect(errorsOf(produce(chain))).toContain('kernel/panic');
    expect(errorsOf(produce(chain))).not.toContain('kernel/panic');
    expect(statusOf(chain, 'identity')).toBe('standby');
    produce(chain, [{ kind: 'resumeModule', module: 'identity' }]);
    expect(statusOf(chain, 'identity')).toBe('running');
  });
});

describe('a broken module', () => {
  it('panics, or has no room, and others write on', () => {
    for (const [fault, code] of [
      ['panic', 'kernel/panic'],
      ['storageFull', 'kernel/storage_full'],
    ] as const) {
      const block = produce(chainOf(), [{ kind: 'breakModule', module: 'gameAssets', fault }]);
      const kinds = modulesOf(block);
      const errors = errorsOf(block);
      expect(errors).toContain(code);
      errors.forEach((error, i) => {
        if (error === code) expect(kinds[i]).toBe('gameAssets');
        else if (kinds[i] === 'gameAssets') expect(error.startsWith('gameAssets/')).toBe(true);
      });
    }
  });

  it('that is slow does the same', () => {
    const plain = produce(chainOf());
    const slow = produce(chainOf(), [{ kind: 'breakModule', module: 'amm', fault: 'slow', factor: 50 }]);
    expect(toHex(slow.digest)).toBe(toHex(plain.digest));
  });
});

describe('nonsense', () => {
  it('is refused', () => {
    const chain = chainOf();
    const refused = (action: Action) => {
      const pending = chain.prepare(chain.tree.current, [action]);
      return pending.ok ? 'fine' : pending.error.code;
    };
    expect(refused({ kind: 'haltModule', module: 'casino' })).toBe('action/unknown_module');
    expect(refused({ kind: 'haltModule', module: 'ethereum' })).toBe('action/unknown_module');
    expect(refused({ kind: 'resumeModule', module: 'bank' })).toBe('action/module_runs');
    expect(refused({ kind: 'haltModule', module: 'bank', at: 1_000_000 })).toBe('fine');
  });
});

/** Receipts of the transactions that touch none of these lanes, and every key of the other lanes, after a block. */
function untouchedBy(chain: TestChain, pending: PendingBlock<OracleOutcome>, lanes: ReadonlySet<number>) {
  const { built, outcome } = pending;
  const parent = chain.tree.block(chain.tree.current.parentId);
  const find = createLaneFinder(parts.modules, createStateReader(chain.stateAfter(parent)));
  const receipts = built.transactions.flatMap((transaction, i) =>
    find(transaction).some((lane) => lanes.has(lane)) ? [] : [{ i, receipt: outcome.receipts[i] }],
  );
  const state: string[] = [];
  for (const { key, value } of chain.stateAfter(chain.tree.current).entries()) {
    const lane = laneOfKey(parts.modules, key);
    if (lane !== 0 && !lanes.has(lane)) state.push(`${key.join()}=${value.join()}`);
  }
  return { receipts, state: state.sort() };
}

describe('isolation', () => {
  const laneOf = (module: string) => parts.modules.module(module)!.lane;
  /** Lanes of a module and of those that need it, where each keeps its own balances. */
  const lanesWith = (module: string) =>
    new Set([laneOf(module), ...(module === 'bank' ? ['amm', 'gameAssets'].map(laneOf) : [])]);

  it('whoever is killed, wherever: what does not depend on it is as it would have been', () => {
    const fault = fc.constantFrom('halted', 'panic', 'storageFull', 'slow' as const);
    fc.assert(
      fc.property(fc.constantFrom(...MODULES), fault, fc.nat(45), fc.nat(1000), (module, kind, at, seed) => {
        const action: Action =
          kind === 'halted'
            ? { kind: 'haltModule', module, at }
            : { kind: 'breakModule', module, fault: kind as 'panic', at };
        const sound = chainOf({ seed });
        const killed = chainOf({ seed });
        const lanes = lanesWith(module);
        for (let height = 1; height <= 2; height++) {
          const plain = produce(sound);
          const broken = produce(killed, height === 1 ? [action] : []);
          // Later traffic looks at the state, so only the block of the kill has the same transactions.
          if (height > 1) {
            expect(broken.outcome.receipts.length).toBe(broken.built.transactions.length);
            continue;
          }
          const apart = untouchedBy(killed, broken, lanes);
          expect(apart).toEqual(untouchedBy(sound, plain, lanes));
          for (const { status } of broken.outcome.receipts) expect(status).not.toBe(RECEIPT_STATUS.rejected);
          const reader = createStateReader(killed.stateAfter(killed.tree.current));
          for (const { invariants } of killed.world.modules) {
            for (const { check } of invariants) expect(check(reader)).toBeUndefined();
          }
        }
      }),
      { numRuns: process.env.FULL === undefined ? 60 : 2000 },
    );
  }, 1_800_000);
});
