import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Scenario, Verification } from '../../engine/api/index.ts';
import type { EngineClient } from '../engineClient/engineClient.ts';
import { makeFixtureRun } from '../tests/fixtureRun.ts';
import { room } from './engineRoom.ts';
import { runGallery, useGallery } from './gallery.ts';

const run = makeFixtureRun({ transactions: 20 });
const scenarioOf = (id: string): Scenario => ({
  format: 1,
  semantics: 1,
  id,
  title: id,
  settings: {
    genesis: { seed: 1, accounts: 20, assets: 1, pools: 0, bankPartition: 'asset' },
    traffic: run.traffic,
    execution: run.execution,
  },
  blocks: 2,
  actions: [],
});
const IDS = ['one', 'two', 'three'];

/** An engine that answers at once, but for a scenario that it refuses and one that it never comes back from. */
function engineThat({ refuses = '', hangsOn = '', lists = true } = {}) {
  const calls: string[] = [];
  let opened = '';
  const client = {
    gallery: async () => {
      if (!lists) throw new Error('its code did not load');
      return IDS.map(scenarioOf);
    },
    linkScenario: async (scenario: Scenario) => ({
      ok: true,
      value: { scenario, fragment: `#s=${scenario.id}` },
    }),
    openScenario: async ({ id = '' }: Scenario) => {
      calls.push(`open ${id}`);
      opened = id;
      if (id === hangsOn) await new Promise(() => {});
      if (id === refuses) return { ok: false, error: { code: 'scenario/bad', message: 'no' } };
      return { ok: true, value: { verification: { verdict: 'verified' } as Verification } };
    },
    history: async () => ({
      blocks: [2, 0, 1].map((height) => ({ height, blockId: `${opened} ${height}` })),
    }),
    rerun: async (blockId: string) => {
      calls.push(`run ${blockId}`);
      return { ok: true, value: run };
    },
    dispose: vi.fn(),
  };
  room.create = () => client as unknown as EngineClient;
  return { calls, dispose: client.dispose };
}

const states = () => IDS.map((id) => useGallery.getState().cards[id]?.state ?? 'waiting');

beforeEach(() => useGallery.setState({ list: 'loading', error: null, entries: [], cards: {} }));

describe('the gallery', () => {
  it('executes one scenario after another, each block by height, and gives its engine back', async () => {
    const { calls, dispose } = engineThat();
    runGallery();
    await vi.waitFor(() => expect(dispose).toHaveBeenCalled());
    expect(states()).toEqual(['done', 'done', 'done']);
    expect(calls).toEqual(IDS.flatMap((id) => [`open ${id}`, `run ${id} 1`, `run ${id} 2`]));
    expect(useGallery.getState().entries.map(({ fragment }) => fragment)).toEqual([
      '#s=one',
      '#s=two',
      '#s=three',
    ]);
  });

  it('says which one failed, and goes on with the others', async () => {
    const { dispose } = engineThat({ refuses: 'two' });
    runGallery();
    await vi.waitFor(() => expect(dispose).toHaveBeenCalled());
    expect(states()).toEqual(['done', 'failed', 'done']);
    expect(useGallery.getState().cards.two).toMatchObject({ error: { code: 'scenario/bad' } });
  });

  it('stops when it is closed, and the next time does only what was left', async () => {
    const first = engineThat({ hangsOn: 'two' });
    const stop = runGallery();
    await vi.waitFor(() => expect(states()).toEqual(['done', 'running', 'waiting']));
    stop();
    expect(first.dispose).toHaveBeenCalled();
    expect(states()).toEqual(['done', 'waiting', 'waiting']);
    const second = engineThat();
    runGallery();
    await vi.waitFor(() => expect(second.dispose).toHaveBeenCalled());
    expect(second.calls.filter((call) => call.startsWith('open'))).toEqual(['open two', 'open three']);
    expect(states()).toEqual(['done', 'done', 'done']);
  });

  it('says why there is no list', async () => {
    const { dispose } = engineThat({ lists: false });
    runGallery();
    await vi.waitFor(() => expect(dispose).toHaveBeenCalled());
    expect(useGallery.getState()).toMatchObject({
      list: 'failed',
      error: { message: 'its code did not load' },
    });
  });
});
