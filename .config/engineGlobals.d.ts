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
declare class CompressionStream {
  constructor(format: 'deflate-raw');
  readonly readable: ByteSource;
  readonly writable: ByteSink;
}
declare class DecompressionStream {
  constructor(format: 'deflate-raw');
  readonly readable: ByteSource;
  readonly writable: ByteSink;
}
interface ByteSource {
  getReader(): {
    read(): Promise<{ done: true; value?: undefined } | { done: false; value: Uint8Array }>;
    cancel(): Promise<void>;
  };
}
interface ByteSink {
  getWriter(): { write(bytes: Uint8Array<ArrayBuffer>): Promise<void>; close(): Promise<void> };
}
