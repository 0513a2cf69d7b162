import type { Prng } from '../../base/prng.ts';
import type { FaultKind, LaneFault } from '../../types/laneFault.ts';
import type { Block } from './world.ts';
import { moduleSet } from './world.ts';

const KINDS: readonly FaultKind[] = ['halted', 'panic', 'storageFull', 'slow'];

/** One to three faults in lanes that the block's transactions are of, or call, from any transaction on. */
export function someFaults(prng: Prng, { transactions }: Block): LaneFault[] {
  const sent = transactions.map(({ module }) => moduleSet.module(module)!);
  const called = sent.flatMap(({ requires }) => requires.map(({ name }) => moduleSet.provider(name).lane));
  const lanes = [...new Set([...sent.map(({ lane }) => lane), ...called])];
  return Array.from({ length: prng.between(1, 3) }, () => ({
    lane: lanes[prng.below(lanes.length)]!,
    kind: KINDS[prng.below(KINDS.length)]!,
    fromIndex: prng.below(transactions.length + 1),
    factor: prng.between(2, 5),
  }));
}

/** The block with something wrong in it. */
export function withFaults(prng: Prng, block: Block): Block {
  return { ...block, environment: { ...block.environment, faults: someFaults(prng, block) } };
}
