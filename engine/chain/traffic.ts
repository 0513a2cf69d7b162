import type { TrafficSettings } from '../api/settings.ts';
import { createPrng, type Prng } from '../base/prng.ts';
import type { ModuleDefinition, StateReader, Workload, WorkloadWorld } from '../moduleSdk/index.ts';
import type { TransactionDraft } from '../types/transaction.ts';
import { INITIAL_BASE_FEE } from './fees.ts';

/** Workloads that traffic is mixed from, by name; a module declares each. */
const SWAPS = 'swaps';
const PAYMENTS = 'payments';
/** The pool of genesis that is hot, with those split from it. */
const HOT_POOL = 0;

/** Where traffic flows: what stays the same for a whole chain. */
export interface TrafficWorld {
  /** The modules that take part. */
  readonly modules: readonly ModuleDefinition[];
  readonly seed: number;
  readonly accounts: number;
  readonly assets: number;
  readonly pools: number;
  /** People bid for gas: there is a base fee. */
  readonly bids?: boolean;
}

/**
 * The traffic of one block: the same seed, height, settings and state give the same transactions.
 * Each kind and each choice has a generator of its own, and place i of the block takes the i-th of
 * its kind: moving one knob leaves alone whatever the knob does not speak of.
 */
export function generateTraffic(
  world: TrafficWorld,
  height: number,
  traffic: TrafficSettings,
  count: number,
  state: StateReader,
): TransactionDraft[] {
  const prng = createPrng(world.seed, 'traffic').fork(`block ${height}`);
  const pools = Array.from({ length: world.pools }, (_, i) => i);
  const workloadWorld: WorkloadWorld = {
    accounts: world.accounts,
    assets: world.assets,
    pools,
    hotPools: pools.slice(HOT_POOL, HOT_POOL + 1),
    hotPermille: traffic.hotPermille,
    skewPermille: traffic.skewPermille ?? 0,
    work: traffic.work,
    state,
  };
  const generate = (name: string, wanted: boolean): TransactionDraft[] =>
    wanted ? (findWorkload(world.modules, name)?.generate(prng.fork(name), workloadWorld, count) ?? []) : [];
  const swaps = generate(SWAPS, traffic.swapPermille > 0);
  // Where nobody can swap, people pay, and the reverse.
  const payments = generate(PAYMENTS, traffic.swapPermille < 1000 || swaps.length === 0);
  const shares = chosenShares(world.modules, traffic);
  const others = shares.map(({ name }) => generate(name, true));
  const mix = prng.fork('mix');
  const sharing = prng.fork('shares');
  const bid = world.bids ? bidder(prng.fork('bids')) : undefined;
  const drafts: TransactionDraft[] = [];
  for (let i = 0; i < count; i++) {
    const place = drawShare(shares, shares.length === 0 ? 0 : sharing.below(1000));
    const other = others[place]?.[i];
    if (other !== undefined) {
      drafts.push(bid === undefined ? other : bid(other, shares[place]!.urgency));
      continue;
    }
    const swap = mix.chance(traffic.swapPermille);
    const draft = swap ? (swaps[i] ?? payments[i]) : (payments[i] ?? swaps[i]);
    if (draft !== undefined) drafts.push(bid === undefined ? draft : bid(draft, 1));
  }
  return drafts;
}

interface Share {
  readonly name: string;
  readonly permille: number;
  readonly urgency: number;
}

/** Shares that are not nothing, of workloads that are there, in the order of the modules that declare them. */
function chosenShares(
  modules: readonly ModuleDefinition[],
  { shares = {} }: TrafficSettings,
): readonly Share[] {
  return modules
    .flatMap(({ workloads }) => workloads)
    .map(({ name, urgency = 1 }) => ({
      name,
      urgency,
      permille: Object.hasOwn(shares, name) ? shares[name]! : 0,
    }))
    .filter(({ permille }) => permille > 0);
}

function findWorkload(modules: readonly ModuleDefinition[], name: string): Workload | undefined {
  for (const { workloads } of modules) {
    const found = workloads.find((workload) => workload.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Place of the share in which a draw of 0 to 999 falls; their number when it falls behind them all. */
function drawShare(shares: readonly { readonly permille: number }[], draw: number): number {
  let end = 0;
  for (const [place, { permille }] of shares.entries()) {
    end += permille;
    if (draw < end) return place;
  }
  return shares.length;
}

/**
 * What people bid at most for a unit of gas, in hundredths of the first base fee: most a little, a few much. The spread is
 * ours; it makes a rising base fee shed its transactions a few at a time.
 */
const BIDS = [105, 110, 120, 130, 150, 170, 200, 240, 300, 400, 550, 800, 1200, 2000] as const;
/** Tips, in thousandths of the first base fee. */
const MOST_TIP = 200;

/** Lets people bid; each in turn draws from `prng`. */
function bidder(prng: Prng): (draft: TransactionDraft, urgency: number) => TransactionDraft {
  return (draft, urgency) => {
    const hundredths = BIDS[prng.below(BIDS.length)]!;
    const tip = Math.ceil((INITIAL_BASE_FEE * prng.between(1, MOST_TIP) * urgency) / 1000);
    const gasPrice = Math.ceil((INITIAL_BASE_FEE * hundredths * urgency) / 100);
    return draft.gasPrice === undefined ? { ...draft, gasPrice, tip } : draft;
  };
}
