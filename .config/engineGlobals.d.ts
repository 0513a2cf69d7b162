/**
 * The few globals the engine may use that are in no ECMAScript library. Browsers, workers and Node
 * all have them, and they answer the same everywhere.
 */
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBufferView | ArrayBuffer): string;
}
