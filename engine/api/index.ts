/** The one door: types for those who drive the engine, and the numbers of the trace columns. */
export * from './benchmark.ts';
export * from './blockRun.ts';
export * from './consensus.ts';
export * from './engineApi.ts';
export * from './lanes.ts';
export * from './scenario.ts';
export * from './settings.ts';
