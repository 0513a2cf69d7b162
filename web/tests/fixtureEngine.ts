import type {
  Action,
  ApiResult,
  BlockNode,
  BlockRun,
  BranchInfo,
  EngineDescription,
  HistoryTree,
  Settings,
  TrafficSettings,
} from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { makeFixtureRun } from './fixtureRun.ts';

const DEFAULTS: Settings = {
  genesis: { seed: 7, accounts: 200, assets: 4, pools: 8, bankPartition: 'asset' },
  traffic: { transactionsPerBlock: 200, swapPermille: 500, hotPermille: 100, work: 20_000 },
  execution: {
    executor: 'blockStm',
    cores: { kind: 'real', count: 2 },
    scheduleSeed: 1,
    granularity: 'slot',
    feeRecipient: 'exempt',
  },
};

interface Made extends BlockNode {
  readonly traffic: TrafficSettings;
  readonly pools: number;
}

/**
 * An engine of cardboard, for looking at the page and for tests of the session: its chain is a list
 * and its runs are {@link makeFixtureRun}'s. Never part of a build.
 */
export function createFixtureEngine(delayMs = 30): EngineClient {
  let settings = DEFAULTS;
  let blocks: Made[] = [];
  let branches: BranchInfo[] = [];
  let current = '';
  let nextRun = 1;
  let nextBlock = 1;
  let lastEdit = '';

  const answer = async <T>(value: T): Promise<ApiResult<T>> => {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    return { ok: true, value };
  };
  const no = (code: string, message: string): ApiResult<never> => ({ ok: false, error: { code, message } });
  const find = (blockId: string): Made | undefined => blocks.find((block) => block.blockId === blockId);
  const tree = (): HistoryTree => {
    const at = find(current) ?? blocks[0]!;
    return { branches, blocks, current: { branch: at.branch, blockId: at.blockId, height: at.height } };
  };
  const runOf = (block: Made): BlockRun => {
    const { hotPermille, swapPermille, transactionsPerBlock } = block.traffic;
    const base = makeFixtureRun({
      transactions: transactionsPerBlock,
      workers: settings.execution.executor === 'sequential' ? 1 : settings.execution.cores.count,
      seed: settings.genesis.seed + block.height,
      hotPermille: Math.round(hotPermille / (block.pools / 8)),
      swapPermille,
      accounts: settings.genesis.accounts,
      pools: settings.genesis.pools,
      clock: settings.execution.cores.kind === 'real' ? 'measured' : 'virtual',
      height: block.height,
      runId: nextRun++,
    });
    const { blockId, parentId, branch, traffic } = block;
    return { ...base, blockId, parentId, branch, traffic, execution: settings.execution };
  };
  const make = (parent: Made, branch: string, actions: readonly Action[]): Made => {
    let { traffic, pools } = parent;
    for (const action of actions) {
      if (action.kind === 'setTraffic') traffic = { ...traffic, ...action.traffic };
      if (action.kind === 'splitPool') pools *= action.ways;
    }
    const made: Made = {
      blockId: `b${nextBlock++}`,
      parentId: parent.blockId,
      branch,
      height: parent.height + 1,
      transactions: traffic.transactionsPerBlock,
      reverted: 0,
      digest: 'd1ce5',
      actions,
      traffic,
      pools,
    };
    blocks = [...blocks, made];
    branches = branches.map((item) =>
      item.id === branch ? { ...item, headId: made.blockId, headHeight: made.height } : item,
    );
    current = made.blockId;
    return made;
  };
  const branchOff = (label: string, parent: Made): string => {
    const id = `branch-${branches.length}`;
    branches = [
      ...branches,
      {
        id,
        label,
        forkHeight: parent.height,
        parentBranch: parent.branch,
        headId: parent.blockId,
        headHeight: parent.height,
      },
    ];
    return id;
  };
  const description: EngineDescription = {
    semanticsVersion: 1,
    machine: { sharedMemory: true, cores: 2, roundsPerUs: 1000 },
    limits: {
      transactionsPerBlock: { min: 1, max: 10_000 },
      swapPermille: { min: 0, max: 1000 },
      hotPermille: { min: 0, max: 1000 },
      work: { min: 0, max: 1_000_000 },
      accounts: { min: 2, max: 100_000 },
      assets: { min: 2, max: 16 },
      pools: { min: 1, max: 64 },
      seed: { min: 0, max: 0xffffffff },
      scheduleSeed: { min: 0, max: 0xffffffff },
    },
    defaults: DEFAULTS,
    modules: [
      { id: 'bank', lane: 1, title: 'Bank', summary: '', tables: [], transactions: [], invariants: [] },
      { id: 'amm', lane: 2, title: 'Exchange', summary: '', tables: [], transactions: [], invariants: [] },
    ],
  };
  return {
    describe: async () => description,
    start: (next) => {
      settings = next;
      const genesis: Made = {
        blockId: 'b0',
        parentId: '',
        branch: 'main',
        height: 0,
        transactions: 0,
        reverted: 0,
        digest: '0',
        actions: [],
        traffic: next.traffic,
        pools: 8,
      };
      blocks = [genesis];
      current = 'b0';
      branches = [
        { id: 'main', label: 'main', forkHeight: 0, parentBranch: null, headId: 'b0', headHeight: 0 },
      ];
      return answer(tree());
    },
    produceBlock: (actions) => {
      const parent = find(current)!;
      const isHead = branches.some(
        (branch) => branch.id === parent.branch && branch.headId === parent.blockId,
      );
      return answer(runOf(make(parent, isHead ? parent.branch : branchOff('from here', parent), actions)));
    },
    rerun: async (blockId, execution) => {
      settings = { ...settings, execution };
      const block = find(blockId);
      return block === undefined
        ? no('history/unknown_block', 'There is no such block.')
        : answer(runOf(block));
    },
    setExecution: (execution) => {
      settings = { ...settings, execution };
      return answer(execution);
    },
    edit: async (blockId, actions, { label, coalesce }) => {
      const block = find(blockId);
      if (block === undefined) return no('history/unknown_block', 'There is no such block.');
      let parent = find(block.parentId)!;
      if (coalesce && block.branch === lastEdit) {
        blocks = blocks.filter((other) => other.branch !== lastEdit);
        branches = branches.filter((other) => other.id !== lastEdit);
      }
      parent = { ...parent, traffic: block.traffic, pools: block.pools };
      const branch = branchOff(label, parent);
      lastEdit = coalesce ? branch : '';
      return answer(runOf(make(parent, branch, [...block.actions, ...actions])));
    },
    seek: async (blockId) => {
      if (find(blockId) === undefined) return no('history/unknown_block', 'There is no such block.');
      current = blockId;
      return answer(tree());
    },
    history: async () => tree(),
    compare: async () => no('fixture/none', 'The cardboard engine cannot compare.'),
    inspectTransaction: async () => no('fixture/none', 'The cardboard engine cannot inspect.'),
    tableHistory: async () => no('fixture/none', 'The cardboard engine has no tables.'),
    readView: async () => no('fixture/none', 'The cardboard engine has no views.'),
    checkTransaction: async () => no('fixture/none', 'The cardboard engine cannot check.'),
    checkInvariants: async () => no('fixture/none', 'The cardboard engine has no invariants.'),
    cancel: async () => {},
    onFailure: () => {},
    dispose: () => {},
  };
}
