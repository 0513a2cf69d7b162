import { closeSync, openSync, writeSync } from 'node:fs';
import { verifyStorageProof } from '../../runtime/verifyStorageProof.ts';
import { chainUpTo, heightFlags } from '../chainUpTo.ts';
import { answered, EXIT, Failure } from '../failure.ts';
import { withEngine } from '../nodeEngine.ts';
import { shown } from '../readFlags.ts';
import { readBytes } from '../readInput.ts';
import { figure, pairs, rounded } from '../report.ts';
import { defineVerb } from '../verb.ts';

/** Bytes of a proof's file, at most. */
const MAX_BYTES = 1024 * 1024;

export const prove = defineVerb({
  name: 'prove',
  about: 'Prove what a key holds after a block, or that it is absent, to whoever trusts a root.',
  operands: [],
  flags: {
    ...heightFlags,
    key: {
      kind: 'text',
      placeholder: 'MODULE/TABLE/PART…',
      required: true,
      about: 'The key: its table’s name, then each part, such as bank/supply/0.',
    },
    out: {
      kind: 'text',
      placeholder: 'FILE',
      about: 'Where the proof is written, as JSON for verify-proof.',
    },
  },
  notes: [
    'A proof leads to the state root of the key’s lane and on to the root of the block. In a monolithic chain every key can be',
    'proven; in a modular one those of modules that keep their state as merkleTree or encryptedBlob, and what was written of those that',
    'keep it as appendLog.',
    '',
    '--json: {scenario, height, key, present, value, lane, storage, stateRoot, blockRoot, verdict, sizeBytes, proveMs, verifyMs, out,',
    'proof}; verdict is what checking it at once gave, out is null without --out.',
  ],
  run: async (flags, _operands, stage) => {
    const { at, proven } = await withEngine(stage, async (engine) => {
      const at = await chainUpTo(engine, flags, stage);
      return { at, proven: answered(await engine.proveKey(at.blockId, flags.key)) };
    });
    const { key, present, value, lane, storage, stateRoot, blockRoot, proof, verdict, sizeBytes } = proven;
    const times = { proveMs: rounded(proven.proveUs / 1000), verifyMs: rounded(proven.verifyUs / 1000) };
    if (flags.out !== undefined) writeFile(flags.out, JSON.stringify(proof));
    const found = { scenario: at.scenario, height: at.height, key, present, value, lane, storage };
    return {
      json: {
        ...found,
        stateRoot,
        blockRoot,
        verdict,
        sizeBytes,
        ...times,
        out: flags.out ?? null,
        proof,
      },
      report: pairs([
        ['scenario', at.scenario],
        ['height', figure(at.height)],
        ['key', key],
        ['value', present ? JSON.stringify(value) : 'absent'],
        ['storage', storage],
        ['state root', stateRoot],
        ['block root', blockRoot],
        ['proof', `${figure(sizeBytes)} bytes, ${verdict}`],
        ['written to', flags.out ?? 'nowhere: give --out FILE'],
      ]),
      passed: verdict === 'valid',
    };
  },
});

export const verifyProof = defineVerb({
  name: 'verify-proof',
  about: 'Check a proof that prove wrote, with nothing but the proof and a root.',
  operands: ['file'],
  flags: {
    root: {
      kind: 'text',
      placeholder: 'HEX',
      about:
        'The root that one trusts, a lane’s state root or the block’s. Without it, the one that the proof names.',
    },
  },
  notes: [
    'The file (or - for stdin) is JSON as prove writes it.',
    '',
    '--json: {result, key, value, height}; result: “valid”, “invalid” (exit code 1) or “malformed” (exit code 2: it is no proof at all).',
    'key and value are canonical bytes in hex, value is null where absence is proven; both are null where it is malformed. height is',
    'that of the block in which an appendLog was given the value, which it may have been given anew since; otherwise null.',
  ],
  run: async ({ root }, [file]) => {
    const trusted = root === undefined ? undefined : rootFrom(root);
    const text = textOf(await readBytes(file!, MAX_BYTES, 'no proof needs'));
    const result = text === undefined ? 'malformed' : verifyStorageProof(text, trusted);
    const claimed = result === 'malformed' ? undefined : claimOf(text!);
    const { key = null, value = null, height = null } = claimed ?? {};
    return {
      json: { result, key, value, height },
      report: [result === 'valid' ? `${result} (${saidOf(value, height)})` : result],
      passed: result === 'valid',
      exitCode: { valid: EXIT.fine, invalid: EXIT.checkFailed, malformed: EXIT.badInput }[result],
    };
  },
});

/** What a proof's text says, once a verifier has read it. */
function claimOf(text: string): Claim {
  return JSON.parse(text) as Claim;
}

interface Claim {
  readonly key: string;
  readonly value: string | null;
  /** Of a write in a log. */
  readonly height?: number;
}

/** A log proves that something was written, whatever was written later. */
function saidOf(value: string | null, height: number | null): string {
  if (height !== null) return `the key was given a value in block ${height}`;
  return value === null ? 'the key is absent' : 'the key has a value';
}

function rootFrom(given: string): string {
  const root = given.replace(/^0x/i, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(root)) return root;
  throw new Failure('--root must be a root: 64 hex digits, as prove prints them.');
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function writeFile(path: string, text: string): void {
  try {
    const file = openSync(path, 'w');
    try {
      writeSync(file, text);
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    const code = (thrown as { readonly code?: string }).code ?? String(thrown);
    throw new Failure(`“${shown(path)}” could not be written (${code}): give another --out.`);
  }
}
