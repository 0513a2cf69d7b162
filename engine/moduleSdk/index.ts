/** All that a module may import. */
export * from './capabilities.ts';
export * from './context.ts';
export * from './declarations.ts';
export * from './defineModule.ts';
export * from './genesis.ts';
export * from './lanes.ts';
export * from './messages.ts';
export * from './moduleSet.ts';
export * from './schema.ts';
export * from './skew.ts';
export * from './table.ts';
