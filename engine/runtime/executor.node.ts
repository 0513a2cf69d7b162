/** An executor thread in Node. */
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter';
import { sharedClockUs } from './nodeClock.ts';
import { createExecutorService } from './executorService.ts';

if (parentPort === null) throw new Error('this file is the entry of a worker thread');
expose(createExecutorService(sharedClockUs()), nodeEndpoint(parentPort));
