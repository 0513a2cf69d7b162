import type { Scenario } from '../../api/scenario.ts';
import { does, EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

const PATIENT = 100;
const CLINIC = 3;
const CARE = 0;
/** The clinic's X25519 key; what is below was sealed for it with `storage/encryptedBlob`. */
const CLINIC_KEY = '103114778703388830927698288903259623896415173881452399034014923893294564003913';
const SEALED = {
  sizeBytes: 88,
  contentHash: '14069339813804016987477133893351763964912558335650137984330566248956234284354',
  commitment: '55615130520934131036605705449661005899738125400034778026784271474941822175475',
};
const WRAPPED =
  'addad7901268a31675925adbbce5cabd4cc5976cc1d2a3c8dfc12a303a772802d377832c399525a7a38e1cfb19d93ace71df6665d6efba7a3d0c915bed24103cc0f92e6ed9079f0a84b3b95cf07dec85';
const read = does(CLINIC, 'healthRecords', 'read', { patient: PATIENT, record: 0, purpose: CARE });

/** A clinic reads a record, the patient withdraws the consent, and the clinic reads again: all in one block. */
export const consent: Scenario = {
  format: 1,
  semantics: 1,
  id: 'consent-withdrawn',
  title: 'Consent, and no more',
  about:
    'A patient lets a clinic read a sealed record, and withdraws that in the very block in which it reads twice. The order of the block decides, the same for everybody.',
  settings: {
    genesis: {
      ...{ seed: 29, accounts: 400, assets: 1, pools: 0, bankPartition: 'asset' },
      modules: ['healthRecords'],
      mode: 'modular',
    },
    traffic: {
      ...{ transactionsPerBlock: 150, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
      shares: { visits: 1000 },
    },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 3,
  actions: [
    {
      height: 1,
      actions: [
        does(CLINIC, 'healthRecords', 'publishKey', { key: CLINIC_KEY }),
        does(PATIENT, 'healthRecords', 'store', { patient: PATIENT, ...SEALED, keys: [] }),
      ],
    },
    {
      height: 2,
      actions: [
        does(PATIENT, 'healthRecords', 'grant', {
          ...{ reader: CLINIC, purpose: CARE, until: 0, keys: [{ record: 0, wrapped: WRAPPED }] },
        }),
      ],
    },
    {
      height: 3,
      actions: [read, does(PATIENT, 'healthRecords', 'withdraw', { reader: CLINIC, purpose: CARE }), read],
    },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'modules', 'conflictGraph'],
  captions: [
    {
      height: 1,
      text: 'Clinic 3 publishes a key (transaction 0), and account 100 enters a record (transaction 1): the hash of what was sealed, never what is in it. {transactions} such things in all; the longest chain is {criticalPath}.',
    },
    {
      height: 2,
      text: 'Transaction 0: the patient agrees that clinic 3 reads for care, and with that comes the record’s key, wrapped under the clinic’s own: nobody else can open it.',
    },
    {
      height: 3,
      text: 'Transactions 0 to 2: the clinic reads, the patient withdraws, the clinic reads again and is refused. Whichever core runs it when, the order of the block decides.',
    },
  ],
  expected: {
    digest: '99a90a7565b6034848d93619a9a2c6f0fd9cdf481f1982c4fcfdddb81db47b59',
    checkpoints: [
      [1, '893cdaba'],
      [2, '6cf2b83b'],
    ],
  },
};
