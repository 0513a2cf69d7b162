import { nameHash, sha256 } from '../base/hash.ts';
import { ByteWriter, toHex } from '../base/bytes.ts';
import type { Application, Block } from './contract.ts';

const MAX_DIGEST = 0x7fff_ffff;
const HEADER_BYTES = 300;
const TRANSACTION_BYTES = 120;

/**
 * Content without a chain behind it: so many transactions a block, whose execution is a hash over what came before, and costs `blockGas`. For
 * measurements, fuzzing, and pictures in which only the order counts.
 */
export function plainApplication(blockGas: number, transactions: number): Application {
  return {
    genesisDigest: 1,
    fill: (parent, proposer, round) => ({
      payload: mixed(mixed(parent.id, proposer), round),
      transactions,
      sizeBytes: HEADER_BYTES + TRANSACTION_BYTES * transactions,
    }),
    execute: (parent: Block, payload) => ({
      digest: 1 + (mixed(parent.digest, payload) % MAX_DIGEST),
      gas: blockGas,
    }),
    digestText: (digest) => {
      const out = new ByteWriter(8);
      out.u32(digest >>> 0);
      return toHex(sha256(out.view()));
    },
  };
}

function mixed(a: number, b: number): number {
  return (
    (Math.imul(a ^ (b >>> 15), 0x2c1b3c6d) ^ Math.imul(b + 0x9e37, 0x297a2d39) ^ nameHash('block')) >>> 0
  );
}
