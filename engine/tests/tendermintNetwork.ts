import { plainApplication } from '../consensus/application.ts';
import type { Block, ConsensusMessage, Note } from '../consensus/contract.ts';
import type { Observer, World } from '../consensus/observer.ts';
import { Simulation } from '../consensus/simulator/simulation.ts';
import { tendermint } from '../consensus/tendermint/index.ts';
import type { ConsensusSettings, Intervention } from '../types/consensus.ts';

export const EVENTS = 5_000_000;

export interface Network {
  readonly powers?: readonly number[];
  readonly own?: Readonly<Record<string, number>>;
  readonly network?: Partial<ConsensusSettings['network']>;
  readonly rest?: Partial<ConsensusSettings>;
  readonly observers?: readonly Observer[];
  readonly protocol?: typeof tendermint;
}

export const equals = (count: number): number[] => Array.from({ length: count }, () => 1);

/** Replicas of Tendermint, by default four on links of 1 ms whose blocks take 1 ms to execute, and timeouts of some 20 ms. */
export function tendermintNetwork({
  powers = equals(4),
  own = {},
  network,
  rest,
  observers = [],
  protocol = tendermint,
}: Network = {}): Simulation {
  const settings: ConsensusSettings = {
    protocol: 'tendermint',
    seed: 7,
    powers,
    twins: [],
    network: {
      topology: { kind: 'direct' },
      latency: { kind: 'constant', us: 1000 },
      bytesPerSecond: 0,
      lossPermille: 0,
      duplicatePermille: 0,
      clockDriftPpm: 0,
      diskUs: 0,
      ...network,
    },
    protocolSettings: {},
    interventions: [],
    blockGas: 1000,
    gasPerSecond: 1_000_000,
    ...rest,
  };
  const read = protocol.readSettings({ ...SHORT, ...own });
  if (!read.ok) throw new Error(read.error.message);
  return new Simulation(settings, protocol, read.value, plainApplication(1000, 10), observers).begin();
}

const SHORT = {
  timeoutProposeUs: 20_000,
  timeoutProposeDeltaUs: 5_000,
  timeoutPrevoteUs: 10_000,
  timeoutPrevoteDeltaUs: 5_000,
  timeoutPrecommitUs: 10_000,
  timeoutPrecommitDeltaUs: 5_000,
};

export function act(simulation: Simulation, intervention: Intervention): void {
  const done = simulation.intervene(intervention);
  if (!done.ok) throw new Error(done.error.message);
}

/** What happened, in words that tests compare; and what must never happen, found at once. */
export class Chronicle implements Observer {
  /** Of all honest nodes together, by height. */
  readonly chain = new Map<number, Block>();
  readonly notes: (readonly [node: number, note: Note])[] = [];
  /** Copies on links, by height, and by the kind of the message. */
  readonly copiesAt = new Map<number, number>();
  readonly copiesOf = new Map<number, number>();
  readonly wrongs: string[] = [];
  private readonly said = new Map<string, ConsensusMessage>();

  decided(world: World, node: number, block: Block): void {
    if (world.isFaulty(node)) return;
    const before = this.chain.get(block.height);
    if (before === undefined) this.chain.set(block.height, block);
    else if (before.id !== block.id) this.wrongs.push(`height ${block.height}: ${before.id} and ${block.id}`);
    const parent = this.chain.get(block.height - 1);
    if (block.height > 1 && parent?.id !== block.parent)
      this.wrongs.push(`${block.id} stands on nothing decided`);
  }

  noted(_world: World, node: number, note: Note): void {
    this.notes.push([node, note]);
  }

  /** What arrives from one honest identity never says two things where one is due. What a crash kept from leaving was not said. */
  delivered(world: World, _event: number, _from: number, _to: number, message: ConsensusMessage): void {
    if (world.isFaulty(message.author) || world.messageKinds[message.kind]!.role === 'sync') return;
    const { kind, author, height, round, value } = message;
    const key = `${kind} ${author} ${height} ${round}`;
    const before = this.said.get(key);
    if (before === undefined) this.said.set(key, message);
    else if (before.value !== value) this.wrongs.push(`${key}: ${before.value} and ${value}`);
  }

  copied(_world: World, _event: number, _from: number, _to: number, message: ConsensusMessage): void {
    const { height, kind } = message;
    this.copiesAt.set(height, (this.copiesAt.get(height) ?? 0) + 1);
    this.copiesOf.set(kind, (this.copiesOf.get(kind) ?? 0) + 1);
  }

  whys(kind: Note['kind']): string[] {
    return this.notes.filter(([, note]) => note.kind === kind).map(([, { why }]) => why ?? '');
  }

  fork(): Chronicle {
    return new Chronicle();
  }
}
