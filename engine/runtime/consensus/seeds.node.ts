/** A thread in Node that runs simulations for others. */
import { parentPort } from 'node:worker_threads';
import { runSeeds } from './seeds.ts';
import type { SimulationOrder } from './simulating.ts';

/** Seeds that follow each other, for one thread. */
export interface SeedsTask {
  readonly order: SimulationOrder;
  readonly from: number;
  readonly count: number;
}

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
const port = parentPort;
port.on('message', ({ order, from, count }: SeedsTask) => port.postMessage(runSeeds(order, from, count)));
