import { plainApplication } from '../consensus/application.ts';
import { violationsOf } from '../consensus/observer.ts';
import { Simulation } from '../consensus/simulator/simulation.ts';
import { createCheckers } from '../protocols.ts';
import { median, medianInterval } from '../runtime/measurement.ts';
import {
  prepareSimulation,
  type PreparedSimulation,
  type SimulationOrder,
} from '../runtime/consensus/simulating.ts';
import type { ConsensusSettings } from '../types/consensus.ts';
import { answered } from './failure.ts';

/** Messages that replicas of one protocol exchange in a second, simulated by one core. */
export interface MessagesRow {
  readonly measured: 'messages';
  readonly protocol: string;
  readonly replicas: number;
  readonly checkers: boolean;
  /** Medians over runs, with their 95 % interval. */
  readonly messagesPerSecond: number;
  readonly interval: readonly [number, number];
  readonly runs: number;
  /** Whether the checkers found nothing. */
  readonly sound: boolean;
}

/** Seeds with random faults that are run in a minute. */
export interface FuzzRow {
  readonly measured: 'fuzz';
  readonly protocol: string;
  readonly replicas: number;
  readonly heights: number;
  readonly threads: number;
  readonly seeds: number;
  readonly seedsPerMinute: number;
  readonly messagesPerSeed: number;
  readonly sound: boolean;
}

/** Validators of proof of stake, whose committees vote as aggregates, over epochs without faults. */
export interface EpochsRow {
  readonly measured: 'epochs';
  readonly protocol: string;
  readonly replicas: number;
  readonly slotsPerEpoch: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly messages: number;
  /** Whether everybody has finalised all but the last epochs, which none could. */
  readonly sound: boolean;
}

export type ConsensusRow = MessagesRow | FuzzRow | EpochsRow;

/** Events of each run before it is measured. */
const FIRST_EVENTS = 20_000;
const HEIGHTS = 1_000_000;

/** The same network with and without checkers, in turns, so that what else the machine does meets both; each run from the beginning. */
export function measureMessages(
  protocol: string,
  settings: ConsensusSettings,
  events: number,
  runs: number,
): readonly MessagesRow[] {
  const order: SimulationOrder = { settings, faults: [], byzantine: 0, heights: HEIGHTS, transactions: 100 };
  const prepared = answered(prepareSimulation(order));
  const plain: number[] = [];
  const watched: number[] = [];
  let sound = true;
  for (let run = -1; run < runs; run++) {
    // A B, B A, …
    for (const checkers of run % 2 === 0 ? [false, true] : [true, false]) {
      const simulation = begun(prepared, checkers);
      const rate = rateOf(simulation, events);
      sound &&= violationsOf(simulation.observers).length === 0;
      // The first of each is for the compiler.
      if (run >= 0) (checkers ? watched : plain).push(rate);
    }
  }
  return [plain, watched].map((rates) => ({
    measured: 'messages',
    protocol,
    replicas: settings.powers.length,
    checkers: rates === watched,
    messagesPerSecond: median(rates),
    interval: medianInterval(rates),
    runs,
    sound,
  }));
}

/** Far more than an epoch has. */
const EVENTS_AN_EPOCH = 100_000_000;
/** An epoch is finalised when the one after the next begins. */
const NOT_YET_FINAL = 3;

/** Runs so many epochs, one core, no checkers. `breathe` is called after each with how many are done; its time is not counted. */
export async function measureEpochs(
  settings: ConsensusSettings,
  slotsPerEpoch: number,
  epochs: number,
  breathe: (done: number) => Promise<void>,
): Promise<EpochsRow> {
  const order: SimulationOrder = { settings, faults: [], byzantine: 0, heights: HEIGHTS, transactions: 100 };
  const { protocol, own, transactions } = answered(prepareSimulation(order));
  const { slotUs = 0 } = own as Readonly<Record<string, number>>;
  const application = plainApplication(settings.blockGas, transactions);
  let ms = 0;
  let began = performance.now();
  const simulation = new Simulation(settings, protocol, own, application).begin();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const ended = simulation.run({ untilUs: epoch * slotsPerEpoch * slotUs, events: EVENTS_AN_EPOCH });
    if (ended !== 'time') throw new Error(`the simulation ended by ${ended}`);
    ms += performance.now() - began;
    await breathe(epoch);
    began = performance.now();
  }
  return {
    measured: 'epochs',
    protocol: settings.protocol,
    replicas: settings.powers.length,
    slotsPerEpoch,
    epochs,
    seconds: ms / 1000,
    messages: simulation.messages,
    sound: simulation.decidedHeight() >= (epochs - NOT_YET_FINAL) * slotsPerEpoch,
  };
}

function begun({ settings, protocol, own, transactions }: PreparedSimulation, checkers: boolean): Simulation {
  const application = plainApplication(settings.blockGas, transactions);
  const observers = checkers ? createCheckers() : [];
  const simulation = new Simulation(settings, protocol, own, application, observers).begin();
  simulation.run({ events: FIRST_EVENTS });
  return simulation;
}

function rateOf(simulation: Simulation, events: number): number {
  const before = simulation.messages;
  const began = performance.now();
  simulation.run({ events });
  return ((simulation.messages - before) * 1000) / (performance.now() - began);
}
