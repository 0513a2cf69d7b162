import type { EDGE_KIND, SPAN_KIND } from '../../engine/api/index.ts';

/** The numbers of the trace columns; their types are the engine's, so they cannot drift apart. */
export const SPAN: typeof SPAN_KIND = { execute: 0, suspend: 1, validate: 2, abort: 3, wait: 4, commit: 5 };
export const EDGE: typeof EDGE_KIND = { readAfterWrite: 0, writeAfterWrite: 1, writeAfterRead: 2 };
