import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConsensusSettings, Intervention } from '../types/consensus.ts';
import { readConsensusSettings } from './readConsensusSettings.ts';

const good: ConsensusSettings = {
  protocol: 'tendermint',
  seed: 5,
  powers: [1, 2, 3, 4],
  twins: [3],
  network: {
    topology: { kind: 'gossip', peers: 3 },
    latency: { kind: 'uniform', minUs: 10, maxUs: 20 },
    bytesPerSecond: 1000,
    lossPermille: 5,
    duplicatePermille: 5,
    clockDriftPpm: 100,
    diskUs: 50,
  },
  protocolSettings: {},
  interventions: [
    { atUs: 5, intervention: { kind: 'crash', node: 4, loseUnsynced: true } },
    { afterEvents: 9, intervention: { kind: 'cut', groups: [[0, 1], [4]] } },
    { afterEvents: 9, intervention: { kind: 'lie', node: 0, lies: ['silence'] } },
    { afterEvents: 9, intervention: { kind: 'dropMessage', event: 12 } },
  ],
  script: {
    height: 1,
    rounds: [{ leader: 3, groups: [[0, 4], [1]], lost: [{ messages: ['prevote'], from: [0], to: [4] }] }],
  },
  blockGas: 10,
  gasPerSecond: 100,
};

/** What is refused, and about what, when some parts are other ones. */
function refusal(more: object): readonly unknown[] {
  const read = readConsensusSettings({ ...good, ...more } as ConsensusSettings);
  if (read.ok) return ['ok'];
  const { code, message, data = {} } = read.error;
  expect(message).toMatch(/^\S.*[.]$/);
  return [code, ...Object.values(data).slice(0, 2)];
}

const network = (more: object): object => ({ network: { ...good.network, ...more } });
const doing = (intervention: unknown): object => ({ interventions: [{ atUs: 1, intervention }] });

