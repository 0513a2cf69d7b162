import { assert } from './assert.ts';

/**
 * A copy of plain data (records, arrays, maps, sets, typed arrays, and what is not an object), as deep as it goes. What is frozen
 * (`Object.isFrozen`) is shared, not copied: frozen data must be frozen all the way down. Nothing may hang together in a circle.
 * Throws for anything else: functions, instances of classes. Takes time with the size of what is not frozen.
 */
export function copyData<T>(data: T): T {
  return copyOf(data) as T;
}

function copyOf(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) {
    assert(typeof data !== 'function', 'data has no functions');
    return data;
  }
  if (ArrayBuffer.isView(data)) return copyOfView(data);
  if (Object.isFrozen(data)) return data;
  if (Array.isArray(data)) return data.map(copyOf);
  if (data instanceof Map) {
    const copy = new Map<unknown, unknown>();
    for (const [key, value] of data) copy.set(key, copyOf(value));
    return copy;
  }
  if (data instanceof Set) return new Set(data);
  assert(Object.getPrototypeOf(data) === Object.prototype, 'data is no instance of a class');
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) copy[key] = copyOf(value);
  return copy;
}

function copyOfView(view: ArrayBufferView): unknown {
  assert(
    'slice' in view && typeof view.slice === 'function',
    'typed arrays can be copied, other views cannot',
  );
  return view.slice();
}
