/** A text of a proof whose hex digits can be spoiled: the way to it through the JSON, and its length. */
export interface ProofPart {
  readonly path: readonly (string | number)[];
  readonly bytes: number;
}

/** A byte of a proof: which part it is in, and its place there. */
export interface ProofByte {
  readonly part: ProofPart;
  readonly byte: number;
}

const HEX = /^([0-9a-f]{2})+$/;

/** All hex texts of a proof, in the order of its JSON. */
export function partsOf(proof: unknown, path: readonly (string | number)[] = []): readonly ProofPart[] {
  if (typeof proof === 'string') return HEX.test(proof) ? [{ path, bytes: proof.length / 2 }] : [];
  if (Array.isArray(proof)) return proof.flatMap((item, i) => partsOf(item, [...path, i]));
  if (typeof proof !== 'object' || proof === null) return [];
  return Object.entries(proof).flatMap(([name, item]) => partsOf(item, [...path, name]));
}

/** How many bytes these parts have. */
export function bytesOf(parts: readonly ProofPart[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The byte at a place among all bytes of these parts; undefined beyond the last. */
export function byteAt(parts: readonly ProofPart[], place: number): ProofByte | undefined {
  let left = place;
  for (const part of parts) {
    if (left < part.bytes) return { part, byte: left };
    left -= part.bytes;
  }
  return undefined;
}

/** The proof with the lowest bit of one of its bytes flipped. What was given stays as it is. */
export function flipped(proof: unknown, { part, byte }: ProofByte): unknown {
  return replaced(proof, part.path, (hex) => {
    const at = 2 * byte;
    const value = Number.parseInt(hex.slice(at, at + 2), 16) ^ 1;
    return hex.slice(0, at) + value.toString(16).padStart(2, '0') + hex.slice(at + 2);
  });
}

function replaced(
  at: unknown,
  [step, ...rest]: readonly (string | number)[],
  change: (text: string) => string,
): unknown {
  if (step === undefined) return change(at as string);
  if (Array.isArray(at)) return at.map((item, i) => (i === step ? replaced(item, rest, change) : item));
  const record = at as Readonly<Record<string, unknown>>;
  return { ...record, [step]: replaced(record[step], rest, change) };
}

/** Steps through all places before it comes back to one, far from the last each time. */
export function nextPlace(count: number, turn: number): number {
  return (turn * STRIDE + STRIDE) % count;
}

/** A prime that no proof's length is a multiple of by accident. */
const STRIDE = 7919;

/** Which list of a proof holds the siblings: that of the tree or that of the log. */
const SIBLINGS = ['steps', 'path'];

/** The sibling's level of a part, from 0 at the entry; undefined when it is no sibling. */
export function levelOf({ path: [field, index] }: ProofPart): number | undefined {
  return SIBLINGS.includes(String(field)) && typeof index === 'number' ? index : undefined;
}

/** The byte of the sibling on a level that is flipped when its hash is pointed at: the last. */
export function siblingByte(parts: readonly ProofPart[], level: number): ProofByte | undefined {
  const part = parts.find((one) => levelOf(one) === level);
  return part && { part, byte: part.bytes - 1 };
}