describe('settings of a consensus', () => {
  it('are taken as they are when they are good', () => {
    const read = readConsensusSettings(good);
    expect(read.ok && read.value).toBe(good);
    expect(refusal({ script: undefined })).toEqual(['ok']);
    expect(refusal(network({ latency: { kind: 'constant', us: 0 } }))).toEqual(['ok']);
  });

  it('must be whole numbers within limits', () => {
    const bad = (setting: string, value: unknown) => ['consensus/bad_setting', setting, String(value)];
    expect(refusal({ powers: [], twins: [] })).toEqual(bad('replicas', 0));
    expect(refusal({ powers: new Array<number>(100_000).fill(1) })).toEqual(bad('replicas', 100_000));
    expect(refusal({ powers: [1, 0, 1, 1] })).toEqual(bad('power', 0));
    expect(refusal({ powers: [1, 1.5, 1, 1] })).toEqual(bad('power', 1.5));
    expect(refusal({ powers: [1, Number.NaN, 1, 1] })).toEqual(bad('power', Number.NaN));
    expect(refusal({ seed: -1 })).toEqual(bad('seed', -1));
    expect(refusal({ seed: 2 ** 32 })).toEqual(bad('seed', 2 ** 32));
    expect(refusal({ blockGas: -1 })).toEqual(bad('blockGas', -1));
    expect(refusal({ gasPerSecond: 0 })).toEqual(bad('gasPerSecond', 0));
    expect(refusal(network({ latency: { kind: 'constant', us: -5 } }))).toEqual(bad('latencyUs', -5));
    expect(refusal(network({ latency: { kind: 'exponential', minUs: 0, meanUs: -1 } }))).toEqual(
      bad('latencyUs', -1),
    );
    expect(refusal(network({ latency: { kind: 'uniform', minUs: 9, maxUs: 8 } }))).toEqual(
      bad('latency', '9…8'),
    );
    expect(refusal(network({ latency: { kind: 'wild' } }))[0]).toBe('consensus/bad_setting');
    expect(refusal(network({ topology: { kind: 'ring' } }))[0]).toBe('consensus/bad_setting');
    expect(refusal(network({ topology: { kind: 'gossip', peers: 0 } }))).toEqual(bad('peers', 0));
    expect(refusal(network({ lossPermille: 1001 }))).toEqual(bad('permille', 1001));
    expect(refusal(network({ diskUs: '5' }))[0]).toBe('consensus/bad_setting');
    expect(refusal({ interventions: [{ atUs: -1, intervention: { kind: 'heal' } }] })).toEqual(
      bad('timeUs', -1),
    );
    expect(refusal(doing({ kind: 'slow', node: 0, permille: 0 }))).toEqual(bad('slowPermille', 0));
    expect(refusal(doing({ kind: 'delayMessage', event: 1, byUs: -1 }))).toEqual(bad('timeUs', -1));
    expect(refusal(doing({ kind: 'dropMessage', event: 0.5 }))).toEqual(bad('event', 0.5));
  });

  it('name nodes that there are, each once', () => {
    const unknown = (what: string, node: number) => ['consensus/unknown_node', node, what];
    const refusedNode = (more: object) => {
      const [code, node] = refusal(more);
      const read = readConsensusSettings({ ...good, ...more } as ConsensusSettings);
      return [code, node, read.ok ? '' : Object.keys(read.error.data ?? {})[0]];
    };
    expect(refusedNode({ twins: [4] })).toEqual(unknown('identity', 4));
    expect(refusal({ twins: [1, 1] })[0]).toBe('consensus/node_twice');
    expect(refusedNode(doing({ kind: 'restart', node: 5 }))).toEqual(unknown('node', 5));
    expect(refusedNode(doing({ kind: 'cut', groups: [[0], [5]] }))).toEqual(unknown('node', 5));
    expect(refusal(doing({ kind: 'cut', groups: [[0], [0]] }))).toEqual(['consensus/node_twice', 0]);
    const scripted = (round: object) => ({ script: { height: 1, rounds: [round] } });
    expect(refusedNode(scripted({ leader: 4, groups: [] }))).toEqual(unknown('leader', 4));
    expect(refusedNode(scripted({ leader: 0, groups: [[9]] }))).toEqual(unknown('node', 9));
    expect(refusal(scripted({ leader: 0, groups: [[1], [1]] }))).toEqual(['consensus/node_twice', 1]);
    const lost = [{ messages: ['prevote'], from: [0], to: [5] }];
    expect(refusedNode(scripted({ leader: 0, groups: [], lost }))).toEqual(unknown('node', 5));
  });

  it('know what can be done to the world', () => {
    expect(refusal(doing({ kind: 'explode', node: 0 }))).toEqual([
      'consensus/bad_setting',
      'intervention',
      'explode',
    ]);
    expect(refusal(doing({ kind: 'lie', node: 0, lies: 'silence' }))[0]).toBe('consensus/bad_setting');
    expect(refusal(doing({ kind: 'lie', node: 0, lies: [5] }))[0]).toBe('consensus/bad_setting');
    expect(refusal(doing(null))[0]).toBe('consensus/bad_setting');
  });

  it('never throw, whatever they are', () => {
    const names = Object.keys(good) as (keyof ConsensusSettings)[];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.anything(), (name, value) => {
        const read = readConsensusSettings({ ...good, [name]: value } as ConsensusSettings);
        if (!read.ok) expect(read.error.code).toMatch(/^consensus\/[a-z_]+$/);
      }),
    );
    fc.assert(
      fc.property(fc.anything(), (intervention) => {
        const read = readConsensusSettings({
          ...good,
          interventions: [{ atUs: 1, intervention: intervention as Intervention }],
        });
        if (!read.ok) expect(read.error.code).toMatch(/^consensus\/[a-z_]+$/);
      }),
    );
    for (const nothing of [null, undefined, 5, 'settings', []]) {
      expect(readConsensusSettings(nothing as unknown as ConsensusSettings).ok).toBe(false);
    }
  });
});
