import { copyData } from '../../base/copyData.ts';
import type { Lie } from '../../types/consensus.ts';
import type { Block, ConsensusMessage, Input } from '../contract.ts';
import { copyDisk, type Disk } from './disk.ts';

/** One node: the replica that runs on it, its clock, its disk, and what is wrong with it. */
export interface Node {
  readonly identity: number;
  /** Of the protocol. */
  state: object;
  up: boolean;
  /** How often it was started again. */
  life: number;
  /** Whether it ever lied, had a lying disk, or shares its identity. */
  faulty: boolean;
  lies: Set<Lie>;
  readonly driftPpm: number;
  /** Until when it executes. */
  busyUs: number;
  readonly disk: Disk;
  /** Number of its last decided block. */
  decided: number;
}

export function copyNode(node: Node): Node {
  return {
    ...node,
    state: copyData(node.state),
    lies: new Set(node.lies),
    disk: copyDisk(node.disk),
  };
}

/** The height that every honest node has decided that runs, and how many of them no more than that; 0 and 0 where there is none. */
export function lowestDecided(
  all: readonly Node[],
  blocks: readonly Block[],
): { readonly height: number; readonly nodes: number } {
  let lowest = Number.POSITIVE_INFINITY;
  let nodes = 0;
  for (const { up, faulty, decided } of all) {
    if (!up || faulty) continue;
    const { height } = blocks[decided]!;
    if (height < lowest) nodes = 0;
    lowest = Math.min(lowest, height);
    if (height === lowest) nodes++;
  }
  return { height: nodes === 0 ? 0 : lowest, nodes };
}

const MILLION = 1_000_000;

/** What a node's own clock shows. */
export function localUs({ driftPpm }: Node, nowUs: number): number {
  return driftPpm === 0 ? nowUs : nowUs + Math.floor((nowUs * driftPpm) / MILLION);
}

/** How long something takes that the node's own clock measures. */
export function worldUs({ driftPpm }: Node, us: number): number {
  return driftPpm === 0 ? us : Math.max(0, Math.ceil((us * MILLION) / (MILLION + driftPpm)));
}

export function emptyInput(): Input<ConsensusMessage, object> {
  return {
    kind: 'start',
    from: -1,
    message: undefined,
    timer: undefined,
    block: undefined,
    digest: 0,
    nowUs: 0,
  };
}
