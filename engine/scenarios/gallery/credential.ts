import type { Scenario } from '../../api/scenario.ts';
import { does, EIGHT_VIRTUAL_CORES, USUAL_WORK } from './stage.ts';

const UNIVERSITY = 1;
const STUDENT = 2;
const DIPLOMA = 900;
/** SHA-256 of “Master of Science, 2026” behind the salt “9f31c07e”. */
const CLAIM = '101956096221858621002639807657667214869472890313119502530671502754146224143368';

/** A diploma is attested by its hash, and taken back. */
export const credential: Scenario = {
  format: 1,
  semantics: 1,
  id: 'a-credential',
  title: 'A credential',
  about:
    'A university attests a diploma, and takes it back. Only its hash is on the chain; its tree proves to anyone with a state root that it holds, or no longer.',
  settings: {
    genesis: {
      ...{ seed: 31, accounts: 400, assets: 1, pools: 0, bankPartition: 'asset' },
      modules: ['identity'],
      mode: 'modular',
    },
    traffic: {
      ...{ transactionsPerBlock: 150, swapPermille: 0, hotPermille: 0, work: USUAL_WORK },
      shares: { credentials: 1000 },
    },
    execution: EIGHT_VIRTUAL_CORES,
  },
  blocks: 3,
  actions: [
    {
      height: 2,
      actions: [
        does(UNIVERSITY, 'identity', 'attest', {
          ...{ subject: STUDENT, topic: DIPLOMA, claim: CLAIM, expires: 0 },
        }),
      ],
    },
    {
      height: 3,
      actions: [does(UNIVERSITY, 'identity', 'revoke', { subject: STUDENT, topic: DIPLOMA })],
    },
  ],
  moment: { height: 1, permille: 0 },
  panels: ['workerTimeline', 'modules', 'conflictGraph'],
  captions: [
    {
      height: 1,
      text: '{transactions} times people register, change keys, or attest something of each other by its hash. Hardly two of them meet: the longest chain is {criticalPath}.',
    },
    {
      height: 2,
      text: 'Transaction 0: account 1, a university, attests a diploma of account 2. Whoever trusts this block’s state root needs one Merkle proof of that entry, and asks nobody.',
    },
    {
      height: 3,
      text: 'Transaction 0: it takes the diploma back. The entry stays, marked as revoked, and the root is another one: the old proof does not lead to it.',
    },
  ],
  expected: {
    digest: '706a9c5bf95560c5de217eeacd8df188b6e0df6171d3f56e0333f5dc72c32790',
    checkpoints: [
      [1, '008467bb'],
      [2, '9e4c2a71'],
    ],
  },
};
