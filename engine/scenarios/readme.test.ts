import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../runtime/host/limits.ts';
import { OPTIONAL_GENESIS } from '../runtime/host/readChainRules.ts';
import { someScenario } from '../tests/scenarios/someScenario.ts';
import { testHost, value } from '../tests/testHost.ts';
import { SCENARIO_LIMITS } from './limits.ts';

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

describe('the description of scenario files', () => {
  it('has an example that gives what it expects', async () => {
    const example = /```json\n([\s\S]*?)```/.exec(readme)![1]!;
    const host = testHost();
    const scenario = await value(host.readScenario(example));
    expect(scenario).toMatchObject(JSON.parse(example));
    const { verification } = await value(host.openScenario(scenario));
    expect(verification.verdict).toBe('verified');
    expect((await host.history()).current.height).toBe(scenario.moment?.height);
  });

  it('names the limits as they are enforced', () => {
    const figures = [
      SCENARIO_LIMITS.blocks,
      SCENARIO_LIMITS.transactions,
      SCENARIO_LIMITS.aboutLetters,
      SCENARIO_LIMITS.captions,
      SCENARIO_LIMITS.captionLetters,
      LIMITS.accounts.max,
      LIMITS.work.max,
      LIMITS.gasTarget.min,
      LIMITS.gasTarget.max,
      LIMITS.keyGasCap.max,
      LIMITS.standby.max,
      LIMITS.share.max,
    ];
    for (const figure of figures) expect(readme).toContain(figure.toLocaleString('en'));
    expect(readme).toContain(`${SCENARIO_LIMITS.jsonBytes / 1024} kB`);
    expect(readme).toContain(`${SCENARIO_LIMITS.gas / 1e9} thousand million`);
  });

  it('names every setting that a scenario may hold', () => {
    for (const { settings } of fc.sample(someScenario, { seed: 1, numRuns: 200 })) {
      for (const name of [settings.genesis, settings.traffic, settings.execution].flatMap(Object.keys)) {
        expect(readme).toContain(`\`${name}\``);
      }
    }
    for (const name of OPTIONAL_GENESIS) expect(readme).toContain(`| \`${name}\``);
  });
});
