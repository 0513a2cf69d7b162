import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { Chain } from '../../chain/chain.ts';
import { ImportedChain } from '../../runtime/host/importedChain.ts';
import { moduleSet } from '../../runtime/modules.ts';
import { RECEIPT_STATUS } from '../../types/receipt.ts';
import { ADVICE } from '../advice.ts';
import { chainParts, SMALL_GENESIS, SMALL_TRAFFIC } from '../chainParts.ts';
import { generateAccessList } from './accessListModel.ts';
import { decodeRlp, encodeRlp, integer, type Rlp } from './plainRlp.ts';
import {
  address,
  generateRpcBlock,
  hex,
  rpcBlock,
  rpcFile,
  transferFromInput,
  transferInput,
} from './rpcModel.ts';

const FULL = process.env.FULL !== undefined;
const numRuns = FULL ? 10_000 : 300;
const timeout = 600_000;

/** Reads a file; what is accepted is executed, and must do what the file says. Answers whether it was. */
function refusedOrExecuted(file: Uint8Array): boolean {
  const read = ImportedChain.read(file, 'twisted');
  if (!read.ok) {
    expect(read.error.code).toMatch(/^import\/[a-z_]+$/);
    expect(read.error.message).toMatch(ADVICE);
    return false;
  }
  const chain = new Chain(chainParts(), SMALL_GENESIS, SMALL_TRAFFIC, read.value.given);
  const block = chain.extend(chain.tree.current, []);
  if (!block.ok) throw new Error(block.error.message);
  const { outcome } = chain.remake(block.value);
  expect(outcome.receipts.every(({ status }) => status === RECEIPT_STATUS.success)).toBe(true);
  const check = read.value.check(moduleSet, [], outcome.receipts, chain.stateAfter(block.value));
  expect(check).toMatchObject({ ok: true, value: { readsMatch: true, finalValuesMatch: true, leftOut: 0 } });
  return true;
}

/** One thing done to one place of a structure, whichever the number means. */
const twist = <T>(instead: fc.Arbitrary<T>) =>
  fc.record({ at: fc.nat(), how: fc.constantFrom('replace', 'remove', 'double', 'swap'), instead });
interface Twist {
  readonly at: number;
  readonly how: string;
  readonly instead: unknown;
}

/** Every list and record of a structure with every name in it. */
function placesOf(whole: object): [inside: object, name: string][] {
  return Object.entries(whole).flatMap(([name, item]): [object, string][] => [
    [whole, name],
    ...(typeof item === 'object' && item !== null && !(item instanceof Uint8Array)
      ? placesOf(item as object)
      : []),
  ]);
}

function apply(whole: object, { at, how, instead }: Twist): void {
  const places = placesOf(whole);
  const chosen = places[at % Math.max(1, places.length)];
  if (chosen === undefined) return;
  const [inside, name] = chosen;
  const record = inside as Record<string, unknown>;
  if (how === 'replace' || !Array.isArray(inside)) {
    if (how === 'remove') delete record[name];
    else record[name] = instead;
    return;
  }
  const index = Number(name);
  if (how === 'remove') inside.splice(index, 1);
  else if (how === 'double') inside.splice(index, 0, inside[index]);
  else inside.push(...inside.splice(index, 1));
}

describe('whatever a file is turned into', () => {
  it('as a block access list, it is refused, or executed as it says', { timeout }, () => {
    const files = [1, 2, 3, 4].map((seed) => generateAccessList(createPrng(seed), 8).file);
    const bytes: fc.Arbitrary<Rlp> = fc.oneof(
      fc.nat(12).map((index) => integer(index)),
      fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map((value) => integer(value)),
      fc.uint8Array({ maxLength: 34 }),
      fc.constant([]),
    );
    let executed = 0;
    fc.assert(
      fc.property(fc.nat(3), fc.array(twist(bytes), { minLength: 1, maxLength: 3 }), (which, twists) => {
        const whole = [structuredCopy(decodeRlp(files[which]!))];
        for (const one of twists) apply(whole, one);
        if (refusedOrExecuted(encodeRlp(whole[0] ?? []))) executed++;
      }),
      { numRuns },
    );
    expect(executed).toBeGreaterThan(numRuns / 20);
  });

  it('as a block of JSON-RPC, it is refused, or executed as it says', { timeout }, () => {
    const blocks = [1, 2, 3, 4].map((seed) => rpcBlock(generateRpcBlock(createPrng(seed), 8)));
    const people = fc.integer({ min: 98, max: 106 });
    const amount = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
    const instead = fc.oneof(
      people.map((person) => address(person)),
      fc.nat(12).map(hex),
      amount.map(hex),
      fc.tuple(people, amount).map(([to, much]) => transferInput(to, much)),
      fc.tuple(people, people, amount).map(([from, to, much]) => transferFromInput(from, to, much)),
      fc.constantFrom<unknown>(null, '', '0x', '-0x1', 7, [], {}, address(0), '__proto__'),
    );
    let executed = 0;
    fc.assert(
      fc.property(fc.nat(3), fc.array(twist(instead), { minLength: 1, maxLength: 3 }), (which, twists) => {
        const whole = structuredClone(blocks[which]!);
        for (const one of twists) apply(whole, one);
        if (refusedOrExecuted(rpcFile(whole))) executed++;
      }),
      { numRuns },
    );
    expect(executed).toBeGreaterThan(numRuns / 20);
  });
});

/** Lists that may be changed; byte strings are never changed, but replaced. */
function structuredCopy(item: Rlp): Rlp {
  return item instanceof Uint8Array ? item : item.map(structuredCopy);
}
