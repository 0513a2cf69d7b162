import type { Prng } from '../../base/prng.ts';
import type { Workload, WorkloadWorld } from '../../moduleSdk/index.ts';
import type { Arguments, TransactionDraft } from '../../types/transaction.ts';
import { consents, patients, PURPOSE, WRAPPED_BYTES, wrappedKeys } from './state.ts';

/** Of a thousand transactions. The rest are reads. */
const STORED = 250;
const WITHDRAWN = 70;

/** The first people read for others: hospitals, laboratories, insurers. */
const READERS = 8;
const PURPOSES = Object.keys(PURPOSE).length;
const SMALLEST_BLOB = 500;
const LARGEST_BLOB = 20_000;

/**
 * People who have records sealed, agree to others' reading them, and change their minds. A read without consent or key becomes the
 * patient's agreement to it. `hotPermille` of the reads are of the patient whom everybody asks about. What was sealed stays with those who
 * sealed it, here as on any chain: hashes and wrapped keys are what a block sees of it.
 */
export const visits: Workload = {
  name: 'visits',
  generate: (prng, world, count) => {
    if (world.accounts < 2) return [];
    const choices = prng.fork('kinds');
    const heat = prng.fork('heat');
    const people = prng.fork('people');
    const blobs = prng.fork('blobs');
    const readers = Math.min(READERS, world.accounts - 1);
    // Patients are all others; the last one is whom everybody asks about.
    const hot = world.accounts - 1;
    return Array.from({ length: count }, () => {
      const choice = choices.below(1000);
      const reader = people.below(readers);
      const purpose = people.below(PURPOSES);
      const anybody = people.between(readers, hot);
      const patient = heat.chance(world.hotPermille) ? hot : anybody;
      const stored = world.state.get(patients, patient)?.records ?? 0;
      if (choice < STORED || stored === 0) return store(world, blobs, patient, reader);
      const agreed = world.state.get(consents, patient, reader, purpose) !== undefined;
      if (choice < STORED + WITHDRAWN && agreed) {
        return draft(world, patient, 'withdraw', { reader, purpose });
      }
      const record = people.below(stored);
      const hasKey = world.state.get(wrappedKeys, patient, record, reader) !== undefined;
      return agreed && hasKey
        ? draft(world, reader, 'read', { patient, record, purpose })
        : draft(world, patient, 'grant', {
            reader,
            purpose,
            until: 0,
            keys: [{ record, wrapped: bytesOf(blobs, WRAPPED_BYTES) }],
          });
    });
  },
};

/** By the patient, or by a reader who may. */
function store(world: WorkloadWorld, blobs: Prng, patient: number, reader: number): TransactionDraft {
  const mayStore = world.state.get(consents, patient, reader, PURPOSE.care) !== undefined;
  return draft(world, mayStore ? reader : patient, 'store', {
    patient,
    sizeBytes: blobs.between(SMALLEST_BLOB, LARGEST_BLOB),
    contentHash: hashOf(blobs),
    commitment: hashOf(blobs),
    keys: [{ reader: patient, wrapped: bytesOf(blobs, WRAPPED_BYTES) }],
  });
}

function draft(world: WorkloadWorld, sender: number, name: string, args: Arguments): TransactionDraft {
  return { sender, module: 'healthRecords', name, args, work: world.work };
}

function hashOf(prng: Prng): bigint {
  let hash = 0n;
  for (let word = 0; word < 8; word++) hash = (hash << 32n) | BigInt(prng.next());
  return hash;
}

function bytesOf(prng: Prng, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => prng.below(256));
}
