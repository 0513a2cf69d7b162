import { fail, ok, type Result } from '../base/result.ts';

/** DEFLATE (RFC 1951) by the platform: the same bytes unpack to the same everywhere. */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = await collect(new CompressionStream('deflate-raw'), bytes, Number.POSITIVE_INFINITY);
  return packed!;
}

/**
 * Unpacks at most `most` bytes. Fails with `link/damaged` when they are no DEFLATE stream or something stands behind it,
 * and with `link/too_large` as soon as more come out than may, whatever would still follow.
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  try {
    const unpacked = await collect(new DecompressionStream('deflate-raw'), bytes, most);
    if (unpacked === null) {
      const message = `The link unpacks to more than ${most / 1024} kB, which no scenario needs. Nothing was opened: ask for the scenario as a file.`;
      return fail('link/too_large', message, { max: most });
    }
    return (await isWhole(bytes.subarray(0, -1), most)) ? DAMAGED : ok(unpacked);
  } catch {
    return DAMAGED;
  }
}

const DAMAGED = fail(
  'link/damaged',
  'The link is damaged: part of it is missing or was changed. Copy it again.',
);

/**
 * Whether bytes unpack to the end. A stream ends in its last byte, so what still unpacks without that byte had something
 * behind it; not every platform says so by itself.
 */
async function isWhole(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<boolean> {
  try {
    await collect(new DecompressionStream('deflate-raw'), bytes, most);
    return true;
  } catch {
    return false;
  }
}

/** All that comes out of a stream, or null as soon as it is more than `most` bytes. */
async function collect(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const writer = stream.writable.getWriter();
  // What goes wrong is told by the reader; the writer's own word of it would be heard by nobody.
  const written = Promise.all([writer.write(bytes), writer.close()]).catch(() => {});
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel().catch(() => {});
      return null;
    }
    parts.push(value);
  }
  await written;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
