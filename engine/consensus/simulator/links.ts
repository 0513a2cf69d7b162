import { exponentialOf } from '../../base/fixedLog.ts';
import { belowOf, prngWords } from '../../base/prng.ts';
import type { ConsensusSettings, NetworkSettings, RoundScript } from '../../types/consensus.ts';
import type { ConsensusMessage, MessageKind } from '../contract.ts';

const UNIT = 1000;
const SECOND_US = 1_000_000;

/** The links between nodes: who is whose neighbour, how long a message takes, what a cut keeps apart. */
export class Links {
  readonly settings: NetworkSettings;
  /** Neighbours of each node, ascending. */
  readonly neighbours: readonly (readonly number[])[];
  private readonly script: RoundScript | undefined;
  private readonly scriptGroups: readonly Int32Array[];
  private readonly scriptLost: readonly (readonly Lost[])[];
  /** Kinds of messages that bring others again: a script keeps a round apart, not what comes of it when that is over. */
  private readonly sync: ReadonlySet<number>;
  private words: Uint32Array;
  /** Group of each node while there is a cut; −1: alone. */
  private groups: Int32Array | undefined;
  private readonly slow: Int32Array;
  private readonly freeUs: Float64Array;

  constructor({ network, seed, script }: ConsensusSettings, nodes: number, kinds: readonly MessageKind[]) {
    this.settings = network;
    this.words = prngWords(seed, 'network');
    this.script = script;
    this.scriptGroups = (script?.rounds ?? []).map(({ groups }) => groupsOf(groups, nodes));
    this.scriptLost = (script?.rounds ?? []).map(({ lost = [] }) => lost.map((one) => lostOf(one, kinds)));
    this.sync = new Set(kinds.flatMap(({ role }, kind) => (role === 'sync' ? [kind] : [])));
    this.slow = new Int32Array(nodes).fill(UNIT);
    this.freeUs = new Float64Array(nodes);
    this.neighbours =
      network.topology.kind === 'direct' ? everybody(nodes) : peers(nodes, network.topology.peers, seed);
  }

  cut(groups: readonly (readonly number[])[] | undefined): void {
    this.groups = groups === undefined ? undefined : groupsOf(groups, this.slow.length);
  }

  /** Group of each node while there is a cut. */
  get cutGroups(): Int32Array | undefined {
    return this.groups;
  }

  slowDown(node: number, permille: number): void {
    this.slow[node] = permille;
  }

  /** Whether a message can pass from one node to another at all, now. */
  connects(from: number, to: number, message: ConsensusMessage): boolean {
    const { groups, script } = this;
    if (groups !== undefined && !together(groups, from, to)) return false;
    if (script !== undefined && message.height === script.height) {
      const scripted = this.scriptGroups[message.round];
      const isHelp = this.sync.has(message.kind);
      if (scripted !== undefined && !isHelp && !together(scripted, from, to)) return false;
      for (const lost of this.scriptLost[message.round] ?? []) {
        if (lost.kinds.has(message.kind) && lost.from.has(from) && lost.to.has(to)) return false;
      }
    }
    return true;
  }

  isLost(): boolean {
    return this.settings.lossPermille > 0 && belowOf(this.words, UNIT) < this.settings.lossPermille;
  }

  isDuplicated(): boolean {
    return this.settings.duplicatePermille > 0 && belowOf(this.words, UNIT) < this.settings.duplicatePermille;
  }

  /** When a message that is ready at `readyUs` has left its sender, whose other messages it may have to wait for. */
  departureUs(from: number, readyUs: number, sizeBytes: number): number {
    const { bytesPerSecond } = this.settings;
    if (bytesPerSecond === 0) return readyUs;
    const start = Math.max(readyUs, this.freeUs[from]!);
    const end = start + Math.ceil((sizeBytes * SECOND_US) / bytesPerSecond);
    this.freeUs[from] = end;
    return end;
  }

  /** How long a message is under way. */
  latencyUs(from: number, to: number): number {
    const { latency } = this.settings;
    let us: number;
    if (latency.kind === 'constant') us = latency.us;
    else if (latency.kind === 'uniform') {
      us = latency.minUs + belowOf(this.words, latency.maxUs - latency.minUs + 1);
    } else us = latency.minUs + exponentialOf(this.words, latency.meanUs);
    const slow = Math.max(this.slow[from]!, this.slow[to]!);
    return slow === UNIT ? us : Math.floor((us * slow) / UNIT);
  }

  copy(): Links {
    const copy: Links = Object.create(Links.prototype);
    return Object.assign(copy, this, {
      words: this.words.slice(),
      groups: this.groups?.slice(),
      slow: this.slow.slice(),
      freeUs: this.freeUs.slice(),
    });
  }
}

interface Lost {
  readonly kinds: ReadonlySet<number>;
  readonly from: ReadonlySet<number>;
  readonly to: ReadonlySet<number>;
}

function lostOf(
  { messages, from, to }: NonNullable<RoundScript['rounds'][number]['lost']>[number],
  kinds: readonly MessageKind[],
): Lost {
  const places = messages.map((name) => kinds.findIndex((kind) => kind.name === name));
  return { kinds: new Set(places), from: new Set(from), to: new Set(to) };
}

function groupsOf(groups: readonly (readonly number[])[], nodes: number): Int32Array {
  const of = new Int32Array(nodes).fill(-1);
  groups.forEach((group, number) => {
    for (const node of group) of[node] = number;
  });
  return of;
}

function together(groups: Int32Array, a: number, b: number): boolean {
  return groups[a]! >= 0 && groups[a] === groups[b];
}

function everybody(nodes: number): number[][] {
  return Array.from({ length: nodes }, (_, node) =>
    Array.from({ length: nodes }, (_, other) => other).filter((other) => other !== node),
  );
}

/** A ring, so that everybody is reached, and connections by chance beside it. */
function peers(nodes: number, count: number, seed: number): number[][] {
  const words = prngWords(seed, 'peers');
  const sets = Array.from({ length: nodes }, () => new Set<number>());
  const connect = (a: number, b: number): void => {
    if (a === b) return;
    sets[a]!.add(b);
    sets[b]!.add(a);
  };
  for (let node = 0; node < nodes; node++) connect(node, (node + 1) % nodes);
  for (let node = 0; node < nodes; node++) {
    for (let i = 1; i < count; i++) connect(node, belowOf(words, nodes));
  }
  return sets.map((set) => [...set].sort((a, b) => a - b));
}
